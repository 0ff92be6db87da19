"""The steps of a workflow up to one of them, run in order, each with what those before it gave on."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pd_lsp.credentials.blanked import blanked
from pd_lsp.execution.run import StepResult
from pd_lsp.model import Json, Step, Workflow, earlier_steps
from pd_lsp.runs.plan import BlankedError, RunPlan, RunRefusedError
from pd_lsp.runs.run import Handover


@dataclass(frozen=True, slots=True)
class WayThrough:
    """The steps to run, and those whose results have to be saved ones."""

    files: tuple[Path, ...]
    """Of the Python steps, in order; the last is the one that was meant."""
    notices: tuple[str, ...] = field(default=())


def way_through(workflow: Workflow, step: Step, saved: Mapping[str, Json]) -> WayThrough:
    """The way to `step`: disabled steps are left out; Node and ready-made steps give what `saved` has of them.

    Raises RunRefusedError where a saved result that is needed was blanked, or the file of a step lies elsewhere.
    """
    files, notices = [], []
    for one in earlier_steps(workflow, step):
        if one.is_python:
            files.append(_file(workflow, one))
        elif one.namespace in saved:
            _refuse_blanked(one.namespace, saved[one.namespace])
            notices.append(f"{one.namespace} is no Python step: pd.steps has its saved result.")
        else:
            notices.append(f"{one.namespace} is no Python step, and no result of it is saved: pd.steps has none.")
    return WayThrough((*files, _file(workflow, step)), tuple(notices))


async def run_through(
    plans: Sequence[RunPlan], run_one: Callable[[RunPlan, Handover], Awaitable[StepResult]]
) -> AsyncIterator[tuple[RunPlan, StepResult]]:
    """Runs each plan by `run_one`, with what the steps before it gave on.

    Ends behind a step that fails, or that ends the workflow by pd.flow.exit, as the platform does.
    """
    handover = Handover()
    for plan in plans:
        result = await run_one(plan, handover)
        yield plan, result
        if not result.ok or "exit" in result.flow:
            return


def _file(workflow: Workflow, step: Step) -> Path:
    """The file of a step. Raises RunRefusedError for one outside the workflow's folder: nobody has agreed to run it."""
    named = Path(workflow.folder).resolve() / step.uses
    try:
        real: Path | None = named.resolve()
    except (OSError, RuntimeError, ValueError):
        real = None
    if real != named:
        raise RunRefusedError(
            f"workflow.yaml has {step.uses!r} for {step.namespace}, which is a link or leads out of the workflow's "
            "folder: move the file to where it belongs, or run the step without --through."
        )
    return named


def _refuse_blanked(name: str, value: Json) -> None:
    """Raises BlankedError for a value in which a secret was blanked: a step would work with the mark of it."""
    found = next(blanked(value), None)
    if found:
        raise BlankedError(f"The saved result of {name}", found.mark)
