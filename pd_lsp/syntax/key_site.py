"""A key, or the first argument of a call, that is being written at a caret, whatever it is a key of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from pd_lsp.syntax.leaves import LONGEST_CHAIN
from pd_lsp.syntax.rest_of_line import line_end, line_start
from pd_lsp.syntax.slot import Slot, slot_in_bracket, slot_in_string
from pd_lsp.syntax.tree import Token, Tree
from pd_lsp.text import Offset

_STATEMENTS = frozenset({"def", "class", "return", "import", "raise", "with", "try", "while", "pass", "assert", "del"})
"""What begins a statement, and stands nowhere else."""


@dataclass(frozen=True, slots=True)
class KeySite:
    """A bracket behind which nothing stands before the caret but a key, finished, half typed or missing."""

    text: str
    offset: Offset
    tokens: Sequence[Token]
    """The leaves before the caret, in reverse order of the text."""
    opened: int | None
    """Which of them opens the string that the caret stands in."""
    start: int
    """Which of them is the bracket."""

    @property
    def bracket(self) -> str:
        """`[`, `(` or `{`."""
        return self.tokens[self.start].kind

    @property
    def before(self) -> Sequence[Token]:
        """The leaves before the bracket, the nearest first."""
        return self.tokens[self.start + 1 :]

    def slot(self) -> Slot | None:
        """Where the key goes; None where the caret stands before a word that is none."""
        if self.opened is not None:
            return slot_in_string(self.text, self.tokens[self.opened :], self.offset)
        begin = self.tokens[0].range.start if self.start else self.offset
        slot = slot_in_bracket(self.text, self.tokens[self.start :], begin)
        return slot if self.offset in slot.typed else None


def key_site_at(tree: Tree, offset: Offset) -> KeySite | None:
    """The bracket right before the key at `offset`; None where the caret stands elsewhere."""
    tokens = list(_as_far_as_it_goes(tree, offset))
    opened, start = typed_tokens(tree.text, tokens, offset)
    if start >= len(tokens) or tokens[start].kind not in ("[", "(", "{"):
        return None
    return KeySite(tree.text, offset, tokens, opened, start)


def _as_far_as_it_goes(tree: Tree, offset: Offset) -> Iterator[Token]:
    """The leaves of the expression around `offset`, and at most those back to a statement on an earlier line.

    Nothing goes on behind its keyword: no chain, no bracket, and no hole of an f-string.
    """
    line = line_start(tree.text, offset)
    for token in islice(tree.tokens_before(offset), LONGEST_CHAIN):
        yield token
        if token.kind in _STATEMENTS and token.range.start < line:
            return


def typed_tokens(text: str, tokens: Sequence[Token], offset: Offset) -> tuple[int | None, int]:
    """Which of `tokens` opens the string that the caret stands in, and how many are what is typed there."""
    opened = opened_string(text, tokens, offset)
    if opened is not None:
        return opened, opened + 1
    is_bare = bool(tokens) and tokens[0].kind == "identifier" and offset in tokens[0].range
    return None, 1 if is_bare else 0


def opened_string(text: str, tokens: Sequence[Token], offset: Offset) -> int | None:
    """Which of `tokens` opens the string that the caret stands in."""
    for index, token in enumerate(tokens):
        if line_end(text, token.range.end) < offset:
            return None
        if token.kind == "string_start":
            return index if token.range.end <= offset else None
        if token.kind in ("string_end", "{"):
            return None
    return None
