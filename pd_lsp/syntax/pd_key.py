"""Finished keys below `pd.inputs` and `pd.steps`: the one around a place, and all of a text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from pd_lsp.syntax.chain import Chain, read_chain
from pd_lsp.syntax.definition import definition_at
from pd_lsp.syntax.definitions import GIVES
from pd_lsp.syntax.imported import NOTHING_IMPORTED, Imported
from pd_lsp.syntax.name_search import Sought, identifiers
from pd_lsp.syntax.pd_path import resolve
from pd_lsp.syntax.steps import MEMBERS
from pd_lsp.syntax.tree import Node, Tree
from pd_lsp.text import Offset, TextRange

_LONGEST_CHAIN = 100
_MOST_PLACES = 100
_PLAIN = re.compile(r"\w+\.(?:inputs|steps|context)\b(?!.*\b(?:or|and|if)\b)")
_KEYS = """
[
  (subscript subscript: (string) @key)
  (call function: (attribute attribute: (identifier) @get (#eq? @get "get")) arguments: (argument_list . (string) @key))
]
"""


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


def pd_keys(tree: Tree) -> Iterator[PdKey]:
    """Every finished key that the text certainly reads, in its order; of a chain each of its keys.

    By another name for a part of `pd` only where that name is given nothing else in the text.
    """
    for match in tree.root.matches(_KEYS):
        chain = _chain(tree, match["key"])
        key = _key(tree, match["key"]) if chain and _is_certain(tree, chain) else None
        if key:
            yield key


def _is_certain(tree: Tree, chain: Chain) -> bool:
    """Whether the root can mean one thing alone."""
    if chain.attribute or any(link.kind != "key" for link in chain.links):
        return chain.attribute in MEMBERS and all(link.kind == "key" for link in chain.links[1:])
    ways = islice(identifiers(tree, Sought(chain.root, anywhere=False, unless=GIVES)), _MOST_PLACES)
    given = [definition_at(way, way[-1].node.range.start) if way else None for way in ways]
    values = [one.value for one in given if one]
    return len(given) < _MOST_PLACES and [bool(one and _PLAIN.match(one.text)) for one in values] == [True]


def _key(tree: Tree, literal: Node, imported: Imported = NOTHING_IMPORTED) -> PdKey | None:
    chain = _chain(tree, literal)
    resolved = resolve(tree, chain, literal.range.start, imported) if chain and chain.keys else None
    return PdKey(*resolved, literal.range) if resolved else None


def _chain(tree: Tree, literal: Node) -> Chain | None:
    """The chain as far as this key."""
    around = literal.parent
    if around is not None and around.kind == "argument_list":
        around = around.parent
    if around is None or around.kind not in ("subscript", "call"):
        return None
    return read_chain(list(islice(tree.tokens_before(around.range.end), _LONGEST_CHAIN)))
