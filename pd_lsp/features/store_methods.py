"""Completion of the key in `store.set("…", value)` and `store.set_ttl("…", ttl)` of a data store."""

from dataclasses import replace

from pd_lsp.features.completion import Completion, keys_for, store_choices
from pd_lsp.features.data_stores import is_data_store
from pd_lsp.syntax.chain import read_chain
from pd_lsp.syntax.key_site import KeySite
from pd_lsp.syntax.pd_path import resolve
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.syntax.tree import Token
from pd_lsp.text import Offset


def complete_store_methods(snapshot: Snapshot, offset: Offset, site: KeySite) -> list[Completion]:
    """The keys that the workflow's steps use in the data store; the bracket is left open, since a value follows."""
    match site.bracket, *site.before[:2]:
        case "(", Token("identifier", "set" | "set_ttl"), Token("."):
            chain, slot = read_chain(site.before[2:]), site.slot()
        case _:
            return []
    match chain and resolve(snapshot.tree, chain, offset, snapshot.imported):
        case "inputs", (name,) if slot and is_data_store(snapshot, name):
            open_slot = replace(slot, closing=slot.closing.removesuffix(")"))
            return keys_for(snapshot, open_slot, offset, store_choices(snapshot, name, offset))
    return []
