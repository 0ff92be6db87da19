"""`pd-lsp runs show`: one run that is kept, as `pd-lsp run` would have printed it."""

import json
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace, _SubParsersAction
from pathlib import Path
from typing import TYPE_CHECKING

from pd_lsp.cli.errors import SUCCEEDED, CommandError
from pd_lsp.cli.screen import say, terminal_text

if TYPE_CHECKING:
    from pd_lsp.workflows.kept_runs import KeptRun


def add_parsers(commands: "_SubParsersAction[ArgumentParser]") -> None:
    """Adds the command."""
    parser = commands.add_parser("show", help="print a run as `pd-lsp run` would have")
    add_run(parser)
    parser.add_argument("--json", action="store_true", help="print one JSON document (docs/run-json.md)")
    parser.set_defaults(call=show_run)


def add_run(parser: ArgumentParser) -> None:
    """Adds what says which run is meant."""
    parser.add_argument("step", type=Path, metavar="STEP", help="the step's entry.py, or its folder")
    parser.add_argument("number", type=_number, nargs="?", default=1, metavar="N", help="from 1, the latest")


def show_run(arguments: Namespace) -> int:
    """Prints the run: its output, then what came of it."""
    from pd_lsp.execution.result import result_from
    from pd_lsp.runs.kept_as_json import shown
    from pd_lsp.runs.summary import summary

    run = named_run(arguments)
    if arguments.json:
        print(json.dumps(shown(run)))
        return SUCCEEDED
    result = result_from(run.result)
    if result is None:
        raise CommandError("That run is damaged: choose another one.")
    for line in (_heading(run), *result.notices):
        say(line, sys.stderr)
    for text, stream in ((result.stdout, sys.stdout), (result.stderr, sys.stderr)):
        stream.write(terminal_text(text) if stream.isatty() else text)
        stream.flush()
    say(summary(result), sys.stderr if result.error else sys.stdout)
    return SUCCEEDED


def named_run(arguments: Namespace) -> "KeptRun":
    """The run that the arguments of `add_run` mean. Raises CommandError."""
    from pd_lsp.workflows.kept_runs import kept_runs

    step = named_step(arguments.step)
    runs = kept_runs(step)
    found = next((run for run in runs if run.number == arguments.number), None)
    if found is None:
        there = f"choose one from 1 to {runs[-1].number}" if runs else "run it first"
        raise CommandError(f"No run {arguments.number} of {step} is kept: {there}.")
    return found


def named_step(named: Path) -> Path:
    """The file of the step that the person named. Raises CommandError."""
    from pd_lsp.runs.step_file import step_file
    from pd_lsp.workflows.files import UnreadableFileError

    try:
        return step_file(named)
    except UnreadableFileError as error:
        raise CommandError(str(error)) from None


def _heading(run: "KeptRun") -> str:
    import time

    from pd_lsp.runs.ago import ago

    accounts = ", ".join(f"{name}: {account}" for name, account in run.accounts.items())
    cut = f", without its {' and '.join(run.left_out)}, too large to be kept" if run.left_out else ""
    where = f", {run.environment}" if run.accounts or run.sandbox else ""
    return f"── {run.name}, {ago(run.at, time.time())}{where}{f' ({accounts})' if accounts else ''}{cut}"


def _number(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 1_000:  # noqa: PLR2004 - no step has as many
        raise ArgumentTypeError("it takes the number of a run, from 1 for the latest")
    return int(text)
