"""A key that is being written in a dictionary that is the first argument of a call: `f({"a": 1, "|"})`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from pd_lsp.syntax.key_site import typed_tokens
from pd_lsp.syntax.literal import string_value
from pd_lsp.syntax.rest_of_line import CLOSERS
from pd_lsp.syntax.slot import Slot, slot_in_bracket, slot_in_string
from pd_lsp.syntax.tree import Node, Token, Tree
from pd_lsp.text import Offset

_FARTHEST = 2_000
"""Leaves that are looked at before the caret."""


@dataclass(frozen=True, slots=True)
class DictionarySite:
    """Such a key."""

    before: Sequence[Token]
    """The leaves before the call's bracket, the nearest first."""
    slot: Slot
    """Where the key goes: quotes are written around it, and nothing else."""
    keys: frozenset[str]
    """The literal keys that the dictionary has, but for the one at the caret."""


def dictionary_site_at(tree: Tree, offset: Offset) -> DictionarySite | None:
    """The key at `offset`; None where the caret stands elsewhere, at a value too."""
    tokens = list(islice(tree.tokens_before(offset), _FARTHEST))
    opened, start = typed_tokens(tree.text, tokens, offset)
    if [token.kind for token in tokens[start : start + 1]] not in (["{"], [","]):
        return None
    brace = _brace(tokens, start)
    if brace is None or [token.kind for token in tokens[brace + 1 : brace + 2]] != ["("]:
        return None
    typed = tokens[0].range.start if start else offset
    begin = [] if opened is None else [tokens[opened]]
    chain = [*begin, *tokens[brace:]]
    found = slot_in_bracket(tree.text, chain, typed) if opened is None else slot_in_string(tree.text, chain, offset)
    if offset not in found.typed:
        return None
    slot = replace(found, closing=found.closing.removesuffix("}"))
    return DictionarySite(tokens[brace + 2 :], slot, frozenset(_keys(tree, tokens[brace], offset)))


def _brace(tokens: Sequence[Token], start: int) -> int | None:
    """Which token opens the bracket around the place behind the token `start`, if that is a brace."""
    depth = 0
    for at in range(start, len(tokens)):
        kind = tokens[at].kind
        if kind in CLOSERS.values():
            depth += 1
        elif kind in CLOSERS and depth:
            depth -= 1
        elif kind in CLOSERS:
            return at if kind == "{" else None
    return None


def _keys(tree: Tree, brace: Token, offset: Offset) -> Iterator[str]:
    """The keys that the dictionary has, as far as the tree can tell: half typed it looks like a set."""
    node = tree.node_at(brace.range.start, brace.range.end)
    for literal in _literals(node) if node.kind in ("dictionary", "set") else ():
        value = string_value(literal.text) if literal.kind == "string" and offset not in literal.range else None
        if value is not None:
            yield value


def _literals(node: Node) -> Iterator[Node]:
    for child in node.children:
        key = child.field("key")
        yield from (key,) if key else child.children if child.kind == "ERROR" else (child,)
