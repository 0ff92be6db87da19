"""The finished key of `pd` around a place, such as the last of `pd.inputs["slack"]["$auth"]`."""

from dataclasses import dataclass
from itertools import islice, takewhile

from pd_lsp.syntax.chain import Chain, read_chain
from pd_lsp.syntax.imported import NOTHING_IMPORTED, Imported
from pd_lsp.syntax.pd_path import resolve
from pd_lsp.syntax.tree import Node, Tree
from pd_lsp.text import Offset, TextRange

_LONGEST_CHAIN = 100


@dataclass(frozen=True, slots=True)
class PdKey:
    """`pd.inputs["slack"]["$auth"]`, as far as the key that stands last in `keys`."""

    member: str
    """`inputs` or `steps`."""
    keys: tuple[str, ...]
    range: TextRange
    """Where that last key stands, its quotes included."""


def pd_key_at(tree: Tree, offset: Offset, imported: Imported = NOTHING_IMPORTED) -> PdKey | None:
    """The key whose literal stands at `offset`; None where another thing does."""
    node: Node | None = tree.node_at(offset)
    while node is not None and node.kind != "string":
        if node.kind in ("interpolation", "block", "module"):
            return None
        node = node.parent
    return _key(tree, node, imported) if node else None


def _key(tree: Tree, literal: Node, imported: Imported = NOTHING_IMPORTED) -> PdKey | None:
    chain = _chain(tree, literal)
    resolved = resolve(tree, chain, literal.range.start, imported) if chain and chain.keys else None
    return PdKey(*resolved, literal.range) if resolved else None


def _chain(tree: Tree, literal: Node) -> Chain | None:
    """The chain as far as this key."""
    around = literal.parent
    if around is not None and around.kind == "argument_list":
        is_first = literal == next((one for one in around.children if one.kind != "comment"), None)
        around = around.parent if is_first else None
    if around is None or around.kind not in ("subscript", "call"):
        return None
    start, before = around.range.start, islice(tree.tokens_before(around.range.end), _LONGEST_CHAIN)
    return read_chain(list(takewhile(lambda token: token.range.start >= start, before)))
