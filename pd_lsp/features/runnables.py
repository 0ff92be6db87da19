"""The handlers that can be run."""

from dataclasses import dataclass

from pd_lsp.features.step_documents import is_step
from pd_lsp.syntax.handler import Handler, handlers
from pd_lsp.syntax.old_style import script_helpers_import
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.text import TextRange

_RUN = "▶ Run step"


@dataclass(frozen=True, slots=True)
class Runnable:
    """A place in a step where a run can start, and what the person is told there."""

    range: TextRange
    title: str
    runs: bool
    """False for a handler that a later one replaces: it can't run, here or on the platform."""


def runnables(snapshot: Snapshot) -> list[Runnable]:
    """One for each handler of the step, in the order of the text; only the last one runs, as on the platform.

    A step of the older kind, which has no handler, runs from its import. Nothing runs in a document that is no step.
    """
    if not is_step(snapshot):
        return []
    found = handlers(snapshot.tree)
    old_style = None if found else script_helpers_import(snapshot.tree)
    if old_style:
        return [Runnable(old_style, _RUN, runs=True)]
    return [_runnable(handler, last=handler is found[-1]) for handler in found]


def _runnable(handler: Handler, *, last: bool) -> Runnable:
    if last:
        return Runnable(handler.name, _RUN, runs=True)
    return Runnable(handler.name, "Never runs: a handler further down replaces this one", runs=False)
