"""A text without what may cut a secret in pieces: colour sequences of terminals, line ends of encoders (D14)."""

import re
from bisect import bisect_left, bisect_right

LONGEST_CUT = 64
"""How many bytes between two of a secret still count as a cut; it bounds what a stream holds back."""

_COLOUR = rb"\x1b\[[0-9;:?]{0,24}[A-Za-z]"
_LINE_END = rb"(?:\n|\r\n|\\n|\\r\\n)[ \t]{0,16}"

# `re` looks quickly for what begins with bytes that are written out, and slowly for `(?:…)+`.
COLOURS = re.compile(rb"%b(?:%b)*" % (_COLOUR, _COLOUR))
UNFINISHED_COLOUR = re.compile(rb"\x1b(?:\[[0-9;:?]{0,24})?\Z")
LINE_ENDS = re.compile(rb"%b(?:%b)*" % (_LINE_END, _LINE_END))
UNFINISHED_LINE_END = re.compile(rb"(?:\r|\\(?:r(?:\\)?)?)\Z")


class Squeezed:
    """`content` without every match of `cut`, and the way back from its bytes to those of `content`."""

    def __init__(self, content: bytes, cut: re.Pattern[bytes], unfinished: re.Pattern[bytes] | None = None) -> None:
        """`unfinished` matches the beginning of a cut at the end of a text that goes on."""
        pieces: list[bytes] = []
        self._starts = [0]
        self._offsets = [0]
        length = position = 0
        for start, end in _cuts(content, cut, unfinished):
            pieces.append(content[position:start])
            length += start - position
            position = end
            self._starts.append(length)
            self._offsets.append(position - length)
        pieces.append(content[position:])
        self.text = b"".join(pieces)

    def original(self, index: int) -> int:
        """Where the byte at `index` of the squeezed text stands in `content`."""
        return index + self._offsets[bisect_right(self._starts, index) - 1]

    def last_cut(self, start: int, end: int) -> int | None:
        """The index of the last byte after `start`, before `end`, that stands right behind a cut."""
        cut = self._starts[bisect_left(self._starts, end) - 1]
        return cut if cut > start else None


def _cuts(content: bytes, cut: re.Pattern[bytes], unfinished: re.Pattern[bytes] | None) -> list[tuple[int, int]]:
    found = [match.span() for match in cut.finditer(content)]
    last = unfinished.search(content) if unfinished else None
    if last:
        start, end = last.span()
        if found and found[-1][1] == start:
            start = found.pop()[0]
        found.append((start, end))
    return [(start, end) for start, end in found if end - start <= LONGEST_CUT]
