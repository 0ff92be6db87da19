"""Places in a text, in code points, and the walk between them and (line, column)."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal, NewType

Offset = NewType("Offset", int)
"""A place between two code points of a text: 0 before the first, `len(text)` after the last."""

_LINE_END = re.compile(r"\r\n|\n|\r")

ColumnUnit = Literal["utf-8", "utf-16", "utf-32"]
"""What a column counts: bytes, UTF-16 units or code points (LSP 3.17, PositionEncodingKind)."""


@dataclass(frozen=True, slots=True)
class TextRange:
    """The text from `start` up to, but not including, `end`."""

    start: Offset
    end: Offset

    def __contains__(self, offset: Offset) -> bool:
        """Whether a caret at `offset` touches the range, its end included."""
        return self.start <= offset <= self.end


@dataclass(frozen=True, slots=True)
class TextEdit:
    """Puts `new_text` where `range` was."""

    range: TextRange
    new_text: str


def apply_edits(text: str, edits: list[TextEdit]) -> str:
    """`text` after all of `edits`, which speak of the text as it was and do not overlap."""
    for edit in sorted(edits, key=lambda edit: (edit.range.start, edit.range.end), reverse=True):
        text = text[: edit.range.start] + edit.new_text + text[edit.range.end :]
    return text


class LineIndex:
    r"""Walks between offsets and (line, column), both counted from 0.

    Lines end at `\\n`, `\\r\\n` and `\\r`, as LSP 3.17 says, and nowhere else: `str.splitlines` knows eight more.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = _line_starts(text)

    @property
    def text(self) -> str:
        """The text that is indexed."""
        return self._text

    @property
    def line_count(self) -> int:
        """How many lines there are; the empty text has one."""
        return len(self._starts)

    def line_of(self, offset: Offset) -> int:
        """The line that `offset` stands on."""
        return bisect_right(self._starts, offset) - 1

    def line_range(self, line: int) -> TextRange:
        """The line without its end-of-line characters. `line` must exist."""
        start = self._starts[line]
        end = self._starts[line + 1] if line + 1 < len(self._starts) else len(self._text)
        while end > start and self._text[end - 1] in "\r\n":
            end -= 1
        return TextRange(Offset(start), Offset(end))

    def position(self, offset: Offset, unit: ColumnUnit = "utf-16") -> tuple[int, int]:
        """The line and column of `offset`; an offset past the end counts as the end."""
        clamped = max(0, min(offset, len(self._text)))
        line = self.line_of(Offset(clamped))
        return line, _width(self._text[self._starts[line] : clamped], unit)

    def offset(self, line: int, column: int, unit: ColumnUnit = "utf-16") -> Offset:
        """The offset of a position; one past the line's end counts as its end, one past the text as the text's end.

        A column inside a character (half a surrogate pair, a later byte) counts as before that character.
        """
        if line >= len(self._starts):
            return Offset(len(self._text))
        content = self.line_range(max(line, 0))
        return Offset(content.start + _prefix_length(self._text[content.start : content.end], max(column, 0), unit))


def _line_starts(text: str) -> list[int]:
    return [0, *(end.end() for end in _LINE_END.finditer(text))]


def _width(text: str, unit: ColumnUnit) -> int:
    if unit == "utf-32" or text.isascii():
        return len(text)
    if unit == "utf-8":
        return len(text.encode("utf-8", "surrogatepass"))
    return len(text) + sum(character > "\uffff" for character in text)


def _prefix_length(line: str, column: int, unit: ColumnUnit) -> int:
    if unit == "utf-32" or line.isascii():
        return min(column, len(line))
    used = 0
    for index, character in enumerate(line):
        used += _width(character, unit)
        if used > column:
            return index
    return len(line)
