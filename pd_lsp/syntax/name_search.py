"""Finds a name in a text by its letters: a step has very many names, and a question is about one of them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pd_lsp.syntax.tree import DEEPEST, Branch, Tree
from pd_lsp.text import Offset, TextRange

_NAME = r"[\w\x80-\xff]"
"""A byte that is part of a name: of the UTF-8 text, in which a letter can be several."""
_PART_OF_NAME = re.compile(_NAME.encode())
_PART_OF_NAME_OR_DOT = re.compile(rb"[\w\x80-\xff.]")
_PATIENCE = 200_000
"""Levels of the tree that are gone down in search of one name; measured: some 10 ms."""
_SAMPLED = 32
"""For how many places the depth of the tree is measured once."""


@dataclass(frozen=True, slots=True)
class Sought:
    """A name, and which of the places are looked at that have its letters."""

    name: str
    dotted: bool = True
    """Whether also those right behind a dot."""
    after: str = ""
    """Only those right after this text."""
    unless: str = ""
    """Only those behind which this regular expression does not match."""

    @property
    def letters(self) -> bytes:
        """What is looked for."""
        return (self.after + self.name).encode("utf-8", "replace")

    @property
    def pattern(self) -> re.Pattern[bytes]:
        """The same, with what may not follow."""
        unwanted = f"{_NAME}|{self.unless}" if self.unless else _NAME
        return re.compile(re.escape(self.letters) + f"(?!{unwanted})".encode())


def identifiers(
    tree: Tree, sought: Sought, within: TextRange | None = None, *, patient: bool = False
) -> Iterator[list[Branch]]:
    """The ways to the identifiers that are `sought`, the last in the text first.

    Where there is too much to look at the last way is empty, unless the caller is `patient`.
    """
    shift = len(sought.after.encode("utf-8", "replace"))
    patience, depth = _PATIENCE, 0
    for number, (start, end) in enumerate(_places(tree, sought, within)):
        place = start + shift
        if not patient:
            depth = depth if number % _SAMPLED else len(tree.way_to_byte(place))
            patience -= depth if depth < DEEPEST else _PATIENCE
        if patience <= 0:
            yield []
            return
        if tree.is_identifier(place, end):
            yield tree.way_to_byte(place, deepest=len(tree.source))


def _places(tree: Tree, sought: Sought, within: TextRange | None) -> Iterator[tuple[int, int]]:
    """Where the letters stand that are sought, in bytes."""
    within = within or TextRange(Offset(0), Offset(len(tree.text)))
    start, end = tree.byte(within.start), tree.byte(within.end)
    if tree.source.find(sought.letters, start, end) < 0:
        return
    before = _PART_OF_NAME if sought.dotted else _PART_OF_NAME_OR_DOT
    for found in reversed(list(sought.pattern.finditer(tree.source, start, end))):
        if found.start() == 0 or not before.match(tree.source, found.start() - 1):
            yield found.span()
