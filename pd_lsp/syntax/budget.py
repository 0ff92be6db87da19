"""Which texts are read at all: a parser gets nothing that would keep the server busy (D25)."""

from functools import lru_cache

LARGEST = 2_000_000
"""Code points. Measured on two cores of 2026: so much ordinary code takes tree-sitter 1.5 s the first time."""
MOST_UNCLOSED = 2_000
"""Brackets that nothing closes. Measured: of a file of nothing but `(` the queries take 10 ms at 2,000 and, growing
with the square, 5 s at 80,000. Nested brackets that are closed cost nothing of note."""
MOST_PASSED_OVER = 120_000_000
"""For each run of lines with nothing but comments below the first code, their number times their code points, added up:
the grammar reads such a run again at each of its lines. Measured: 0.6 s for so much, which is a comment of 1,400 lines
of 60. A lone backslash costs as much as two comments, and so does one above the first code."""


@lru_cache(maxsize=4)
def is_within_budget(text: str) -> bool:
    """Whether a parser should get `text`, by one linear look at its size, its brackets and its comments."""
    return len(text) <= LARGEST and _unclosed(text) <= MOST_UNCLOSED and _passed_over(text) <= MOST_PASSED_OVER


def _unclosed(text: str) -> int:
    return sum(map(text.count, "([{")) - sum(map(text.count, ")]}"))


def _passed_over(text: str) -> int:
    if (text.count("#") + text.count("\\")) * len(text) <= MOST_PASSED_OVER:
        return 0
    total = lines = size = 0
    has_code = False
    for line in text.split("\n"):
        content = line.strip()
        if content == "\\":
            lines, size = lines + 2, size + len(line) + 1
        elif content and content[0] != "#":
            total, lines, size, has_code = total + lines * size, 0, 0, True
        elif content and has_code:
            lines, size = lines + 1, size + len(line) + 1
    return total + lines * size
