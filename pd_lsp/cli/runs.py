"""`pd-lsp runs`: the latest runs of each step, which are kept, and the way to be rid of them (D18)."""

import json
import sys
from argparse import ArgumentParser, Namespace, _SubParsersAction
from pathlib import Path
from typing import TYPE_CHECKING

from pd_lsp.cli import runs_save_event, runs_show
from pd_lsp.cli.errors import SUCCEEDED, CommandError
from pd_lsp.cli.screen import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pd_lsp.workflows.kept_runs import KeptRun

_MOST_LISTED = 20


def add_parser(commands: "_SubParsersAction[ArgumentParser]") -> None:
    """Adds the command, and those below it."""
    parser = commands.add_parser("runs", help="the latest runs of each step: list, show or forget them")
    parser.set_defaults(call=list_runs, step=None, json=False)
    below = parser.add_subparsers(title="commands", metavar="")
    listing = below.add_parser("list", help="the latest runs of all steps, or all that are kept of one")
    listing.add_argument("step", type=Path, metavar="STEP", nargs="?", help="the step's entry.py, or its folder")
    listing.add_argument("--json", action="store_true", help="as one JSON document (docs/run-json.md)")
    listing.set_defaults(call=list_runs)
    for command in (runs_show, runs_save_event):
        command.add_parsers(below)
    for change, what in (
        ("clear", "forget them"),
        ("off", "forget them, and keep none from now on"),
        ("on", "keep them"),
    ):
        below.add_parser(change, help=what).set_defaults(call=change_runs, change=change)


def list_runs(arguments: Namespace) -> int:
    """Prints one line for each run, the latest first."""
    from pd_lsp.runs.kept_as_json import listed
    from pd_lsp.workflows.kept_runs import kept_runs, latest_runs

    runs = kept_runs(runs_show.named_step(arguments.step)) if arguments.step else latest_runs(_MOST_LISTED)
    if arguments.json:
        print(json.dumps([listed(run) for run in runs]))
    else:
        say("\n".join(_lines(runs)), sys.stdout)
    return SUCCEEDED


def change_runs(arguments: Namespace) -> int:
    """Forgets what is kept, or says whether anything is to be kept."""
    from pd_lsp.configuration import change_configuration
    from pd_lsp.private_files import PrivateFileError
    from pd_lsp.workflows.kept_runs import RUNS_OF_STEP, forget_runs

    try:
        if arguments.change in ("off", "on"):
            keeps = arguments.change == "on"
            change_configuration(lambda document: document.update(keep_runs=keeps))
        if arguments.change in ("clear", "off"):
            forget_runs()
    except PrivateFileError as error:
        raise CommandError(str(error)) from None
    if arguments.change == "on":
        print(f"From now on the last {RUNS_OF_STEP} runs of each step are kept here, with every known secret blanked.")
    else:
        after = " None is kept from now on." if arguments.change == "off" else ""
        print(f"The runs that were kept are forgotten.{after}")
    return SUCCEEDED


def _lines(runs: "Sequence[KeptRun]") -> list[str]:
    import time

    from pd_lsp.configuration import read_configuration
    from pd_lsp.runs.ago import ago

    now = time.time()
    lines = [
        f"{run.number:>3}  {ago(run.at, now):<10}  {run.result['outcome']:<11}  {run.result['duration']:7.2f} s  "
        f"{run.step}{' (sandbox)' if run.sandbox else ''}"
        for run in runs
    ]
    if lines:
        return lines
    configuration = read_configuration()
    if configuration.keeps_runs:
        return ["No runs are kept."]
    return [" ".join(["No runs are kept.", *configuration.problems, "`pd-lsp runs on` lets them be kept again."])]
