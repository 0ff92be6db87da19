"""What a step writes into the log of its run: by `print`, `pprint`, `logging` or a logger."""

from collections.abc import Iterator

from pd_lsp.features.rules.arguments import arguments
from pd_lsp.features.rules.meanings import called_by, calls_of
from pd_lsp.features.rules.statements import is_in_main_guard
from pd_lsp.syntax.name_search import Sought, identifiers
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.syntax.tree import Node

_LEVELS = ("debug", "info", "warning", "error", "critical", "exception")
_LOGGERS = ("logging", "logger", "log", "LOGGER", "LOG", "_logger")
_APART = ("file", "sep", "end", "flush", "stream", "exc_info", "stacklevel", "extra")


def printed(snapshot: Snapshot) -> Iterator[Node]:
    """The values that are written, each an argument of a call."""
    for call in _calls(snapshot):
        if not is_in_main_guard(call):
            yield from (one for one in arguments(call) if not _is_apart(one))


def _calls(snapshot: Snapshot) -> Iterator[Node]:
    if "print(" in snapshot.text:
        yield from (call for _, call in calls_of(snapshot.tree, "print", "pprint.pprint") if not _goes_elsewhere(call))
    if "log" in snapshot.text.lower():
        for level in _LEVELS:
            for way in identifiers(snapshot.tree, Sought(level), patient=True):
                call, function = called_by(way[-1].node), way[-2].node
                thing = function.field("object") if call and function.kind == "attribute" else None
                if call and thing and thing.text in _LOGGERS:
                    yield call


def _goes_elsewhere(call: Node) -> bool:
    """Whether `file=` says where to."""
    return any(one.kind == "keyword_argument" and one.text.startswith("file") for one in arguments(call))


def _is_apart(argument: Node) -> bool:
    name = argument.field("name") if argument.kind == "keyword_argument" else None
    return name is not None and name.text in _APART
