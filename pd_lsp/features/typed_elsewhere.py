"""Who offers the members of `pd` and their arguments: a typed Python server that knows them, or pd-lsp."""

from pd_lsp.syntax.handler import handlers
from pd_lsp.syntax.snapshot import Snapshot

_PLATFORMS_OWN = (None, "pipedream")
"""What a handler's parameter is annotated with on the platform, where nothing of that name can be imported."""


def is_typed(snapshot: Snapshot) -> bool:
    """Whether pd-lsp leaves them to a Python server: a stub is there, or the annotation is a type of the person's."""
    known = handlers(snapshot.tree)
    annotation = known[-1].annotation if known else None
    return (annotation and annotation.strip("\"'")) not in _PLATFORMS_OWN or snapshot.has_stub()
