"""Which texts are read at all: a parser gets nothing that would keep the server busy (D25)."""

LARGEST = 2_000_000
"""Code points. Measured on two cores of 2026: so much ordinary code takes tree-sitter 1.5 s the first time."""
MOST_UNCLOSED = 2_000
"""Brackets that nothing closes. Measured: of a file of nothing but `(` the queries take 10 ms at 2,000 and, growing
with the square, 5 s at 80,000. Nested brackets that are closed cost nothing of note."""


def is_within_budget(text: str) -> bool:
    """Whether a parser should get `text`, by one linear look at its size and its brackets."""
    return len(text) <= LARGEST and _unclosed(text) <= MOST_UNCLOSED


def _unclosed(text: str) -> int:
    return sum(map(text.count, "([{")) - sum(map(text.count, ")]}"))
