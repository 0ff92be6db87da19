"""`pd-lsp run --watch`: runs the step again whenever its file, its event or its workflow.yaml is saved.

Starting it is the consent for this file, these accounts and this one command (D8): what needs other accounts has to be
started anew.
"""

import asyncio
import sys
from argparse import Namespace
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pd_lsp.cli.errors import CommandError
from pd_lsp.cli.planning import planned
from pd_lsp.cli.screen import Screen, say, warn

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from pd_lsp.accounts.caches import AccountCaches
    from pd_lsp.execution.run import StepResult
    from pd_lsp.runs.plan import RunPlan
    from pd_lsp.settings import Settings

_LOOKED_AT = 0.2
"""Seconds between two looks at the files."""


async def watch(arguments: Namespace, settings: "Settings", caches: "AccountCaches") -> "tuple[RunPlan, StepResult]":
    """Runs the step until the person interrupts it; what came of the last run.

    Credentials are fetched once. Raises CommandError or AccountsError where the first run can't start.
    """
    from pd_lsp.cli.run import interrupted_by_person, look_twice, say_before
    from pd_lsp.runs.fetched import fetch
    from pd_lsp.runs.run import run
    from pd_lsp.runs.summary import summary

    first = plan = await planned(arguments, settings, caches)
    look_twice(plan, agreed=arguments.yes)
    interrupted = interrupted_by_person()  # until now Ctrl+C ends the command
    fetched = await fetch(plan, caches)
    while True:
        say_before(plan)
        credentials = {name: fetched.credentials[name] for name in plan.accounts}
        used = replace(fetched, credentials=credentials)
        seen = _stamps(arguments, plan)
        screen = Screen()
        async with screen.counting(plan.time_limit):
            result = await run(plan, used, settings, screen.show, cancelled=interrupted, on_unkept=warn)
        say(summary(result), sys.stderr if result.error else sys.stdout)
        agreed = await _next_plan(arguments, settings, caches, interrupted, (first, plan, seen))
        if agreed is None:
            return plan, result
        plan = agreed


async def _next_plan(
    arguments: Namespace,
    settings: "Settings",
    caches: "AccountCaches",
    interrupted: asyncio.Event,
    before: "tuple[RunPlan, RunPlan, object]",
) -> "RunPlan | None":
    """The plan for what was saved, once that can run with what was agreed to; None when the person interrupts."""
    first, last, seen = before
    while not interrupted.is_set():
        print(f"Watching {last.file}: save it to run it again with live credentials, Ctrl+C ends.", file=sys.stderr)
        while (now := _stamps(arguments, last)) == seen:
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(interrupted.wait(), _LOOKED_AT)
                return None
        seen = now
        try:
            plan = await _unless_interrupted(planned(arguments, settings, caches), interrupted)
            if plan is None:
                return None
            _refuse_more(first, plan)
        except CommandError as error:
            say(f"pd-lsp: {error}", sys.stderr)
            continue
        if not interrupted.is_set():
            return plan
    return None


async def _unless_interrupted(
    planning: "Coroutine[object, object, RunPlan]", interrupted: asyncio.Event
) -> "RunPlan | None":
    """What comes of `planning`; None when the person interrupts it, once what it has started is gone."""
    made, waiting = asyncio.ensure_future(planning), asyncio.ensure_future(interrupted.wait())
    try:
        await asyncio.wait({made, waiting}, return_when=asyncio.FIRST_COMPLETED)
        return made.result() if made.done() else None
    finally:
        for one in (made, waiting):
            one.cancel()
        await asyncio.wait({made})


def _refuse_more(first: "RunPlan", plan: "RunPlan") -> None:
    """Raises CommandError where a run would use more than the person agreed to, or a text that is not what it seems."""
    from pd_lsp.trust.suspicious import suspicious_lines

    agreed = {(name, account.id) for name, account in first.accounts.items()}
    more = [name for name, account in plan.accounts.items() if (name, account.id) not in agreed]
    if more or _used(plan) != _used(first):
        what = f"the account of {more[0]}" if more else "another .env, other variables, modules or interpreter"
        raise CommandError(f"Not run: the step now uses {what}. End this with Ctrl+C, and start it again to agree.")
    if suspicious_lines(plan.text) and plan.text != first.text:
        raise CommandError("Not run: a line is not what it seems. End this with Ctrl+C, and start it again to see it.")


def _used(plan: "RunPlan") -> tuple[object, ...]:
    """What beside accounts has to stay as it was agreed to."""
    return plan.dotenv, plan.variables, plan.step_folder_on_path, plan.interpreter


def _stamps(arguments: Namespace, plan: "RunPlan") -> object:
    """What changes when one of the files is saved."""
    from pd_lsp.file_stamp import file_stamp

    around = [parent / "workflow.yaml" for parent in list(plan.file.parents)[:3]]
    event = [arguments.event] if isinstance(arguments.event, Path) else []
    return tuple(file_stamp(file) for file in (plan.file, *event, *around))
