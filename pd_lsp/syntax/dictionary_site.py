"""A key that is being written in a dictionary that is the first argument of a call: `f({"a": 1, "|"})`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pd_lsp.syntax.key_site import typed_tokens
from pd_lsp.syntax.leaves import Leaves
from pd_lsp.syntax.literal import string_value
from pd_lsp.syntax.rest_of_line import CLOSERS
from pd_lsp.syntax.slot import Slot, slot_in_bracket, slot_in_string
from pd_lsp.syntax.tree import Node, Token, Tree
from pd_lsp.text import Offset

_FARTHEST = 1_000
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
    leaves = Leaves(tree, offset, _FARTHEST)
    opened, start = typed_tokens(tree.text, leaves.of(0), offset)
    if leaves.kinds(start, 1) not in (["{"], [","]):
        return None
    brace = _brace(leaves, start)
    if brace is None or leaves.kinds(brace + 1, 1) != ["("]:
        return None
    slot = _slot(tree.text, leaves, (opened, start, brace), offset)
    if offset not in slot.typed:
        return None
    keys = frozenset(_keys(tree, leaves.of(brace, 1)[0], offset))
    return DictionarySite(leaves.of(brace + 2), replace(slot, closing=slot.closing.removesuffix("}")), keys)


def _slot(text: str, leaves: Leaves, places: tuple[int | None, int, int], offset: Offset) -> Slot:
    """Where the key goes, were its brace the bracket right before it."""
    opened, start, brace = places
    around = leaves.of(brace)
    if opened is not None:
        return slot_in_string(text, [*leaves.of(opened, 1), *around], offset)
    return slot_in_bracket(text, around, leaves.of(0, 1)[0].range.start if start else offset)


def _brace(leaves: Leaves, start: int) -> int | None:
    """Which leaf opens the bracket around the place behind the leaf `start`, if that is a brace."""
    around = ((at, token.kind) for at, token in leaves.uncovered(start) if token.kind in CLOSERS)
    at, kind = next(around, (None, ""))
    return at if kind == "{" else None


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
