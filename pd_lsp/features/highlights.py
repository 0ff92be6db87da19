"""The other places of the document where the key at the caret is read."""

from pd_lsp.features.reads import meaning, reads
from pd_lsp.syntax.pd_key import pd_key_at
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.text import Offset, TextRange


def highlights(snapshot: Snapshot, offset: Offset) -> list[TextRange]:
    """The keys that stand for the same as the one at `offset`, it among them; none where it is no key of `pd`."""
    key = pd_key_at(snapshot.tree, offset)
    return list(reads(snapshot.tree, snapshot.step, meaning(key, snapshot.step))) if key else []
