"""Which names in `pd.inputs` are data stores, and the keys that a workflow's steps use in them."""

import re
from collections.abc import Iterator

from pd_lsp.model import AppSlug
from pd_lsp.syntax.pd_reads import pd_reads
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.syntax.store_keys import store_keys
from pd_lsp.text import Offset

_STORE = re.compile(r"(\w+_)?store(_\d+)?", re.IGNORECASE)
_QUOTED = re.compile(rf"[\"']{_STORE.pattern}[\"']", re.IGNORECASE)


def is_data_store(snapshot: Snapshot, name: str) -> bool:
    """Whether `pd.inputs[name]` is a data store: as workflow.yaml says, and without one by its name.

    The default names are of the form `data_store_1` (docs/platform.md, section 1.8), and no app has such a name.
    """
    if snapshot.step is not None:
        return name in snapshot.step.data_stores
    return _STORE.fullmatch(name) is not None and snapshot.catalogue(AppSlug(name)) is None


def stores_read(snapshot: Snapshot) -> tuple[str, ...]:
    """The data stores that a step without a workflow.yaml reads."""
    if not _QUOTED.search(snapshot.text):
        return ()
    return tuple(name for name in pd_reads(snapshot.tree).inputs if is_data_store(snapshot, name))


def keys_used(snapshot: Snapshot, store: str, offset: Offset) -> Iterator[tuple[str, str]]:
    """The literal keys that this step, but at `offset`, and the workflow's others use in a data store, and where."""
    yield from ((key, "used in this step") for key, place in store_keys(snapshot.tree, store) if offset not in place)
    for step, tree in snapshot.other_steps().items():
        yield from ((key, f"used in the step {step}") for key, _ in store_keys(tree, store))
