"""The type of `pd.steps`: what the code of each step and the saved events say, nothing that one machine knows alone.

Names of steps are those of the whole project, since one annotation serves all its steps; where two workflows have a
step of one name, it is what either of them gives.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from pd_lsp.model import Workflow
from pd_lsp.shapes import Shape, shape_of
from pd_lsp.stubs.project import Project, StepCode
from pd_lsp.stubs.python_type import ANY_OBJECT, Names, PythonType, Record, type_of
from pd_lsp.syntax.step_outputs import step_outputs
from pd_lsp.workflows.events import SavedEvent, read_event, saved_events
from pd_lsp.workflows.files import UnreadableFileError
from pd_lsp.workflows.step_shapes import read_step_text, step_shapes

_MOST_EVENTS = 20

Outputs = dict[str, dict[str, list[Shape]]]
"""By step and then by output: each shape that it was seen to have."""


def steps_record(project: Project, names: Names) -> Record:
    """The type of `pd.steps`. Every step may give more than is known, and there may be steps that are not known."""
    outputs: Outputs = defaultdict(lambda: defaultdict(list))
    code = {one.file: one for one in project.steps}
    for workflow in project.workflows:
        events = list(_events(Path(workflow.folder)))
        _note_trigger(outputs, workflow, events)
        _note_steps(outputs, workflow, code)
        _note_saved(outputs, events)
    fields: list[tuple[str, PythonType]] = []
    for step, known in sorted(outputs.items()):
        inner = tuple((output, type_of(known[output], names, "Step", step, output)) for output in sorted(known))
        fields.append((step, Record(names.name("Step", step), inner, is_open=True) if inner else ANY_OBJECT))
    return Record("_Steps", tuple(fields), is_open=True)


def _note_trigger(outputs: Outputs, workflow: Workflow, events: Iterable[SavedEvent]) -> None:
    """An event that nobody has saved is as documented, or else of any shape."""
    known = step_shapes(workflow, (), read_step_text)["trigger"].keys
    outputs["trigger"]["event"] += [shape_of(one.event) for one in events] or [known["event"]]
    outputs["trigger"]["context"].append(known["context"])


def _note_steps(outputs: Outputs, workflow: Workflow, code: dict[Path, StepCode]) -> None:
    for step in workflow.steps:
        if step.disabled:
            continue
        known = outputs[step.namespace]
        here = code.get(Path(workflow.folder, step.uses))
        for output in step_outputs(here.tree) if here else ():
            known[output.name].append(output.shape)


def _note_saved(outputs: Outputs, events: Iterable[SavedEvent]) -> None:
    for event in events:
        for step, saved in event.steps.items():
            if step in outputs and isinstance(saved, dict):
                for output, value in saved.items():
                    outputs[step][output].append(shape_of(value))


def _events(folder: Path) -> Iterator[SavedEvent]:
    for file in saved_events(folder)[:_MOST_EVENTS]:
        with suppress(UnreadableFileError):  # a run with it will say why
            yield read_event(file, folder)
