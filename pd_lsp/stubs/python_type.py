"""The types that a stub is made of, before anybody has decided how a checker wants them written."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from pd_lsp.shapes import Shape

_DEEPEST = 6
"""Levels below an output of a step; what lies deeper is of any type."""
_MOST_KEYS = 200
"""Of one object; one with more is a table, and its keys are data."""
_LONGEST_KEY = 100


@dataclass(frozen=True, slots=True)
class Plain:
    """A type as it is written: `str`."""

    text: str


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list whose items are all of one type."""

    item: "PythonType"


@dataclass(frozen=True, slots=True)
class Record:
    """A dictionary of which keys are known."""

    name: str
    """What its class is called in the stub; every name there begins with an underscore, so that nobody sees it."""
    fields: tuple[tuple[str, "PythonType"], ...]
    is_open: bool
    """Whether it may have further keys."""


PythonType: TypeAlias = Plain | ListOf | Record
ANYTHING, TEXT, TRUE_OR_FALSE = Plain("Any"), Plain("str"), Plain("bool")
ANY_OBJECT = Plain("dict[str, Any]")
_OF_KIND = {"text": TEXT, "true or false": TRUE_OR_FALSE}


class Names:
    """Gives each record a name of its own, the same ones in each making."""

    def __init__(self) -> None:
        self._given: dict[str, int] = {}

    def name(self, *words: str) -> str:
        """A class name of these words; a number is added where it was given before."""
        wanted = "_".join(["", *map(_plain, words)])
        count = self._given[wanted] = self._given.get(wanted, 0) + 1
        return wanted if count == 1 else self.name(*words, str(count))


def type_of(alternatives: Iterable[Shape], names: Names, *words: str, depth: int = 0) -> PythonType:
    """The type of a place that any of the shapes can stand in; any type, as soon as one of them is not known.

    A number may be whole or not and a missing value may come to be there, so these are of any type too.
    """
    shapes = tuple(alternatives)
    kinds = frozenset[str]().union(*(shape.kinds for shape in shapes))
    if not shapes or depth > _DEEPEST or len(kinds) != 1 or not all(shape.kinds for shape in shapes):
        return ANYTHING
    (kind,) = kinds
    if kind == "list":
        items = (shape.items or Shape() for shape in shapes)
        return ListOf(type_of(items, names, *words, "item", depth=depth + 1))
    return _object(shapes, names, words, depth) if kind == "object" else _OF_KIND.get(kind, ANYTHING)


def _object(shapes: tuple[Shape, ...], names: Names, words: tuple[str, ...], depth: int) -> PythonType:
    keys = sorted({key for shape in shapes for key in shape.keys} - {""})  # a TypedDict can have no empty key
    if not keys or len(keys) > _MOST_KEYS or any(len(key) > _LONGEST_KEY for key in keys):
        return ANY_OBJECT
    name = names.name(*words)
    fields = []
    for key in keys:
        known = (shape.keys[key] for shape in shapes if key in shape.keys)
        fields.append((key, type_of(known, names, *words, key, depth=depth + 1)))
    return Record(name, tuple(fields), is_open=True)


def records_in(types: Iterable[PythonType]) -> dict[str, Record]:
    """The records in the types, by name, each behind those that it is made of."""
    found: dict[str, Record] = {}
    for one in types:
        if isinstance(one, ListOf):
            found |= records_in([one.item])
        elif isinstance(one, Record):
            found |= records_in(field for _, field in one.fields)
            found[one.name] = one
    return found


def _plain(word: str) -> str:
    """The word in letters that any name may have."""
    return "".join(letter if letter.isascii() and letter.isalnum() else "_" for letter in word)
