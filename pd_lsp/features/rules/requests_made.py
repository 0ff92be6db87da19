"""The HTTP requests of a step, as far as the text is certain to make them with a known library."""

from collections.abc import Iterator

from pd_lsp.features.rules.meanings import calls_of
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.syntax.tree import Node

_VERBS = ("get", "post", "put", "patch", "delete", "head", "options", "request")


def requests_made(snapshot: Snapshot, *libraries: str) -> Iterator[Node]:
    """The calls of `requests.get` and its like, of the libraries that are named and that the text speaks of."""
    spoken_of = [library for library in libraries if library in snapshot.text]
    for _, call in calls_of(snapshot.tree, *(f"{library}.{verb}" for library in spoken_of for verb in _VERBS)):
        yield call
