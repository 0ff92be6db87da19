"""`pd-lsp run`: runs a step here, with live credentials, as the platform would."""

import asyncio
import json
import re
import signal
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace, _SubParsersAction
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from pd_lsp.cli import signed_in
from pd_lsp.cli.asking import confirm
from pd_lsp.cli.errors import MISTAKE, STEP_FAILED, SUCCEEDED, CommandError

if TYPE_CHECKING:
    from pd_lsp.accounts.caches import AccountCaches
    from pd_lsp.execution.run import StepEvent, StepResult
    from pd_lsp.runs.plan import RunPlan
    from pd_lsp.settings import Settings


_LONGEST = 86_400.0
"""Seconds that a person can give a step."""
_MOST_MEGABYTES = 1_000_000


def add_parser(commands: "_SubParsersAction[ArgumentParser]") -> None:
    """Adds the command."""
    parser = commands.add_parser("run", help="run a step here, with live credentials")
    add_step_arguments(parser)
    parser.add_argument("--yes", action="store_true", help="agree to the run where nobody sits at a terminal")
    parser.add_argument(
        "--json", action="store_true", help="print one JSON document and nothing else (docs/run-json.md)"
    )
    _add_limits(parser)
    parser.set_defaults(call=run_step)


def _add_limits(parser: ArgumentParser) -> None:
    """Adds what raises the platform's limits, or lets one go."""
    limits = parser.add_argument_group("limits", "those of the workflow or the platform hold unless one is given")
    limits.add_argument("--time-limit", type=_seconds, metavar="SECONDS", help="instead of the workflow's own")
    limits.add_argument("--memory-limit", type=_megabytes, metavar="MB", help="the same for memory; 0: no limit")
    limits.add_argument("--size-limit", type=_megabytes, metavar="MB", help="for what a step returns, instead of 6")
    limits.add_argument(
        "--any-value", action="store_true", help="show what is no JSON as text, where the platform lets the step fail"
    )


def add_step_arguments(parser: ArgumentParser) -> None:
    """Adds what says which step is meant, and with which event and accounts."""
    parser.add_argument("step", type=Path, metavar="STEP", help="the step's entry.py, or its folder")
    parser.add_argument("--event", type=Path, metavar="FILE", help="a saved event; without one, the workflow's first")
    parser.add_argument(
        "--account", action="append", default=[], metavar="PROP=ID", help="the account to use for a prop"
    )
    parser.add_argument("--production", action="store_true", help="allow accounts of the environment production")
    signed_in.add_arguments(parser)


def run_step(arguments: Namespace) -> int:
    """Runs the step; 0 where it succeeded, 1 where it did not."""
    if not arguments.yes and not sys.stdin.isatty():
        raise CommandError("Nobody sits at this terminal to start a live run: add --yes if it is meant.")
    with signed_in.signed_in(arguments) as (settings, caches):
        plan, result = asyncio.run(_run(arguments, settings, caches))
    if arguments.json:
        print(json.dumps({"step": plan.name, "file": str(plan.file), **result.to_json()}))
    else:
        print(summary(result), file=sys.stderr if result.error else sys.stdout)
    return SUCCEEDED if result.ok else MISTAKE if result.outcome == "not started" else STEP_FAILED


async def planned(arguments: Namespace, settings: "Settings", caches: "AccountCaches") -> "RunPlan":
    """The plan of the run that the arguments of `add_step_arguments` ask for. Raises CommandError."""
    from dataclasses import replace

    from pd_lsp.accounts.provider import AccountsError
    from pd_lsp.execution.errors import RunError
    from pd_lsp.features.step_needs import reads_inputs
    from pd_lsp.model import Accounts
    from pd_lsp.runs.plan import RunChoices, RunRefusedError, plan_run, project_of
    from pd_lsp.runs.step_accounts import with_accounts_of_platform
    from pd_lsp.runs.step_file import read_step, step_file
    from pd_lsp.workflows.events import SavedEvent, first_event, read_event
    from pd_lsp.workflows.files import UnreadableFileError

    allowed = replace(settings, production=arguments.production)
    try:
        file = step_file(arguments.step)
        snapshot, folder = read_step(file, Accounts())
        if reads_inputs(snapshot):
            cache = caches.of(file)
            snapshot, folder = read_step(file, await cache.refresh())
            snapshot = await with_accounts_of_platform(snapshot, cache.provider)
        event = SavedEvent()
        if arguments.event:
            event = read_event(arguments.event)
        elif snapshot.workflow:
            event = first_event(Path(snapshot.workflow.folder), folder)
        configured = caches.configuration
        choices = RunChoices(
            event=event,
            accounts=_accounts(arguments.account),
            preferred=configured.chosen_accounts.get(str(project_of(snapshot, file)), {}),
            production=configured.production_accounts,
            time_limit=getattr(arguments, "time_limit", None),
            memory_limit=getattr(arguments, "memory_limit", None),
            size_limit=(getattr(arguments, "size_limit", None) or 0) * 1024 * 1024 or None,
            any_value=getattr(arguments, "any_value", False),
        )
        return plan_run(snapshot, file, folder, allowed, choices)
    except (AccountsError, RunError, RunRefusedError, UnreadableFileError) as error:
        raise CommandError(str(error)) from None


