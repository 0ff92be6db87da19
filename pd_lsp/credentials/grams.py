"""Looks for a few bytes of each of many byte strings, with the library that has an Aho-Corasick automaton for it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from importlib.util import find_spec
from typing import Protocol, TypeAlias

from pd_lsp.credentials.commonness import COMMONNESS

Place: TypeAlias = tuple[int, bytes]
"""Where a gram stands in a needle, and that needle."""

_SIZE = 8
_STEP = 4
_FARTHEST = 60
"""Grams are chosen among those that begin at every fourth byte up to this one: a choice of sixteen is enough."""


class Grams(Protocol):
    """The grams of some needles."""

    def hits(self, lower: bytes) -> Iterator[tuple[int, Iterable[Place]]]:
        """Every place in a text of lower case where a gram stands, and the needles that it is of."""


def library_is_there() -> bool:
    """Whether the library is installed; some systems have no wheel of it."""
    return find_spec("ahocorasick_rs") is not None


class GramsByLibrary:
    """Grams of eight bytes, or of a needle as a whole, whichever is shorter."""

    def __init__(self, needles: Iterable[bytes]) -> None:
        """Takes the needles. Raises ImportError where the library is not there."""
        from ahocorasick_rs import BytesAhoCorasick, Implementation  # noqa: PLC0415 - the start of a server needs none

        places: defaultdict[bytes, list[Place]] = defaultdict(list)
        for needle in needles:
            offset = _rarest(needle)
            places[needle[offset : offset + _SIZE]].append((offset, needle))
        self._places = list(places.values())
        self._automaton = BytesAhoCorasick(list(places), implementation=Implementation.DFA)

    def hits(self, lower: bytes) -> Iterator[tuple[int, Collection[Place]]]:
        """As `Grams` says."""
        for number, start, _ in self._automaton.find_matches_as_indexes(lower, overlapping=True):
            yield start, self._places[number]


def _rarest(needle: bytes) -> int:
    """Where the gram begins that text is least likely to hold."""
    costs = needle.translate(COMMONNESS)
    last = min(len(needle) - _SIZE, _FARTHEST)
    return min(range(0, last + 1, _STEP), key=lambda offset: sum(costs[offset : offset + _SIZE]), default=0)
