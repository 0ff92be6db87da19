"""Runs one step: a StepRequest goes in, StepEvents come as they happen, a StepResult is the end."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress

from pd_lsp.execution.environment import longer_than_on_platform, step_environment
from pd_lsp.execution.output import Audience
from pd_lsp.execution.request import StepRequest, encode
from pd_lsp.execution.result import Notice, Outcome, Output, StepError, StepEvent, StepResult
from pd_lsp.execution.story import Story
from pd_lsp.execution.supervised import SupervisedStep, supervised
from pd_lsp.execution.verdict import verdict
from pd_lsp.model import Json

__all__ = ["Notice", "Outcome", "Output", "StepError", "StepEvent", "StepRequest", "StepResult", "run_step"]

_GRACE = 5.0
"""Seconds past its time limit after which a run ends, whatever its supervisor says: it needs 1.5 itself."""
_PATIENCE = 2.0
"""Seconds that a supervisor gets for ending the step, which takes it 1.5 at most."""


async def run_step(
    request: StepRequest,
    on_event: Callable[[StepEvent], None],
    *,
    on_outputs: Callable[[Mapping[str, Json]], None] = lambda _: None,
    cancelled: asyncio.Event | None = None,
    held_back: Callable[[], Awaitable[object] | None] = lambda: None,
) -> StepResult:
    """Runs a step in a process of its own and returns what came of it; `on_event` hears what it prints meanwhile.

    `on_outputs` alone is given what a step that succeeded gives on as it is, not redacted: `$return_value` and exports.

    `held_back` is called between two pieces of output: where it gives something to wait for, the step waits as well, so
    that one who listens slowly need not keep all of a flood.

    When `cancelled` is set, the run ends within two seconds and its outcome says so. When the awaiting task is
    cancelled, the run ends as well, and CancelledError is raised once it has. A step that fails is a result;
    RunError is raised where nothing could be started.
    """
    audience = Audience(on_event)
    stop = asyncio.Event() if cancelled is None else cancelled
    leave = asyncio.Event()
    run = asyncio.ensure_future(_run(request, audience, on_outputs, held_back, (stop, leave)))
    try:
        return await asyncio.shield(run)
    except asyncio.CancelledError:
        audience.leave()
        leave.set()
        await _end_of(run)
        raise


async def _run(
    request: StepRequest,
    audience: Audience,
    on_outputs: Callable[[Mapping[str, Json]], None],
    held_back: Callable[[], Awaitable[object] | None],
    stops: tuple[asyncio.Event, asyncio.Event],
) -> StepResult:
    nonce = secrets.token_hex(16)
    environment, refused = step_environment(request.environment)
    story = Story(request, nonce, audience)
    if request.redactor.weak:
        story.notice(f"Short values are blanked only where they stand alone: {', '.join(request.redactor.weak)}.")
    if refused:
        story.notice(f"The step does not get these variables, whose names are reserved: {', '.join(refused)}.")
    if too_long := longer_than_on_platform(environment):
        story.notice(f"These variables have more than 64 KB, which none has on the platform: {', '.join(too_long)}.")
    ending = asyncio.Event()
    async with supervised(request) as step:
        step.send(encode(request, environment, nonce))
        if request.debugger:
            step.pause_limit()
        watches = [asyncio.ensure_future(_stop(event, step, story, ending)) for event in stops]
        watches.append(asyncio.ensure_future(_keep_time(request, step, story, ending)))
        try:
            async for kind, content in step.frames():
                story.take(kind, content)
                if wait := held_back():
                    await _until(wait, ending.wait())
        finally:
            for watch in watches:
                watch.cancel()
    result = verdict(story)
    if result.ok and story.finished:
        on_outputs(story.finished.outputs)
    return result


async def _stop(asked: asyncio.Event, step: SupervisedStep, story: Story, ending: asyncio.Event) -> None:
    await asked.wait()
    ending.set()
    story.stop_asked = True
    step.cancel()
    await asyncio.sleep(_PATIENCE)
    step.kill()


async def _keep_time(request: StepRequest, step: SupervisedStep, story: Story, ending: asyncio.Event) -> None:
    """Ends a run whose supervisor does not keep its time, because the step has stopped or killed it.

    While a step is debugged there is no limit to keep.
    """
    if request.debugger:
        await story.debugger_left.wait()
        step.resume_limit()
    await asyncio.sleep(request.time_limit + _GRACE)
    ending.set()
    step.kill()


async def _until(*any_of: Awaitable[object]) -> None:
    """Waits for the first of these, and no longer for the others."""
    waiting = [asyncio.ensure_future(one) for one in any_of]
    try:
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for one in waiting:
            one.cancel()


async def _end_of(run: "asyncio.Future[StepResult]") -> None:
    """Waits for the end of a run, however often somebody cancels the waiting."""
    while not run.done():
        with suppress(asyncio.CancelledError):
            await asyncio.wait({run})
    if not run.cancelled():
        run.exception()
