"""Places in a text, in code points, and the walk between them and (line, column)."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
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


def narrowed(text: str, edit: TextEdit) -> TextEdit:
    """`edit` without what it leaves as it is at both of its ends: an editor may send a whole text for one letter."""
    old, new = text[edit.range.start : edit.range.end], edit.new_text
    head = _same(lambda size: old[:size] == new[:size], min(len(old), len(new)))
    old, new = old[head:], new[head:]
    tail = _same(lambda size: old[len(old) - size :] == new[len(new) - size :], min(len(old), len(new)))
    start, end = Offset(edit.range.start + head), Offset(edit.range.end - tail)
    return TextEdit(TextRange(start, end), new[: len(new) - tail])


@dataclass(frozen=True, slots=True)
class LineStarts:
    """Where lines begin. An edit inside a line moves all that follow without looking at each of them."""

    _places: list[int]
    _moved_from: int = 0
    """The first line whose place is to be read `_moved_by` further on."""
    _moved_by: int = 0

    def __len__(self) -> int:
        return len(self._places)

    def __getitem__(self, line: int) -> int:
        return self._places[line] + (self._moved_by if line >= self._moved_from else 0)

    def line_of(self, place: int) -> int:
        """The line that `place` stands on."""
        if self._moved_from < len(self._places) and place >= self[self._moved_from]:
            return bisect_right(self._places, place - self._moved_by, lo=self._moved_from) - 1
        return bisect_right(self._places, place, hi=self._moved_from) - 1

    def moved(self, line: int, by: int) -> "LineStarts":
        """The same lines, where those after `line` begin so much further on."""
        if self._moved_from == line + 1:
            return LineStarts(self._places, self._moved_from, self._moved_by + by)
        return LineStarts(self._all(), line + 1, by)

    def replaced(self, first: int, end: int, new: list[int], by: int) -> "LineStarts":
        """With lines that begin at `new` in place of those from `first` up to `end`, and the others moved."""
        places = self._all()
        return LineStarts([*places[:first], *new, *places[end:]], first + len(new), by)

    def _all(self) -> list[int]:
        if not self._moved_by:
            return self._places
        at, by = self._moved_from, self._moved_by
        return self._places[:at] + [place + by for place in self._places[at:]]


class LineIndex:
    r"""Walks between offsets and (line, column), both counted from 0.

    Lines end at `\\n`, `\\r\\n` and `\\r`, as LSP 3.17 says, and nowhere else: `str.splitlines` knows eight more.
    """

    def __init__(self, text: str, starts: LineStarts | None = None, first_line: int = 0) -> None:
        """`first_line` is the number of the first line in positions, for a text that is a part of another."""
        self._first_line = first_line
        self._text = text
        self._starts = starts or LineStarts([0, *_line_ends(text)])

    def after(self, edit: TextEdit) -> "LineIndex":
        """The index of the text after `edit`, made by looking at the lines that the edit touches."""
        start, end, new = edit.range.start, edit.range.end, edit.new_text
        text = "".join((self._text[:start], new, self._text[end:]))
        by = len(text) - len(self._text)
        is_between = self._text[max(start - 1, 0) : start] == "\r" and self._text[end : end + 1] == "\n"
        if not (is_between or _has_line_end(new) or _has_line_end(self._text[start:end])):
            return LineIndex(text, self._starts.moved(self.line_of(start), by))
        first, behind = self.line_of(Offset(max(start - 1, 0))), self.line_of(Offset(end + 1)) + 1
        begin = self._starts[first]
        until = self._starts[behind] + by if behind < len(self._starts) else len(text) + 1
        ends = (begin + size for size in _line_ends(text[begin:until]))
        return LineIndex(
            text, self._starts.replaced(first, behind, [begin, *(place for place in ends if place < until)], by)
        )

    def around(self, line: int, count: int) -> "LineIndex":
        """The index of a part of the text: so many lines on each side of one. Its positions are the same."""
        first = max(min(line, len(self._starts) - 1) - count, 0)
        behind = min(first + 2 * count + 1, len(self._starts))
        end = self._starts[behind] if behind < len(self._starts) else len(self._text)
        return LineIndex(self._text[self._starts[first] : end], first_line=first)

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
        return self._starts.line_of(offset)

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
        return line + self._first_line, _width(self._text[self._starts[line] : clamped], unit)

    def offset(self, line: int, column: int, unit: ColumnUnit = "utf-16") -> Offset:
        """The offset of a position; one past the line's end counts as its end, one past the text as the text's end.

        A column inside a character (half a surrogate pair, a later byte) counts as before that character.
        """
        within = max(line - self._first_line, 0)
        if within >= len(self._starts):
            return Offset(len(self._text))
        content = self.line_range(within)
        return Offset(content.start + _prefix_length(self._text[content.start : content.end], max(column, 0), unit))


def _line_ends(text: str) -> Iterator[int]:
    return (end.end() for end in _LINE_END.finditer(text))


def _has_line_end(text: str) -> bool:
    return "\n" in text or "\r" in text


def _same(is_same: Callable[[int], bool], most: int) -> int:
    """The largest size up to `most` for which `is_same` holds, which holds for all below."""
    if is_same(most):
        return most
    low, high = 0, most
    while low + 1 < high:
        middle = (low + high) // 2
        low, high = (middle, high) if is_same(middle) else (low, middle)
    return low


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
