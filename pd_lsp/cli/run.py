"""`pd-lsp run`: runs a step here, with live credentials, as the platform would."""

import asyncio
import json
import signal
import sys
from argparse import ArgumentParser, Namespace, _SubParsersAction
from typing import TYPE_CHECKING, Any

from pd_lsp.cli import signed_in
from pd_lsp.cli.asking import confirm
from pd_lsp.cli.debugging import agree_to_debug, waited_for
from pd_lsp.cli.errors import MISTAKE, STEP_FAILED, SUCCEEDED, CommandError
from pd_lsp.cli.planning import add_limits, add_step_arguments, add_variables, planned
from pd_lsp.cli.screen import Screen, say, warn
from pd_lsp.cli.through import plans_through
from pd_lsp.cli.watch import watch

if TYPE_CHECKING:
    from pd_lsp.accounts.caches import AccountCaches
    from pd_lsp.execution.run import StepResult
    from pd_lsp.runs.plan import RunPlan
    from pd_lsp.runs.run import Handover
    from pd_lsp.settings import Settings

    Ran = list[tuple[RunPlan, StepResult]]


def add_parser(commands: "_SubParsersAction[ArgumentParser]") -> None:
    """Adds the command."""
    parser = commands.add_parser("run", help="run a step here, with live credentials")
    add_step_arguments(parser)
    parser.add_argument("--yes", action="store_true", help="agree to the run where nobody sits at a terminal")
    parser.add_argument(
        "--json", action="store_true", help="print one JSON document and nothing else (docs/run-json.md)"
    )
    parser.add_argument(
        "--through", action="store_true", help="run the Python steps before it too, and feed each from those before"
    )
    parser.add_argument(
        "--debug", action="store_true", help="start it under the debugger of an editor (docs/debugging.md)"
    )
    parser.add_argument("--watch", action="store_true", help="run it again whenever it is saved, until Ctrl+C")
    add_variables(parser)
    add_limits(parser)
    parser.set_defaults(call=run_step)


def run_step(arguments: Namespace) -> int:
    """Runs the step, with `--through` those before it too; 0 where it succeeded, 1 where it did not."""
    if not arguments.yes and not sys.stdin.isatty():
        raise CommandError("Nobody sits at this terminal to start a live run: add --yes if it is meant.")
    if arguments.watch and (arguments.json or arguments.through or str(arguments.event) == "-"):
        raise CommandError("--watch goes without --json, --through and an event from standard input: leave those out.")
    if arguments.watch and arguments.debug:
        raise CommandError("--watch goes without --debug: leave one of them out.")
    with signed_in.signed_in(arguments) as (settings, caches):
        ran = asyncio.run(_run(arguments, settings, caches))
    result = ran[-1][1]
    if arguments.watch:
        return SUCCEEDED
    if arguments.json:
        print(json.dumps(_document(ran, several=arguments.through)))
    return SUCCEEDED if result.ok else MISTAKE if result.outcome == "not started" else STEP_FAILED


def _document(ran: "Ran", *, several: bool) -> dict[str, Any]:
    """What `--json` prints: a run, or all those of a way through (docs/run-json.md)."""
    runs = [{"step": plan.name, "file": str(plan.file), **result.to_json()} for plan, result in ran]
    return {"ok": all(result.ok for _, result in ran), "steps": runs} if several else runs[-1]


async def _run(arguments: Namespace, settings: "Settings", caches: "AccountCaches") -> "Ran":
    from pd_lsp.accounts.provider import AccountsError
    from pd_lsp.execution.errors import RunError
    from pd_lsp.private_files import PrivateFileError
    from pd_lsp.runs.fetched import fetch
    from pd_lsp.runs.run import run
    from pd_lsp.runs.summary import summary
    from pd_lsp.runs.through import run_through
    from pd_lsp.workflows.files import UnreadableFileError

    async def run_one(plan: "RunPlan", handover: "Handover") -> "StepResult":
        if not arguments.json:
            say_before(plan, several=arguments.through)
        fetched = await fetch(plan, caches)
        debugger = await waited_for(plan, interrupted) if arguments.debug and plan is plans[-1] else None
        screen = Screen(silent=arguments.json)
        async with screen.counting(None if debugger else plan.time_limit):
            result = await run(
                plan,
                fetched,
                settings,
                screen.show,
                handover=handover,
                debugger=debugger,
                cancelled=interrupted,
                on_unkept=warn,
            )
        if not arguments.json:
            say(summary(result), sys.stderr if result.error else sys.stdout)
        return result

    try:
        if arguments.watch:
            return [await watch(arguments, settings, caches)]
        if arguments.through:
            plans = await plans_through(arguments, settings, caches)
        else:
            plans = [await planned(arguments, settings, caches)]
        if arguments.debug:
            agree_to_debug(agreed=arguments.yes)
        for plan in plans:
            look_twice(plan, agreed=arguments.yes)
        interrupted = interrupted_by_person()  # until now Ctrl+C ends the command, an installation too
        return [ran async for ran in run_through(plans, run_one)]
    except (AccountsError, PrivateFileError, RunError, UnreadableFileError) as error:
        raise CommandError(str(error)) from None
    finally:
        await caches.close()


def say_before(plan: "RunPlan", *, several: bool = False) -> None:
    """What the person should know of a run before it prints anything."""
    lines = [f"── {plan.name}"] if several else []
    lines += [*plan.notices, *([f"Variables from {plan.dotenv}."] if plan.dotenv else [])]
    lines += [f"Variables of your own environment: {', '.join(plan.variables)}."] if plan.variables else []
    for line in lines:
        say(line, sys.stderr)


def look_twice(plan: "RunPlan", *, agreed: bool) -> None:
    """Asks before a run of a text that is not what it seems (D8); with --yes it only says so."""
    from pd_lsp.trust.suspicious import suspicious_lines

    strange = suspicious_lines(plan.text)
    for found in strange:
        say(f"Line {found.line} is not what it seems ({found.why}): {found.shown}", sys.stderr)
    if strange and not confirm("Run it all the same?", agreed=agreed):
        raise CommandError("Not run: mend these lines, or agree with --yes.")


def interrupted_by_person() -> asyncio.Event:
    """Is set by Ctrl+C: the run then ends as one that was cancelled, and has a result."""
    interrupted = asyncio.Event()
    loop = asyncio.get_running_loop()
    try:
        loop.add_signal_handler(signal.SIGINT, interrupted.set)
    except NotImplementedError:  # Windows, whose loop wakes for a signal all the same
        signal.signal(signal.SIGINT, lambda *_: loop.call_soon_threadsafe(interrupted.set))
    return interrupted
