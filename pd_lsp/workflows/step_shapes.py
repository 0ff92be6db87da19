"""What the steps before a step give it: from their own code, saved events, runs here, and what is known of triggers."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from pd_lsp.file_stamp import file_stamp
from pd_lsp.model import Step, Workflow
from pd_lsp.shapes import Shape, merged, object_with, shape_of
from pd_lsp.syntax.all_outputs import tells_all_outputs
from pd_lsp.syntax.budget import is_within_budget
from pd_lsp.syntax.step_outputs import StepOutput, step_outputs
from pd_lsp.syntax.tree import parse
from pd_lsp.workflows.events import SavedEvent, read_event, saved_events
from pd_lsp.workflows.files import UnreadableFileError, read_text
from pd_lsp.workflows.run_shapes import RunShape, read_run_shape
from pd_lsp.workflows.trigger_shapes import documented_context, documented_event

_LIMIT = 2_000_000
_MOST_EVENTS = 20
"""Of very many saved events so many are looked at."""

_NANOSECONDS = 1_000_000_000


@dataclass(frozen=True, slots=True)
class _Saved:
    file: Path
    event: SavedEvent

    @property
    def source(self) -> str:
        return f"saved event {self.file.name}"


def step_shapes(workflow: Workflow, earlier: tuple[Step, ...], read: Callable[[Path, Path], str]) -> dict[str, Shape]:
    """By name in `pd.steps`: what is known of the trigger and of each of the `earlier` steps.

    `read` gives the text of a step's file in the workflow's folder, from the editor where it is open; it may raise
    UnreadableFileError, and what can't be read is left out.
    """
    folder = Path(workflow.folder)
    events = list(_events(folder))
    shapes = {"trigger": _trigger(events, workflow)}
    for step in earlier:
        saved = [one for one in events if step.namespace in one.event.steps]
        known = [shape_of(one.event.steps[step.namespace], one.source) for one in saved]
        told = list(_told(folder, step, read))
        shape = merged([*told, *known]) or Shape(frozenset({"object"}))
        ran = read_run_shape(folder / step.uses)
        shape = _with_run(shape, ran, [folder / step.uses, *(one.file for one in saved)])
        shapes[step.namespace] = replace(shape, closed=any(one.closed for one in told))
    return shapes


def read_step_text(file: Path, folder: Path) -> str:
    """The text of a step's file, which must lie in the workflow's folder (D24). Raises UnreadableFileError."""
    return read_text(file, folder, limit=_LIMIT)


def _with_run(told: Shape, ran: RunShape | None, files: Iterable[Path]) -> Shape:
    """What is told by `files`, and what a run has seen; of the kinds of a place those count that are known later."""
    if ran is None:
        return told
    written = max((stamp[0] for file in files if (stamp := file_stamp(file))), default=0)
    return told.updated_by(ran.shape) if ran.at * _NANOSECONDS >= written else ran.shape.updated_by(told)


def _trigger(events: list[_Saved], workflow: Workflow) -> Shape:
    """As saved events have it; where none was saved, as it is documented for the kind of trigger."""
    saved = merged(shape_of(one.event.event, one.source) for one in events)
    context = merged(shape_of(one.event.context, one.source) for one in events if one.event.context is not None)
    documented = documented_context()
    return object_with(
        {
            "event": saved or documented_event(workflow.triggers),
            "context": context.beside(documented) if context else documented,
        }
    )


def _told(folder: Path, step: Step, read: Callable[[Path, Path], str]) -> Iterator[Shape]:
    """What the code of a step says that it gives on."""
    if not step.is_python:
        return
    try:
        text = read(folder / step.uses, folder)
    except UnreadableFileError:
        return
    if is_within_budget(text):
        by_name: dict[str, Shape] = {}
        tree = parse(text)
        for output in step_outputs(tree):
            by_name[output.name] = _or_else(by_name.get(output.name), output)
        yield replace(object_with(by_name, f"{step.namespace}/entry.py"), closed=tells_all_outputs(tree))


def _or_else(known: Shape | None, output: StepOutput) -> Shape:
    return output.shape if known is None else known.or_else(output.shape)


def _events(folder: Path) -> Iterator[_Saved]:
    for file in saved_events(folder)[:_MOST_EVENTS]:
        with suppress(UnreadableFileError):  # a run with it will say why
            yield _Saved(file, read_event(file, folder))
