"""The leaves before a place, read as far as somebody looks: most questions end after a few."""

from collections.abc import Iterator
from itertools import islice

from pd_lsp.syntax.rest_of_line import CLOSERS
from pd_lsp.syntax.tree import Token, Tree
from pd_lsp.text import Offset

LONGEST_CHAIN = 100
"""Leaves that are read of one expression before giving up: the longest chain that says something has about sixty."""


class Leaves:
    """At most so many leaves before `offset`, the nearest first."""

    def __init__(self, tree: Tree, offset: Offset, most: int) -> None:
        self._coming = islice(tree.tokens_before(offset), most)
        self._seen: list[Token] = []

    def of(self, start: int, count: int = LONGEST_CHAIN) -> list[Token]:
        """As many as there are of the `count` from `start` on."""
        self._read(start + count)
        return self._seen[start : start + count]

    def kinds(self, start: int, count: int) -> list[str]:
        """The kinds of these."""
        return [token.kind for token in self.of(start, count)]

    def each(self, start: int = 0) -> Iterator[tuple[int, Token]]:
        """All of them from `start` on, each with its number."""
        at = start
        while self._read(at + 1):
            yield at, self._seen[at]
            at += 1

    def uncovered(self, start: int) -> Iterator[tuple[int, Token]]:
        """Those from `start` on that stand in no bracket that is closed again before the leaf `start`."""
        depth = 0
        for at, token in self.each(start):
            if token.kind in CLOSERS.values():
                depth += 1
            elif token.kind in CLOSERS and depth:
                depth -= 1
            elif not depth:
                yield at, token

    def _read(self, count: int) -> bool:
        """Whether there are so many."""
        self._seen += islice(self._coming, max(count - len(self._seen), 0))
        return len(self._seen) >= count
