"""Completion of the members of `pd`, `pd.flow`, `pd.send` and of a data store, behind a dot."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from pd_lsp.features.completion import Completion
from pd_lsp.features.data_stores import is_data_store
from pd_lsp.features.pd_members import PD_MEMBERS, STORE_MEMBERS, PdMember
from pd_lsp.features.typed_elsewhere import is_typed
from pd_lsp.syntax.chain import read_chain
from pd_lsp.syntax.imported import NOTHING_IMPORTED, Imported
from pd_lsp.syntax.leaves import LONGEST_CHAIN
from pd_lsp.syntax.pd_member import member_names
from pd_lsp.syntax.pd_name import handler_takes, is_foreign
from pd_lsp.syntax.pd_path import way_from_pd
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.syntax.steps import CALLED
from pd_lsp.syntax.tree import Token
from pd_lsp.text import Offset, TextEdit, TextRange

_LONGEST_NAME = 500
_BEHIND_DOT = re.compile(r"\.(?:[^\S\r\n]|\\\r?\n?)*\w*\Z")
"""What stands before the caret: most carets need no look at the tree. On a new line something else has begun."""
_CONTINUED = "line_continuation"
_REST_OF_NAME = re.compile(r"\w*")


def complete_members(snapshot: Snapshot, offset: Offset) -> list[Completion]:
    """The members that can stand at `offset`; none where a stub tells them to a typed Python server."""
    if not _BEHIND_DOT.search(snapshot.text, max(offset - _LONGEST_NAME, 0), offset):
        return []
    before = islice(snapshot.tree.tokens_before(offset), LONGEST_CHAIN)
    tokens = [token for token in before if token.kind != _CONTINUED]
    is_begun = bool(tokens) and tokens[0].kind == "identifier" and offset in tokens[0].range
    dotted = tokens[1:] if is_begun else tokens
    if not dotted or dotted[0].kind != ".":
        return []
    members = members_of(snapshot, dotted[1:], offset)
    if not members or is_typed(snapshot):
        return []
    start = tokens[0].range.start if is_begun else offset
    rest = _REST_OF_NAME.match(snapshot.text, offset)
    typed = TextRange(start, Offset(rest.end()) if rest else offset)
    return list(_completions(members, typed))


def members_of(snapshot: Snapshot, tokens: Sequence[Token], offset: Offset) -> Mapping[str, PdMember]:
    """By name: the members of what ends at the first of `tokens`; none of what is not Pipedream's."""
    match way_of(snapshot, tokens, offset, snapshot.imported):
        case "inputs", name:
            return STORE_MEMBERS if is_data_store(snapshot, name) else {}
        case (*way,) if not way or way[0] in CALLED:
            return _below(way)
    return {}


def way_of(
    snapshot: Snapshot, tokens: Sequence[Token], offset: Offset, imported: Imported = NOTHING_IMPORTED
) -> tuple[str, ...] | None:
    """The way from `pd` to what ends at the first of `tokens`, such as `("flow", "exit")`; None of all else."""
    names = member_names(snapshot.tree, tokens, offset)
    chain = read_chain(tokens) if names is None else None
    way = way_from_pd(snapshot.tree, chain, offset, imported) if chain else names
    is_member = not way or way[0] in CALLED
    return None if chain and is_member and _may_be_anothers(snapshot, chain.root) else way


def _below(names: Sequence[str]) -> Mapping[str, PdMember]:
    above = "".join(f"{name}." for name in names)
    found = ((path.removeprefix(above), member) for path, member in PD_MEMBERS.items() if path.startswith(above))
    return {name: member for name, member in found if "." not in name}


def _may_be_anothers(snapshot: Snapshot, name: str) -> bool:
    """Whether a name is what steps call `pd`, and nothing gives it that value; or `pd` is another module here."""
    return name == "pd" or handler_takes(snapshot.tree, name) or is_foreign(snapshot.tree)


def _completions(members: Mapping[str, PdMember], typed: TextRange) -> Iterable[Completion]:
    for name, member in members.items():
        yield Completion(name, member.call, TextEdit(typed, name), kind="member", says=member.says)
