"""Which texts are read at all: a parser gets nothing that would keep the server busy (D25)."""

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from pd_lsp.text import TextEdit

LARGEST = 2_000_000
"""Code points. Measured on two cores of 2026: so much ordinary code takes tree-sitter 1.5 s the first time."""
MOST_UNCLOSED = 2_000
"""Brackets that nothing closes. Measured: of a file of nothing but `(` the queries take 10 ms at 2,000 and, growing
with the square, 5 s at 80,000. Nested brackets that are closed cost nothing of note."""
MOST_PASSED_OVER = 120_000_000
"""For each run of lines with nothing but comments below the first code, their number times their code points, added up:
the grammar reads such a run again at each of its lines. Measured: 0.6 s for so much, which is a comment of 1,400 lines
of 60. A lone backslash costs as much as two comments, and so does one above the first code."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a text would cost a parser."""

    size: int
    """Code points."""
    unclosed: int
    """Brackets that open, less those that close."""
    passed_over: int
    """The lines that are read again and again (see MOST_PASSED_OVER)."""

    @property
    def is_within_budget(self) -> bool:
        """Whether a parser should get the text."""
        return self.size <= LARGEST and self.unclosed <= MOST_UNCLOSED and self.passed_over <= MOST_PASSED_OVER


class _Part(NamedTuple):
    """Lines of a text from one that has code, or from its first, up to another one, or to the end."""

    lines: str
    has_code_above: bool


@lru_cache(maxsize=4)
def is_within_budget(text: str) -> bool:
    """Whether a parser should get `text`."""
    return cost_of(text).is_within_budget


def cost_of(text: str) -> Cost:
    """What `text` costs, by one linear look at its size, its brackets and its comments."""
    return Cost(len(text), _unclosed(text), _passed_over(_Part(text, has_code_above=False)))


def cost_after(cost: Cost, before: str, edit: TextEdit, after: str) -> Cost:
    """What the text `after` an edit costs, by a look at the lines that it touches, and at the comments around them."""
    start, end, new_end = edit.range.start, edit.range.end, edit.range.start + len(edit.new_text)
    old, new = _part(before, start, end), _part(after, start, new_end)
    return Cost(
        size=len(after),
        unclosed=cost.unclosed - _unclosed(before[start:end]) + _unclosed(edit.new_text),
        passed_over=cost.passed_over - _passed_over(old) + _passed_over(new),
    )


def _part(text: str, start: int, end: int) -> _Part:
    """The lines from `start` to `end`, and those without code around them."""
    begin = _line_start(text, start)
    while begin and not _has_code(text[(above := _line_start(text, begin - 1)) : begin]):
        begin = above
    until = _line_end(text, end)
    while until < len(text) and not _has_code(text[until : (below := _line_end(text, until))]):
        until = below
    return _Part(text[begin:until], has_code_above=begin > 0)


def _line_start(text: str, place: int) -> int:
    """Where the line of `place` begins; a line ends at each of its end-of-line characters."""
    feed = text.rfind("\n", 0, place) + 1
    return max(feed, text.rfind("\r", feed, place) + 1)


def _line_end(text: str, place: int) -> int:
    """Where the line of `place` ends, its end-of-line character included."""
    feed = text.find("\n", place) + 1 or len(text)
    return text.find("\r", place, feed) + 1 or feed


def _has_code(line: str) -> bool:
    content = line.strip()
    return content not in ("", "\\") and content[0] != "#"


def _unclosed(text: str) -> int:
    return sum(map(text.count, "([{")) - sum(map(text.count, ")]}"))


def _passed_over(part: _Part) -> int:
    if "#" not in part.lines and "\\" not in part.lines:
        return 0
    total = lines = size = 0
    has_code = part.has_code_above
    for line in part.lines.replace("\r", "\n").split("\n"):
        content = line.strip()
        if content == "\\":
            lines, size = lines + 2, size + len(line) + 1
        elif content and content[0] != "#":
            total, lines, size, has_code = total + lines * size, 0, 0, True
        elif content and has_code:
            lines, size = lines + 1, size + len(line) + 1
    return total + lines * size
