"""What the steps before a step give it: from their own code, from saved events, and from what is known of triggers."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from pd_lsp.model import Step, Workflow
from pd_lsp.shapes import Shape, merged, object_with, shape_of
from pd_lsp.syntax.all_outputs import tells_all_outputs
from pd_lsp.syntax.budget import is_within_budget
from pd_lsp.syntax.step_outputs import StepOutput, step_outputs
from pd_lsp.syntax.tree import parse
from pd_lsp.workflows.events import SavedEvent, read_event, saved_events
from pd_lsp.workflows.files import UnreadableFileError, read_text

_LIMIT = 2_000_000
_MOST_EVENTS = 20
"""Of very many saved events so many are looked at."""
_TEXT, _FLAG = Shape(frozenset({"text"})), Shape(frozenset({"true or false"}))
_CONTEXT: Mapping[str, Shape] = {
    **dict.fromkeys(("id", "ts", "workflow_id", "workflow_name", "deployment_id", "owner_id", "emitter_id"), _TEXT),
    "platform_version": _TEXT,
    "replay": _FLAG,
    "trace_id": _TEXT,
}
"""The documented fields of `trigger.context` (docs/platform.md, section 1.3)."""


def step_shapes(workflow: Workflow, earlier: tuple[Step, ...], read: Callable[[Path], str]) -> dict[str, Shape]:
    """By name in `pd.steps`: what is known of the trigger and of each of the `earlier` steps.

    `read` gives the text of a step's file, from the editor where it is open; it may raise UnreadableFileError, and what
    can't be read is left out.
    """
    folder = Path(workflow.folder)
    events = list(_events(folder))
    shapes = {"trigger": _trigger(events)}
    for step in earlier:
        known = [shape_of(event.steps[step.namespace], name) for name, event in events if step.namespace in event.steps]
        told = list(_told(folder, step, read))
        shape = merged([*told, *known]) or Shape(frozenset({"object"}))
        shapes[step.namespace] = replace(shape, closed=any(one.closed for one in told))
    return shapes


def read_step_text(file: Path) -> str:
    """The text of a step's file. Raises UnreadableFileError."""
    return read_text(file, file.parent, limit=_LIMIT)


def _trigger(events: list[tuple[str, SavedEvent]]) -> Shape:
    event = merged(shape_of(saved.event, name) for name, saved in events) or Shape()
    context = merged(shape_of(saved.context, name) for name, saved in events if saved.context is not None)
    documented = object_with(_CONTEXT, "documented")
    return object_with({"event": event, "context": context.beside(documented) if context else documented})


def _told(folder: Path, step: Step, read: Callable[[Path], str]) -> Iterator[Shape]:
    """What the code of a step says that it gives on."""
    if not step.uses.startswith("./") or not step.uses.endswith(".py"):
        return
    try:
        text = read(folder / step.uses)
    except UnreadableFileError:
        return
    if is_within_budget(text):
        by_name: dict[str, Shape] = {}
        tree = parse(text)
        for output in step_outputs(tree):
            by_name[output.name] = _beside(by_name.get(output.name), output)
        yield replace(object_with(by_name, f"{step.namespace}/entry.py"), closed=tells_all_outputs(tree))


def _beside(known: Shape | None, output: StepOutput) -> Shape:
    return output.shape if known is None else known.beside(output.shape)


def _events(folder: Path) -> Iterator[tuple[str, SavedEvent]]:
    for file in saved_events(folder)[:_MOST_EVENTS]:
        with suppress(UnreadableFileError):  # a run with it will say why
            yield f"saved event {file.name}", read_event(file, folder)
