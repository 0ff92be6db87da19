"""Looks for a few bytes of each of many byte strings with the standard library alone: slower, and everywhere there."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator

from pd_lsp.credentials.commonness import COMMONNESS
from pd_lsp.credentials.grams import Place

_SIZE = 4
_FARTHEST = 60
"""Grams begin no later than here in a needle: a choice of sixty is enough."""


class GramsByRareBytes:
    """Grams of four bytes.

    One compiled pattern looks for a few bytes that are rare in text and of which each needle holds one; it is quick as
    long as those bytes are rare.
    """

    def __init__(self, needles: Collection[bytes]) -> None:
        """Takes the needles; shorter ones than four bytes are a mistake of the caller."""
        self._places: defaultdict[bytes, list[Place]] = defaultdict(list)
        rare = _rare_bytes(needles)
        for needle in needles:
            offset = _rarest(needle, rare)
            self._places[needle[offset : offset + _SIZE]].append((offset, needle))
        self._pattern = _pattern_of(self._places)

    def hits(self, lower: bytes) -> Iterator[tuple[int, Collection[Place]]]:
        """As `Grams` says."""
        for hit in self._pattern.finditer(lower):
            at = hit.start()
            yield at, self._places.get(lower[at : at + _SIZE], ())


def _rare_bytes(needles: Collection[bytes]) -> frozenset[int]:
    """A small set of rare bytes of which each needle holds one, found greedily: the best ratio of needles to cost."""
    left = {needle: frozenset(_beginnings(needle)) for needle in needles}
    chosen = set()
    while left:
        counts = Counter(byte for bytes_ in left.values() for byte in bytes_)
        best = max(counts, key=lambda byte: (counts[byte] / COMMONNESS[byte], byte))
        chosen.add(best)
        left = {needle: bytes_ for needle, bytes_ in left.items() if best not in bytes_}
    return frozenset(chosen)


def _beginnings(needle: bytes) -> bytes:
    """The bytes that a gram may begin with."""
    return needle[: min(len(needle) - _SIZE, _FARTHEST) + 1]


def _rarest(needle: bytes, rare: Collection[int]) -> int:
    """Where the gram begins that text is least likely to hold, of those that begin with a rare byte."""
    costs = needle.translate(COMMONNESS)
    offsets = (offset for offset, byte in enumerate(_beginnings(needle)) if byte in rare)
    return min(offsets, key=lambda offset: sum(costs[offset : offset + _SIZE]))


def _pattern_of(grams: Iterable[bytes]) -> re.Pattern[bytes]:
    """Matches the first byte of each gram, and looks ahead at the classes of those that follow.

    Each branch begins with one literal byte: that lets `re` skip to the next of those bytes, and drop the other
    branches there at almost no cost.
    """
    rests: defaultdict[int, list[bytes]] = defaultdict(list)
    for gram in grams:
        rests[gram[0]].append(gram[1:])
    branches = [
        b"%b(?=%b)" % (_literal(first), b"".join(map(_class, zip(*followers, strict=True))))
        for first, followers in rests.items()
    ]
    return re.compile(b"|".join(branches))


def _class(bytes_: Iterable[int]) -> bytes:
    return b"[%b]" % b"".join(map(_literal, set(bytes_)))


def _literal(byte: int) -> bytes:
    return b"\\x%02x" % byte
