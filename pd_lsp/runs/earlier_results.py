"""What a run finds in `pd.steps` of earlier steps: saved with its event, else the last result of a run here (D18).

Results are kept redacted. Where a step would read a value that was blanked, it does not start.
"""

import shlex
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from pd_lsp.credentials.blanked import Blanked, blanked, without_blanked
from pd_lsp.model import Json, Step, Workflow, earlier_steps
from pd_lsp.runs.ago import ago
from pd_lsp.runs.history import of_history
from pd_lsp.runs.plan import BlankedError, RunRefusedError
from pd_lsp.settings import Settings
from pd_lsp.syntax.part_reads import PartReads, reads_of_steps
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.workflows.events import SavedEvent
from pd_lsp.workflows.files import UnreadableFileError
from pd_lsp.workflows.kept_runs import KeptRun, digest_of, last_result
from pd_lsp.workflows.step_shapes import read_step_text


async def with_earlier_results(
    snapshot: Snapshot, file: Path, event: SavedEvent, settings: Settings
) -> tuple[SavedEvent, tuple[str, ...]]:
    """The event, with results of runs here for the earlier steps that it has none of, and what the person is told.

    Only steps that the step in `file` may read are filled, in the sandbox by runs in the sandbox, else by live ones. A
    blanked value that it certainly does not read is left out. Raises RunRefusedError for one that it may read.
    """
    workflow, step = snapshot.workflow, snapshot.step
    if workflow is None or step is None:
        refuse_blanked_trigger(snapshot, event)
        return event, ()
    reads, earlier = reads_of_steps(snapshot.tree), earlier_steps(workflow, step)
    _refuse_blanked(event, ("trigger", *(one.namespace for one in earlier)), reads)
    wanted = [one for one in earlier if one.namespace not in event.steps and reads.may_reach((one.namespace,))]
    runs = await of_history(partial(_last_results, workflow, wanted, sandbox=settings.sandbox is not None))
    steps: dict[str, Json] = {}
    for name, run in runs.items():
        found = next(_read_blanked(name, run.outputs, reads), None)
        if found:
            command = shlex.join(["pd-lsp", "run", "--through", str(file), *settings.as_arguments()])
            raise RunRefusedError(
                f"The last result of {name} here has {found} where a secret was, and this step reads it: run "
                f"`{command}`, which hands the real one on."
            )
        steps[name] = without_blanked(run.outputs)
    notices = [await of_history(partial(_notice, workflow, runs))] if runs else []
    lacking = [one.namespace for one in wanted if one.is_python and one.namespace in reads.keys.keys() - runs.keys()]
    if lacking:
        names = ", ".join(lacking)
        notices.append(f"pd.steps has nothing of {names}: no result is kept here. Run it first, or run with --through.")
    return replace(event, steps={**event.steps, **steps}), tuple(notices)


def refuse_blanked_trigger(snapshot: Snapshot, event: SavedEvent) -> None:
    """Raises RunRefusedError where the event has a value that was blanked and that the step may read."""
    _refuse_blanked(event, ("trigger",), reads_of_steps(snapshot.tree))


def _refuse_blanked(event: SavedEvent, names: Sequence[str], reads: PartReads) -> None:
    saved = event.as_steps()
    for name in names:
        found = next(_read_blanked(name, saved.get(name), reads), None)
        if found:
            what = "The event" if name == "trigger" else f"The saved result of {name}"
            raise BlankedError(what, str(found))


def _read_blanked(name: str, value: Json, reads: PartReads) -> Iterator[Blanked]:
    """The blanked places in what `pd.steps[name]` is, of those that the step may read."""
    return (one for one in blanked(value) if reads.may_reach((name, *one.path)))


def _last_results(workflow: Workflow, steps: list[Step], *, sandbox: bool) -> dict[str, KeptRun]:
    """By name: the last result of each of the Python steps."""
    found = {}
    for step in steps:
        if step.is_python:
            with suppress(OSError, RuntimeError, ValueError):
                run = last_result((Path(workflow.folder) / step.uses).resolve(), sandbox=sandbox)
                found.update({step.namespace: run} if run else {})
    return found


def _notice(workflow: Workflow, runs: Mapping[str, KeptRun]) -> str:
    now = time.time()
    changed = {
        name: ", its file has changed since" if _has_changed(workflow, run) else "" for name, run in runs.items()
    }
    told = ", ".join(f"{name} ({ago(run.at, now)}{changed[name]})" for name, run in runs.items())
    left_out = [f"{name}.{'.'.join(one.path)}" for name, run in runs.items() for one in blanked(run.outputs)]
    without = f" Without {', '.join(left_out)}, where a secret was." if left_out else ""
    return f"pd.steps has results of runs here: {told}.{without}"


def _has_changed(workflow: Workflow, run: KeptRun) -> bool:
    """Whether the file of a step is another text than the one that ran."""
    try:
        return digest_of(read_step_text(run.step, Path(workflow.folder))) != run.text
    except UnreadableFileError:
        return True
