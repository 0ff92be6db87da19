"""`pd-lsp replay`: runs a step over many saved events at once, and compares what comes of it with what came before."""

import asyncio
import json
import os
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace, _SubParsersAction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pd_lsp.cli import signed_in
from pd_lsp.cli.errors import STEP_FAILED, SUCCEEDED, CommandError
from pd_lsp.cli.planning import add_account_arguments, add_limits, add_variables, planned
from pd_lsp.cli.run import interrupted_by_person, look_twice, say_before
from pd_lsp.cli.screen import say, terminal_text

if TYPE_CHECKING:
    from pd_lsp.accounts.caches import AccountCaches
    from pd_lsp.execution.run import StepResult
    from pd_lsp.runs.replay import Replayed
    from pd_lsp.settings import Settings
    from pd_lsp.workflows.events import SavedEvent

_MOST_JOBS = 64
_LONGEST_SHOWN = 60
_LARGEST_EXPECTED = 50_000_000


def add_parser(commands: "_SubParsersAction[ArgumentParser]") -> None:
    """Adds the command."""
    parser = commands.add_parser("replay", help="run a step over many saved events, and print what came of each")
    parser.add_argument("step", type=Path, metavar="STEP", help="the step's entry.py, or its folder")
    parser.add_argument("events", type=Path, metavar="EVENTS", help="a folder of saved events")
    parser.add_argument(
        "--jobs", type=_jobs, default=min(os.cpu_count() or 1, _MOST_JOBS), metavar="N", help="how many run at once"
    )
    parser.add_argument("--expect", type=Path, metavar="FILE", help="fail where an outcome is not as in this file")
    parser.add_argument("--save", type=Path, metavar="FILE", help="write the outcomes to a file, for --expect")
    parser.add_argument("--yes", action="store_true", help="agree to the runs where nobody sits at a terminal")
    add_account_arguments(parser)
    add_variables(parser)
    add_limits(parser)
    parser.set_defaults(call=replay_step)


def replay_step(arguments: Namespace) -> int:
    """Runs the step over each event; 1 where one failed, or with --expect came out otherwise."""
    if not arguments.yes and not sys.stdin.isatty():
        raise CommandError("Nobody sits at this terminal to start live runs: add --yes if they are meant.")
    expected = _expected(arguments.expect) if arguments.expect else None
    with signed_in.signed_in(arguments) as (settings, caches):
        replayed = asyncio.run(_replay(arguments, settings, caches, expected))
    if replayed is None:
        return STEP_FAILED
    outcomes = {one.name: one.outcome for one in sorted(replayed, key=lambda one: one.name)}
    if arguments.save:
        _save(arguments.save, outcomes)
    return _told(replayed, expected)


async def _replay(
    arguments: Namespace, settings: "Settings", caches: "AccountCaches", expected: dict[str, Any] | None
) -> "list[Replayed] | None":
    """Plans once, fetches the credentials once, and prints a line for each event as it comes.

    None where the person interrupted it: what was cancelled is no outcome to compare with, or to save.
    """
    from dataclasses import replace

    from pd_lsp.accounts.provider import AccountsError
    from pd_lsp.execution.errors import RunError
    from pd_lsp.private_files import PrivateFileError
    from pd_lsp.runs.fetched import fetch
    from pd_lsp.runs.replay import replay
    from pd_lsp.runs.run import run
    from pd_lsp.workflows.events import SavedEvent
    from pd_lsp.workflows.files import UnreadableFileError

    try:
        events = _events(arguments.events)
        plan = await planned(arguments, settings, caches, SavedEvent())
        look_twice(plan, agreed=arguments.yes)
        say_before(plan)
        interrupted = interrupted_by_person()
        fetched = await fetch(plan, caches)

        async def run_one(event: "SavedEvent") -> "StepResult":
            plan_with = replace(plan, event=event)
            return await run(plan_with, fetched, settings, lambda _: None, cancelled=interrupted, is_kept=False)

        width = max(len(name) for name, _ in events)
        replayed = []
        async for one in replay(events, run_one, arguments.jobs, interrupted):
            replayed.append(one)
            print(terminal_text(_line(one, width, expected)).replace("\n", "\\x0a"), flush=True)
    except (AccountsError, PrivateFileError, RunError, UnreadableFileError) as error:
        raise CommandError(str(error)) from None
    finally:
        await caches.close()
    if interrupted.is_set():
        say(f"Interrupted: {len(replayed)} of {len(events)} events were begun, and nothing was saved.", sys.stderr)
        return None
    return replayed


