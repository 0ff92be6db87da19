"""Which names in `pd.inputs` are data stores."""

import re

from pd_lsp.model import AppSlug
from pd_lsp.syntax.snapshot import Snapshot

_STORE = re.compile(r"(\w+_)?store(_\d+)?", re.IGNORECASE)


def is_data_store(snapshot: Snapshot, name: str) -> bool:
    """Whether `pd.inputs[name]` is a data store: as workflow.yaml says, or, without one, by its name.

    A name such as `data_store_1` or `seen_store`, which no app has, is taken for one: the default names are of that
    form (docs/platform.md, section 1.8).
    """
    if snapshot.step:
        return name in snapshot.step.data_stores
    return _STORE.fullmatch(name) is not None and snapshot.catalogue(AppSlug(name)) is None
