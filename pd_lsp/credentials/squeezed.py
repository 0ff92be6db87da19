"""A text without what may cut a secret in pieces: colour sequences of terminals, line ends of encoders (D14)."""

import re
from bisect import bisect_left, bisect_right
from functools import cached_property
from itertools import accumulate

LONGEST_CUT = 64
"""How many bytes between two of a secret still count as a cut; it bounds what a stream holds back."""

_COLOUR = rb"\x1b\[[0-9;:?]{0,24}[A-Za-z]"
_LINE_END = rb"(?:\n|\r\n|\\n|\\r\\n)[ \t]{0,16}"

# `re` looks quickly for what begins with bytes that are written out, and slowly for `(?:…)+`.
COLOURS = re.compile(rb"(%b(?:%b)*)" % (_COLOUR, _COLOUR))
UNFINISHED_COLOUR = re.compile(rb"\x1b(?:\[[0-9;:?]{0,24})?\Z")
LINE_ENDS = re.compile(rb"(%b(?:%b)*)" % (_LINE_END, _LINE_END))
UNFINISHED_LINE_END = re.compile(rb"(?:\r|\\(?:r(?:\\)?)?)\Z")


class Squeezed:
    """`content` without every match of `cut`, and the way back from its bytes to those of `content`."""

    def __init__(self, content: bytes, cut: re.Pattern[bytes], unfinished: re.Pattern[bytes] | None = None) -> None:
        """`cut` is one group; `unfinished` matches the beginning of a cut at the end of a text that goes on."""
        parts = _parts(content, cut, unfinished)
        self._pieces, self._cuts = parts[::2], parts[1::2]
        self.text = b"".join(self._pieces)

    def original(self, index: int) -> int:
        """Where the byte at `index` of the squeezed text stands in `content`."""
        return index + self._offsets[bisect_right(self._starts, index) - 1]

    def last_cut(self, start: int, end: int) -> int | None:
        """The index of the last byte after `start`, before `end`, that stands right behind a cut."""
        cut = self._starts[bisect_left(self._starts, end) - 1]
        return cut if cut > start else None

    @cached_property
    def _starts(self) -> list[int]:
        """Where each piece begins in the squeezed text."""
        return [0, *accumulate(map(len, self._pieces[:-1]))]

    @cached_property
    def _offsets(self) -> list[int]:
        """How many bytes were taken out before each piece."""
        return [0, *accumulate(map(len, self._cuts))]


def _parts(content: bytes, cut: re.Pattern[bytes], unfinished: re.Pattern[bytes] | None) -> list[bytes]:
    """Pieces and cuts in turn, a piece first and last."""
    last = unfinished.search(content) if unfinished else None
    if not last:
        return _without_long_cuts(cut.split(content))
    parts = cut.split(content[: last.start()])
    if len(parts) > 1 and not parts[-1]:
        parts[-2] += last[0]
    else:
        parts += [last[0], b""]
    return _without_long_cuts(parts)


def _without_long_cuts(parts: list[bytes]) -> list[bytes]:
    """The same with cuts that are too long as parts of pieces."""
    if max(map(len, parts[1::2]), default=0) <= LONGEST_CUT:
        return parts
    kept = parts[:1]
    for cut, piece in zip(parts[1::2], parts[2::2], strict=True):
        if len(cut) > LONGEST_CUT:
            kept[-1] += cut + piece
        else:
            kept += [cut, piece]
    return kept
