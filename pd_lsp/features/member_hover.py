"""The member of `pd` or of a data store at the caret, by whatever name the text has for what stands before the dot."""

from dataclasses import dataclass
from itertools import islice

from pd_lsp.features.data_stores import is_data_store
from pd_lsp.features.pd_members import PD_MEMBERS, STORE_MEMBERS, PdMember
from pd_lsp.syntax.chain import read_value
from pd_lsp.syntax.leaves import LONGEST_CHAIN
from pd_lsp.syntax.pd_path import way_from_pd
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.syntax.tree import Node
from pd_lsp.text import Offset, TextRange

_STORE_ROWS = {
    "get": "store[key] raises TypeError where there is none. What is read is a copy: put it back after a change.",
    "set": "As store[key] = value does. It is kept as it is then: a later change of the value does nothing.",
    "items": "What is read are copies: put them back after a change.",
    "keys": "key in store says whether there is an entry.",
}
"""What else is to be known (docs/platform.md, section 1.8)."""


@dataclass(frozen=True, slots=True)
class HoveredMember:
    """A member, the place of its name, and what to say of it."""

    range: TextRange
    member: PdMember
    rows: tuple[str, ...]


def hovered_member(snapshot: Snapshot, offset: Offset) -> HoveredMember | None:
    """The member whose name stands at `offset`: in `pd.flow.exit` of each of its names, and in `store.get`."""
    node = snapshot.tree.node_at(offset)
    attribute = node.parent if node.kind == "identifier" else None
    if attribute is None or attribute.kind != "attribute" or attribute.field("attribute") != node:
        return None
    way = _way_from_pd(snapshot, attribute)
    if way is not None:
        member = PD_MEMBERS.get(".".join(way))
        return HoveredMember(node.range, member, (member.says,)) if member else None
    member = STORE_MEMBERS.get(node.text)
    if member is None or not _is_of_store(snapshot, attribute):
        return None
    more = _STORE_ROWS.get(node.text)
    return HoveredMember(node.range, member, (member.says, more) if more else (member.says,))


def _is_of_store(snapshot: Snapshot, attribute: Node) -> bool:
    """Whether what stands before the dot is a data store."""
    store = attribute.field("object")
    match _way_from_pd(snapshot, store) if store else None:
        case "inputs", name:
            return is_data_store(snapshot, name)
    return False


def _way_from_pd(snapshot: Snapshot, node: Node) -> tuple[str, ...] | None:
    """The way from `pd` to what an expression stands for, through the names that were given to parts of it."""
    start, end = node.range.start, node.range.end
    tokens = islice(snapshot.tree.tokens_before(end), LONGEST_CHAIN)
    chain = read_value([token for token in tokens if token.range.start >= start])
    return way_from_pd(snapshot.tree, chain, end, snapshot.imported) if chain else None
