"""Writing type stubs of the project: offered at a handler that is annotated as the platform does it."""

from pd_lsp.features.code_actions.action import CodeAction
from pd_lsp.syntax.handler import Handler, handlers
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.text import TextRange

_ANNOTATION = "pipedream"


def write_stubs(snapshot: Snapshot, selected: TextRange) -> list[CodeAction]:
    """The action in the first line of such a handler, where no stub is there that is up to date."""
    if any(_is_at(snapshot, handler, selected) for handler in handlers(snapshot.tree)) and snapshot.stub_is_due():
        return [CodeAction("Write type stubs for this project", command="write stubs")]
    return []


def _is_at(snapshot: Snapshot, handler: Handler, selected: TextRange) -> bool:
    if (handler.annotation or "").strip("\"'") != _ANNOTATION:
        return False
    return snapshot.lines.line_of(handler.name.start) == snapshot.lines.line_of(selected.end)
