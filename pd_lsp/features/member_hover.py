"""The member of `pd` or of a data store at the caret, by whatever name the text has for what stands before the dot."""

from dataclasses import dataclass
from itertools import islice

from pd_lsp.features.data_stores import is_data_store
from pd_lsp.features.pd_members import PD_MEMBERS, STORE_MEMBERS, PdMember
from pd_lsp.syntax.aliases import assignments_to
from pd_lsp.syntax.chain import read_value
from pd_lsp.syntax.leaves import LONGEST_CHAIN
from pd_lsp.syntax.pd_calls import dotted_names
from pd_lsp.syntax.pd_path import is_pd, resolve
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.syntax.tree import Node, Tree
from pd_lsp.text import Offset, TextRange

_MOST_ALIASES = 4
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
    path = _path(snapshot.tree, attribute, offset)
    if path is not None:
        member = PD_MEMBERS.get(path)
        return HoveredMember(node.range, member, (member.says,)) if member else None
    member = STORE_MEMBERS.get(node.text)
    if member is None or not _is_of_store(snapshot, attribute, offset):
        return None
    more = _STORE_ROWS.get(node.text)
    return HoveredMember(node.range, member, (member.says, more) if more else (member.says,))


def _path(tree: Tree, attribute: Node, offset: Offset) -> str | None:
    """`flow.exit` of what is `pd.flow.exit`, through the names that were given to parts of it; None of all else."""
    names = dotted_names(attribute)
    for _ in range(_MOST_ALIASES):
        if names is None:
            return None
        if is_pd(tree, names[0], offset):
            return ".".join(names[1:])
        assignment = next(iter(assignments_to(tree, names[0], offset)), None)
        value = tree.node_at(assignment.value.start, assignment.value.end) if assignment else None
        before = dotted_names(value) if value else None
        names = [*before, *names[1:]] if before else None
    return None


def _is_of_store(snapshot: Snapshot, attribute: Node, offset: Offset) -> bool:
    """Whether what stands before the dot is a data store."""
    store = attribute.field("object")
    tokens = islice(snapshot.tree.tokens_before(store.range.end), LONGEST_CHAIN) if store else ()
    chain = read_value([token for token in tokens if store and token.range.start >= store.range.start])
    match chain and resolve(snapshot.tree, chain, offset):
        case "inputs", (name,):
            return is_data_store(snapshot, name)
    return False
