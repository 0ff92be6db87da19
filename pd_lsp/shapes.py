"""What values look like, without the values: the keys of objects, the kinds of what they hold.

Made of saved events, of results, and of what a step's own code returns; it feeds completion below `pd.steps`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from pd_lsp.model import Json

_DEEPEST = 12
_MOST_KEYS = 500
_MOST_ITEMS = 20
"""Of a list so many items are looked at."""


KINDS = ("object", "list", "text", "number", "true or false", "nothing")


@dataclass(frozen=True, slots=True)
class Shape:
    """One value, or several that may stand in one place."""

    kinds: frozenset[str] = frozenset()
    """Some of KINDS; empty where nobody knows."""
    keys: Mapping[str, "Shape"] = field(default_factory=dict)
    """Of an object."""
    items: "Shape | None" = None
    """Of a list: what one of its items is like."""
    source: str = ""
    """Where it is known from, as a person reads it: `saved event 1-sign-up.json`."""
    closed: bool = False
    """Of an object: whether it certainly has no key that is not among `keys`."""

    @property
    def kind(self) -> str:
        """The kinds as words; empty where nobody knows."""
        return " or ".join(sorted(self.kinds))

    def at(self, path: Iterable[str]) -> "Shape | None":
        """What stands below, key by key; a number takes any item of a list. None where nothing is known."""
        found: Shape | None = self
        for key in path:
            if found is None:
                return None
            found = found.items if key.lstrip("-").isdigit() and found.items else found.keys.get(key)
        return found

    def beside(self, other: "Shape") -> "Shape":
        """What is known of one place from the two of them: where one knows nothing, what the other knows."""
        keys = {
            key: self.keys[key].beside(other.keys[key]) if key in self.keys and key in other.keys else shape
            for key, shape in {**other.keys, **self.keys}.items()
        }
        items = self.items.beside(other.items) if self.items and other.items else self.items or other.items
        return Shape(self.kinds | other.kinds, keys, items, self.source or other.source, self.closed and other.closed)

    def or_else(self, other: "Shape") -> "Shape":
        """What a value can be that is either of the two: of any kind, as soon as one of them is."""
        both = self.keys.keys() & other.keys.keys()
        keys = {**self.keys, **other.keys, **{key: self.keys[key].or_else(other.keys[key]) for key in both}}
        items = self.items.or_else(other.items) if self.items and other.items else self.items or other.items
        kinds = self.kinds | other.kinds if self.kinds and other.kinds else frozenset[str]()
        return Shape(kinds, keys, items, self.source or other.source, self.closed and other.closed)

    def updated_by(self, fresher: "Shape") -> "Shape":
        """What is known of either, but where both know the kinds of a place those of `fresher`."""
        keys = {
            **self.keys,
            **{key: self.keys[key].updated_by(one) if key in self.keys else one for key, one in fresher.keys.items()},
        }
        items = self.items.updated_by(fresher.items) if self.items and fresher.items else fresher.items or self.items
        surer = fresher if fresher.kinds or not self.kinds else self
        return Shape(surer.kinds, keys, items, surer.source)


def shape_of(value: Json, source: str = "", depth: int = 0) -> Shape:
    """The shape of a value; what lies deeper than twelve levels is not looked at."""
    shape = Shape(frozenset({_kind(value)}), source=source)
    if depth >= _DEEPEST:
        return shape
    if isinstance(value, dict):
        known = list(value.items())[:_MOST_KEYS]
        return replace(shape, keys={key: shape_of(item, source, depth + 1) for key, item in known})
    if isinstance(value, list) and value:
        return replace(shape, items=merged(shape_of(item, source, depth + 1) for item in value[:_MOST_ITEMS]))
    return shape


def merged(shapes: Iterable[Shape]) -> Shape | None:
    """What any of the shapes can be; None of none."""
    found: Shape | None = None
    for shape in shapes:
        found = shape if found is None else found.beside(shape)
    return found


def either(shapes: Iterable[Shape]) -> Shape | None:
    """What a value can be that is one of the shapes; None of none."""
    found: Shape | None = None
    for shape in shapes:
        found = shape if found is None else found.or_else(shape)
    return found


def object_with(keys: Mapping[str, Shape], source: str = "") -> Shape:
    """An object that has these keys."""
    return Shape(frozenset({"object"}), dict(keys), source=source)


def _kind(value: Json) -> str:
    match value:
        case None:
            return "nothing"
        case bool():
            return "true or false"
        case int() | float():
            return "number"
        case str():
            return "text"
        case list():
            return "list"
    return "object"
