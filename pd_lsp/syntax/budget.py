"""Which texts are read at all: a parser gets nothing that would keep the server busy (D25)."""

from functools import lru_cache

LARGEST = 2_000_000
"""Code points. Measured on two cores of 2026: so much ordinary code takes tree-sitter 1.5 s the first time."""
MOST_UNCLOSED = 2_000
"""Brackets that nothing closes. Measured: of a file of nothing but `(` the queries take 10 ms at 2,000 and, growing
with the square, 5 s at 80,000. Nested brackets that are closed cost nothing of note."""
MOST_PASSED_OVER = 120_000_000
"""For each run of lines with nothing but comments, their number times their code points, added up: the grammar reads
such a run again at each of its lines. Measured: 0.6 s for so much, which is a comment of 1,400 lines of 60."""


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
    for line in text.split("\n"):
        content = line.strip()
        if content and content[0] != "#" and content != "\\":
            total, lines, size = total + lines * size, 0, 0
        elif content:
            lines, size = lines + 1, size + len(line)
    return total + lines * size
