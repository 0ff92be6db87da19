"""Finds every occurrence of any of many byte strings at the speed of one scan for rare bytes."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator

_GRAM = 4

_COMMONNESS = {
    **dict.fromkeys(b"\n ", 150),
    **{letter: 12 - index // 3 for index, letter in enumerate(b"etaoinsrhldcumfpgwybvk")},
    **dict.fromkeys(b"0123456789.,:;/-_\"'()[]{}\\=", 6),
    **dict.fromkeys(b"012", 14),
    **dict.fromkeys(b"jqxz", 1),
}
"""Roughly how often a byte stands in a thousand of prose, code, JSON and logs; 2 for those that are not listed."""


class Needles:
    """Byte strings in lower case, at least four bytes each, and a quick way to all their occurrences.

    One compiled pattern looks for a few bytes that are rare in text and of which each needle holds one; only there is
    anything compared. Time grows with the text alone, as long as those bytes are rare.
    """

    def __init__(self, needles: Collection[bytes]) -> None:
        """Takes the needles; shorter ones than four bytes are a mistake of the caller."""
        self._grams: defaultdict[bytes, list[tuple[int, bytes]]] = defaultdict(list)
        rare = _rare_bytes(needles)
        for needle in needles:
            offset = min(range(len(needle) - _GRAM + 1), key=lambda index: _cost(needle, index, rare))
            self._grams[needle[offset : offset + _GRAM]].append((offset, needle))
        self._pattern = _pattern_of(self._grams) if needles else None

    def find(self, lower: bytes) -> Iterator[tuple[int, bytes]]:
        """Every place in a text of lower case where a needle stands, overlapping ones too, in no particular order."""
        if self._pattern is None:
            return
        for hit in self._pattern.finditer(lower):
            at = hit.start()
            for offset, needle in self._grams.get(lower[at : at + _GRAM], ()):
                if at >= offset and lower.startswith(needle, at - offset):
                    yield at - offset, needle


def _rare_bytes(needles: Collection[bytes]) -> frozenset[int]:
    """A small set of rare bytes of which each needle holds one, found greedily: the best ratio of needles to cost."""
    left = {needle: frozenset(needle[: len(needle) - _GRAM + 1]) for needle in needles}
    chosen = set()
    while left:
        counts = Counter(byte for bytes_ in left.values() for byte in bytes_)
        best = max(counts, key=lambda byte: (counts[byte] / _COMMONNESS.get(byte, 2), byte))
        chosen.add(best)
        left = {needle: bytes_ for needle, bytes_ in left.items() if best not in bytes_}
    return frozenset(chosen)


def _cost(needle: bytes, offset: int, rare: Collection[int]) -> tuple[bool, int]:
    """Smaller where the gram at `offset` is a better one to look for."""
    return needle[offset] not in rare, sum(_COMMONNESS.get(byte, 2) for byte in needle[offset : offset + _GRAM])


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
