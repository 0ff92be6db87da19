"""A text in UTF-8, as tree-sitter counts it: which byte an offset is, on which row, and what an edit changes.

To Python's grammar in tree-sitter a lone carriage return ends no line, so that a comment would go on behind it. It is
given a line feed in its place.
"""

import re
from typing import NamedTuple

from pd_lsp.text import LineStarts, Offset, TextEdit

_LONE_RETURN = re.compile(r"\r(?!\n)")

Point = tuple[int, int]
"""Row and column in bytes, as tree-sitter has them: its rows end at `\\n` alone."""


class ByteChange(NamedTuple):
    """An edit in bytes and points; the names are tree-sitter's."""

    start_byte: int
    old_end_byte: int
    new_end_byte: int
    start_point: Point
    old_end_point: Point
    new_end_point: Point


class Utf8Text:
    """A text and its bytes. Frozen: an edit makes another one, with what is known of this one."""

    def __init__(
        self, text: str, source: bytes | None = None, rows: tuple[LineStarts, LineStarts] | None = None
    ) -> None:
        """`rows` are the places where rows begin, in bytes and in code points."""
        self.text = text
        self._source = source
        self._rows = rows
        self._is_ascii = text.isascii()
        self.has_lone_returns = source is None and rows is None and _LONE_RETURN.search(text) is not None

    @property
    def source(self) -> bytes:
        """The bytes; a lone surrogate is a question mark."""
        if self._source is None:
            self._source = _encoded(self._text_in_rows())
        return self._source

    def byte(self, offset: int) -> int:
        """The byte at an offset."""
        if self._is_ascii:
            return offset
        in_bytes, in_offsets = self.rows
        row = in_offsets.line_of(offset)
        return in_bytes[row] + len(_encoded(self.text[in_offsets[row] : offset]))

    def offset(self, byte: int) -> Offset:
        """The offset of a byte."""
        if self._is_ascii:
            return Offset(byte)
        in_bytes, in_offsets = self.rows
        row = in_bytes.line_of(byte)
        return Offset(in_offsets[row] + len(self.source[in_bytes[row] : byte].decode("utf-8", "ignore")))

    def decoded(self, start: int, end: int) -> str:
        """The text of these bytes."""
        return self.text[start:end] if self._is_ascii else self.source[start:end].decode("utf-8", "replace")

    @property
    def rows(self) -> tuple[LineStarts, LineStarts]:
        """Where rows begin, in bytes and in code points."""
        if self._rows is None:
            in_bytes = LineStarts([0, *(end.end() for end in re.finditer(rb"\n", self.source))])
            in_offsets = [0, *(end.end() for end in re.finditer(r"\n", self._text_in_rows()))]
            self._rows = in_bytes, in_bytes if self._is_ascii else LineStarts(in_offsets)
        return self._rows

    def change(self, edit: TextEdit) -> ByteChange:
        """What `edit` changes of this text."""
        start, end, new = self.byte(edit.range.start), self.byte(edit.range.end), _encoded(edit.new_text)
        row, column = self._point(start)
        lines = new.count(b"\n")
        new_column = len(new) - new.rfind(b"\n") - 1 if lines else column + len(new)
        return ByteChange(start, end, start + len(new), (row, column), self._point(end), (row + lines, new_column))

    def after(self, edit: TextEdit, text: str) -> "Utf8Text":
        """The bytes of `text`, which is this text after `edit`."""
        if self._is_ascii != text.isascii() or self.has_lone_returns or _has_lone_return_near(edit, text):
            return Utf8Text(text)
        in_bytes, in_offsets = self.rows
        start, end, new = self.byte(edit.range.start), self.byte(edit.range.end), _encoded(edit.new_text)
        rows_in_bytes = _rows_after(in_bytes, start, end, [one.end() for one in re.finditer(rb"\n", new)], len(new))
        if self._is_ascii:
            return Utf8Text(text, None, (rows_in_bytes, rows_in_bytes))
        source = b"".join((self.source[:start], new, self.source[end:]))
        places = [one.end() for one in re.finditer(r"\n", edit.new_text)]
        rows_in_offsets = _rows_after(in_offsets, edit.range.start, edit.range.end, places, len(edit.new_text))
        return Utf8Text(text, source, (rows_in_bytes, rows_in_offsets))

    def _text_in_rows(self) -> str:
        return _LONE_RETURN.sub("\n", self.text) if self.has_lone_returns else self.text

    def _point(self, byte: int) -> Point:
        in_bytes, _ = self.rows
        row = in_bytes.line_of(byte)
        return row, byte - in_bytes[row]


def _has_lone_return_near(edit: TextEdit, text: str) -> bool:
    """Whether there is one in or beside what `edit` has put into `text`."""
    end = edit.range.start + len(edit.new_text) + 1
    found = _LONE_RETURN.search(text, max(edit.range.start - 1, 0), end + 1)
    return found is not None and found.start() < end


def _rows_after(rows: LineStarts, start: int, end: int, ends_in_new: list[int], size: int) -> LineStarts:
    """The rows after `size` units, in which rows end at some, came in place of those from `start` to `end`."""
    first, last, by = rows.line_of(start), rows.line_of(end), size - (end - start)
    if first == last and not ends_in_new:
        return rows.moved(first, by)
    return rows.replaced(first + 1, last + 1, [start + place for place in ends_in_new], by)


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "replace")
