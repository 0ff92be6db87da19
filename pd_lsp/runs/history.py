"""What is kept of a run when it has ended (D18), by the one thread that writes and reads what is kept.

So nobody waits for it who waits for a result, and whoever asks what is kept finds the run that ended a moment ago.
"""

import asyncio
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TypeVar

from pd_lsp.configuration import read_configuration
from pd_lsp.credentials import Redactor
from pd_lsp.execution.result import StepResult
from pd_lsp.model import Json
from pd_lsp.private_files import PrivateFileError
from pd_lsp.runs.consent import environment_of
from pd_lsp.runs.plan import RunPlan
from pd_lsp.settings import Settings
from pd_lsp.workflows.events import SavedEvent
from pd_lsp.workflows.kept_runs import KeptRun, digest_of, keep_run

T = TypeVar("T")

_THREAD = ThreadPoolExecutor(1, "kept runs")
"""The end of the process waits for what it still has to do."""
_UNKEPT = "This run is not kept, so later steps do not find it."


def keep_soon(  # noqa: PLR0913 - what is kept, each by its own name
    plan: RunPlan,
    settings: Settings,
    result: StepResult,
    steps: Mapping[str, Json],
    redactor: Redactor,
    *,
    on_kept: Callable[[], None],
    on_unkept: Callable[[str], None],
) -> None:
    """Lets a run be kept that found `steps` in `pd.steps`, unless the person has switched that off.

    Never fails: the thread tells `on_kept` when that is done, or `on_unkept` in a sentence why it can't be.
    """
    at = time.time()

    def keep() -> None:
        configuration = read_configuration()
        try:
            if configuration.keeps_runs:
                keep_run(_kept(plan, settings, result, _event(steps, redactor), at))
                on_kept()
            elif configuration.problems:
                on_unkept(f"{_UNKEPT} {configuration.problems[0]}")
        except PrivateFileError as error:
            on_unkept(f"{_UNKEPT} {error}")

    with suppress(RuntimeError):  # the process is about to end
        _THREAD.submit(keep)


async def of_history(ask: Callable[[], T]) -> T:
    """What `ask` returns, when all that was to be kept before is kept."""
    return await asyncio.wrap_future(_THREAD.submit(ask))


def _kept(plan: RunPlan, settings: Settings, result: StepResult, event: SavedEvent | None, at: float) -> KeptRun:
    return KeptRun(
        step=plan.file,
        name=plan.name,
        at=at,
        text=digest_of(plan.text),
        result=result.to_json(),
        event=event or SavedEvent(),
        accounts={name: f"{account.app.slug} ({account.label})" for name, account in plan.accounts.items()},
        environment=environment_of(plan, settings),
        sandbox=settings.sandbox is not None,
        any_value=plan.any_value,
        left_out=() if event else ("event",),
    )


def _event(steps: Mapping[str, Json], redactor: Redactor) -> SavedEvent | None:
    """What a run found in `pd.steps`, redacted; None where that can't be done."""
    try:
        redacted = redactor.redact_json(dict(steps))
    except RecursionError:
        return None
    earlier = dict(redacted) if isinstance(redacted, dict) else {}
    trigger = earlier.pop("trigger", None)
    event, context = (trigger.get("event"), trigger.get("context")) if isinstance(trigger, dict) else (None, None)
    return SavedEvent(event, context, earlier)