async def _run(arguments: Namespace, settings: "Settings", caches: "AccountCaches") -> "tuple[RunPlan, StepResult]":
    from pd_lsp.accounts.provider import AccountsError
    from pd_lsp.execution.errors import RunError
    from pd_lsp.private_files import PrivateFileError
    from pd_lsp.runs.run import run
    from pd_lsp.workflows.files import UnreadableFileError

    try:
        plan = await planned(arguments, settings, caches)
        cache = caches.of(plan.file)
        _look_twice(plan, agreed=arguments.yes)
        if not arguments.json:
            for notice in plan.notices:
                print(notice, file=sys.stderr)
            if plan.dotenv:
                print(f"Variables from {plan.dotenv}.", file=sys.stderr)
        show = (lambda _: None) if arguments.json else Screen().show
        interrupted = _interrupted()
        return plan, await run(plan, cache.provider, settings, show, on_learned=cache.note_seen, cancelled=interrupted)
    except (AccountsError, PrivateFileError, RunError, UnreadableFileError) as error:
        raise CommandError(str(error)) from None
    finally:
        await caches.close()


def _look_twice(plan: "RunPlan", *, agreed: bool) -> None:
    """Asks before a run of a text that is not what it seems (D8); with --yes it only says so."""
    from pd_lsp.trust.suspicious import suspicious_lines

    strange = suspicious_lines(plan.text)
    for found in strange:
        print(f"Line {found.line} is not what it seems ({found.why}): {found.shown}", file=sys.stderr)
    if strange and not confirm("Run it all the same?", agreed=agreed):
        raise CommandError("Not run: mend these lines, or agree with --yes.")


def _interrupted() -> asyncio.Event:
    """Is set by Ctrl+C: the run then ends as one that was cancelled, and has a result."""
    interrupted = asyncio.Event()
    with suppress(NotImplementedError):  # Windows
        asyncio.get_running_loop().add_signal_handler(signal.SIGINT, interrupted.set)
    return interrupted


class Screen:
    """Prints what a step prints, where it prints it; our own notices go to standard error."""

    def __init__(self) -> None:
        self._line_is_open = False

    def show(self, event: "StepEvent") -> None:
        """Prints one event; a notice begins a line of its own."""
        stream_name = getattr(event, "stream", None)
        stream: TextIO = sys.stdout if stream_name == "stdout" else sys.stderr
        text = event.text if stream_name else f"{event.text}\n"
        if self._line_is_open and stream_name is None:
            text = f"\n{text}"
        self._line_is_open = not text.endswith("\n")
        stream.write(terminal_text(text) if stream.isatty() else text)
        stream.flush()


def summary(result: "StepResult") -> str:
    """What came of a run, for a person to read. Notices were shown as they came."""
    lines = [f"The step {result.outcome} after {result.duration:.2f} s."]
    if result.error:
        lines.insert(0, (result.error.traceback or f"{result.error.type}: {result.error.message}").rstrip())
    if not (result.stderr if result.error else result.stdout).endswith("\n") and (result.stderr or result.stdout):
        lines.insert(0, "")
    for asked, how in result.flow.items():
        lines.append(f"pd.flow.{asked} {json.dumps(how, ensure_ascii=False)}")
    for name, value in result.exports.items():
        lines.append(f"{name} = {_pretty(value)}")
    if result.returned is not None:
        lines.append(f"$return_value = {_pretty(result.returned)}")
    if result.response is not None:
        lines.append(f"response = {_pretty(result.response)}")
    return "\n".join(lines)


_CONTROLS = re.compile(r"\x1b\[[0-9;:]*m|[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def terminal_text(text: str) -> str:
    """What a step prints, for a terminal: colours stay, every other control shows as what it is (D18).

    Some would write to the clipboard, or move the cursor over what stands there. A lone carriage return stays out, too.
    """
    text = text.replace("\r\n", "\n")
    return _CONTROLS.sub(lambda found: found[0] if found[0].endswith("m") else f"\\x{ord(found[0]):02x}", text)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= _LONGEST:
        raise ArgumentTypeError(f"it takes a number of seconds from above 0 to {_LONGEST:.0f}")
    return seconds


def _megabytes(text: str) -> int:
    if not text.isdecimal() or int(text) > _MOST_MEGABYTES:
        raise ArgumentTypeError(f"it takes a whole number of megabytes, at most {_MOST_MEGABYTES}")
    return int(text)


def _pretty(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)


def _accounts(chosen: list[str]) -> dict[str, str]:
    pairs = dict(choice.partition("=")[::2] for choice in chosen)
    if not all(pairs.values()):
        raise CommandError("--account takes PROP=ID, such as --account github=apn_abc123.")
    return pairs
