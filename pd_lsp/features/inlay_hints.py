"""Inlay hints, for those who ask for them: behind an app, the label of the account that a run would use."""

from collections.abc import Iterator
from dataclasses import dataclass

from pd_lsp.features.data_stores import is_data_store
from pd_lsp.features.reads import input_keys
from pd_lsp.syntax.pd_key import PdKey
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.text import Offset, TextRange

_LONGEST = 40


@dataclass(frozen=True, slots=True)
class InlayHint:
    """A name that is shown in the text, at a place where it does not stand."""

    offset: Offset
    label: str


def inlay_hints(snapshot: Snapshot, within: TextRange) -> Iterator[InlayHint]:
    """The hints in a part of the text; none where a run would have to ask which account is meant."""
    for key in input_keys(snapshot.tree):
        match key.member, key.keys:
            case "inputs", (name,) if key.range.start in within and not is_data_store(snapshot, name):
                accounts = snapshot.accounts_of(snapshot.app_prop(name))
                if len(accounts) == 1:
                    yield InlayHint(_behind(snapshot, key), _on_one_line(accounts[0].label))


def _behind(snapshot: Snapshot, key: PdKey) -> Offset:
    """Behind the bracket of the key."""
    node = snapshot.tree.node_at(key.range.start, key.range.end).parent
    while node is not None and node.kind not in ("subscript", "call"):
        node = node.parent
    return node.range.end if node else key.range.end


def _on_one_line(label: str) -> str:
    plain = " ".join("".join(character if character.isprintable() else " " for character in label).split())
    return plain if len(plain) <= _LONGEST else plain[: _LONGEST - 1] + "…"
