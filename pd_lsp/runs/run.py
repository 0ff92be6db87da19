"""Runs a plan that the person has agreed to, with the values that were fetched for it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from functools import partial

from pd_lsp.credentials import Redactor, Secret
from pd_lsp.execution.debug_session import Debugger
from pd_lsp.execution.run import StepEvent, StepRequest, StepResult, run_step
from pd_lsp.model import Json
from pd_lsp.private_files import make_private
from pd_lsp.runs.fetched import Fetched
from pd_lsp.runs.history import keep_soon
from pd_lsp.runs.plan import RunPlan
from pd_lsp.settings import Settings


@dataclass(slots=True)
class Handover:
    """What the steps of one run of a workflow give each other, as it is: never shown, written or kept."""

    steps: dict[str, Json] = field(default_factory=dict, repr=False)
    """By name: `$return_value` and exports."""
    secrets: list[Secret] = field(default_factory=list, repr=False)
    """Those of all steps so far: a later one can print what an earlier one gave it."""


async def run(  # noqa: PLR0913 - what is run, with what, and who is told, each by its own name
    plan: RunPlan,
    fetched: Fetched,
    settings: Settings,
    on_event: Callable[[StepEvent], None],
    *,
    handover: Handover | None = None,
    debugger: Debugger | None = None,
    cancelled: asyncio.Event | None = None,
    held_back: Callable[[], Awaitable[object] | None] = lambda: None,
    is_kept: bool = True,
    on_kept: Callable[[], None] = lambda: None,
    on_unkept: Callable[[str], None] = lambda _: None,
) -> StepResult:
    """Runs the step and returns what came of it; what it prints goes to `on_event` as it comes, redacted.

    A `debugger` that waits for it takes hold of it before its first line.
    The notices of the plan, which the person sees before it starts, are those of the result as well.
    With a `handover` the step finds in `pd.steps` what the steps before it gave on, and adds what it gives on itself.
    What `is_kept` can be shown later, and later steps are run with it (D18). Later and in another thread, `on_kept` is
    told that it is there, or `on_unkept` why not, in a sentence.
    Raises PrivateFileError or RunError where the run can't start.
    """
    handover = handover or Handover()
    handover.secrets += fetched.secrets
    for store in plan.data_stores.values():
        make_private(store.parent)
    request = StepRequest(
        file=str(plan.file),
        source=plan.text,
        interpreter=plan.interpreter.path,
        accounts=fetched.credentials,
        data_stores=plan.data_stores,
        steps={**_saved_steps(plan), **handover.steps},
        environment=fetched.environment,
        process_environment=settings.sandbox.process_environment() if settings.sandbox else {},
        python_path=(plan.file.parent,) if plan.step_folder_on_path else (),
        time_limit=plan.time_limit,
        memory_limit=plan.memory_limit,
        size_limit=plan.size_limit,
        any_value=plan.any_value,
        debugger=debugger,
        redactor=await asyncio.to_thread(Redactor, tuple(handover.secrets)),  # which takes a while, on a long value
    )
    given = partial(handover.steps.__setitem__, plan.name)
    result = await run_step(request, on_event, on_outputs=given, cancelled=cancelled, held_back=held_back)
    said_before = map(request.redactor.redact, plan.notices)
    result = replace(result, notices=(*said_before, *result.notices))
    if is_kept:
        keep_soon(plan, settings, result, request.steps, request.redactor, on_kept=on_kept, on_unkept=on_unkept)
    return result


def _saved_steps(plan: RunPlan) -> dict[str, Json]:
    return {name: value for name, value in plan.event.as_steps().items() if name not in plan.not_yet}
