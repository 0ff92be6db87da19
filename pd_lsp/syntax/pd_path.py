"""`pd.inputs[…][…][…]`, `pd.steps[…][…]` and `pd.context[…]` at a caret, half typed or by an alias too."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from pd_lsp.syntax.aliases import assignments_to
from pd_lsp.syntax.chain import Chain, read_chain, read_value
from pd_lsp.syntax.handler import handlers
from pd_lsp.syntax.rest_of_line import line_end
from pd_lsp.syntax.slot import Slot, slot_in_bracket, slot_in_string
from pd_lsp.syntax.tree import Token, Tree
from pd_lsp.text import Offset, TextRange

_LONGEST_CHAIN = 100
"""Leaves that are read before giving up: the longest chain that says something has about sixty."""
_MOST_ALIASES = 4
"""How many aliases are followed, one behind the other."""


MEMBERS = ("inputs", "steps", "context")
"""The members of `pd` that have keys."""


@dataclass(frozen=True, slots=True)
class PdPath:
    """A key of a member of `pd`, being written at the caret."""

    member: str
    """One of MEMBERS."""
    keys: tuple[str, ...]
    """The finished keys before the one at the caret."""
    slot: Slot


def pd_path_at(tree: Tree, offset: Offset) -> PdPath | None:
    """The key that is being written at `offset`, or None where the caret stands elsewhere."""
    tokens = list(islice(tree.tokens_before(offset), _LONGEST_CHAIN))
    opened = _opened_string(tree.text, tokens, offset)
    is_bare = opened is None and bool(tokens) and tokens[0].kind == "identifier" and offset in tokens[0].range
    start = opened + 1 if opened is not None else 1 if is_bare else 0
    behind = _behind_bracket(tokens[start:])
    chain = read_chain(behind) if behind else None
    resolved = chain and resolve(tree, chain, offset)
    if not resolved:
        return None
    if opened is not None:
        return PdPath(*resolved, slot_in_string(tree.text, tokens[opened:], offset))
    slot = slot_in_bracket(tree.text, tokens[start:], tokens[0].range.start if is_bare else offset)
    return PdPath(*resolved, slot) if offset in slot.typed else None


def resolve(tree: Tree, chain: Chain, offset: Offset) -> tuple[str, tuple[str, ...]] | None:
    """The member of `pd` and the keys that a chain at `offset` stands for, through the aliases of its root."""
    keys = chain.keys
    for _ in range(_MOST_ALIASES):
        if chain.attribute in MEMBERS:
            return (chain.attribute, keys) if is_pd(tree, chain.root, offset) else None
        if chain.attribute is not None:
            return None
        assignment = next(iter(assignments_to(tree, chain.root, offset)), None)
        inner = assignment and _value_chain(tree, assignment.value)
        if not inner:
            return None
        keys, chain = inner.keys + keys, inner
    return None


def _opened_string(text: str, tokens: Sequence[Token], offset: Offset) -> int | None:
    """Which of `tokens` opens the string that the caret stands in."""
    for index, token in enumerate(tokens):
        if line_end(text, token.range.end) < offset:
            return None
        if token.kind == "string_start":
            return index if token.range.end <= offset else None
        if token.kind in ("string_end", "{"):
            return None
    return None


def _behind_bracket(tokens: Sequence[Token]) -> Sequence[Token] | None:
    """The tokens before the `[` or `.get(` that ends at the first one; None where something else does."""
    match tokens[:3]:
        case [Token("["), *_]:
            return tokens[1:]
        case [Token("("), Token("identifier", "get"), Token(".")]:
            return tokens[3:]
        case _:
            return None


def _value_chain(tree: Tree, value: TextRange) -> Chain | None:
    """The chain on the right side of an assignment."""
    tokens = islice(tree.tokens_before(value.end), _LONGEST_CHAIN)
    return read_value([token for token in tokens if token.range.start >= value.start])


def is_pd(tree: Tree, name: str, offset: Offset) -> bool:
    """Whether `name` is what a handler, or anybody who follows its habit, calls `pd`."""
    if name == "pd" or any(handler.parameter == name for handler in handlers(tree)):
        return True
    assignment = next(iter(assignments_to(tree, name, offset)), None)
    return assignment is not None and tree.text[assignment.value.start : assignment.value.end] == "pd"