def _events(folder: Path) -> "list[tuple[str, SavedEvent]]":
    """The events of the folder by name. Raises CommandError where it has none, UnreadableFileError for a broken one."""
    from pd_lsp.runs.replay import event_files
    from pd_lsp.workflows.events import read_event

    files = event_files(folder) if folder.is_dir() else ()
    if not files:
        raise CommandError(f"{folder} has no saved events: name a folder with files such as sign-up.json.")
    return [(file.stem, read_event(file, folder)) for file in files]


def _line(one: "Replayed", width: int, expected: dict[str, Any] | None) -> str:
    """One row of the table: the event, how it ended, how long it took, and what came of it or is not as before."""
    from pd_lsp.runs.replay import differences

    result = one.result
    said = f"{result.error.type}: {result.error.message}" if result.error else json.dumps(result.outputs)
    if expected is not None:
        before = expected.get(one.name)
        changed = differences(before, one.outcome) if isinstance(before, dict) else ()
        said = "not expected" if before is None else f"not as before: {', '.join(changed)}" if changed else "as before"
    shown = " ".join(said.split())
    shown = shown if len(shown) <= _LONGEST_SHOWN else f"{shown[:_LONGEST_SHOWN]}…"
    return f"{one.name:{width}}  {result.outcome:<11}  {result.duration:6.2f} s  {shown}"


def _told(replayed: "list[Replayed]", expected: dict[str, Any] | None) -> int:
    """Prints how many went well, and what was expected and not run; the exit code."""
    from pd_lsp.runs.replay import differences

    if expected is None:
        well = sum(one.result.ok for one in replayed)
        print(f"{well} of {len(replayed)} succeeded.")
        return SUCCEEDED if well == len(replayed) else STEP_FAILED
    names = {one.name for one in replayed}
    well = sum(one.name in expected and not differences(expected[one.name], one.outcome) for one in replayed)
    missing = sorted(expected.keys() - names)
    gone = f" No event for {', '.join(missing)}." if missing else ""
    say(f"{well} of {len(replayed)} as expected.{gone}", sys.stdout)
    return SUCCEEDED if well == len(replayed) and not missing else STEP_FAILED


def _expected(file: Path) -> dict[str, Any]:
    """The outcomes in a file that `--save` wrote. Raises CommandError."""
    try:
        if file.stat().st_size > _LARGEST_EXPECTED:
            raise CommandError(f"{file} is too large for a file of outcomes: name one that --save wrote.")
        document = json.loads(file.read_text("utf-8"))
    except OSError as error:
        raise CommandError(f"{file} can't be read ({error.strerror}): write it with --save first.") from None
    except (ValueError, RecursionError):
        document = None
    if not isinstance(document, dict) or not all(isinstance(one, dict) for one in document.values()):
        raise CommandError(f"{file} is no file of outcomes: write it with --save.")
    return document


def _save(file: Path, outcomes: dict[str, Any]) -> None:
    from pd_lsp.workflows.whole_file import write_whole

    text = json.dumps(outcomes, indent=2, ensure_ascii=False) + "\n"
    content = text.encode("utf-8", "backslashreplace")  # JSON writes a lone surrogate as this escape
    try:
        if file.exists() and not file.is_file():
            file.write_bytes(content)  # a device or a pipe
        else:
            write_whole(file.resolve(), content)
    except OSError as error:
        raise CommandError(f"{file} can't be written ({error.strerror}): name another one.") from None


def _jobs(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) <= _MOST_JOBS:
        raise ArgumentTypeError(f"it takes a number from 1 to {_MOST_JOBS}")
    return int(text)
