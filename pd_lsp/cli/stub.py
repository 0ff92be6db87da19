"""`pd-lsp stub`: type stubs of a project, for type checkers and for Python's language servers."""

import asyncio
import sys
from argparse import ArgumentParser, Namespace, _SubParsersAction
from pathlib import Path
from typing import TYPE_CHECKING

from pd_lsp.cli import signed_in
from pd_lsp.cli.accounts_asked import fetch
from pd_lsp.cli.errors import STEP_FAILED, SUCCEEDED, CommandError

if TYPE_CHECKING:
    from pd_lsp.model import Accounts
    from pd_lsp.stubs.change import Change


def add_parser(commands: "_SubParsersAction[ArgumentParser]") -> None:
    """Adds the command."""
    parser = commands.add_parser("stub", help="write type stubs of pd and of the accounts and steps of a project")
    add_project_arguments(parser)
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 where the stub is out of date")
    parser.set_defaults(call=write_stub)


def add_project_arguments(parser: ArgumentParser) -> None:
    """Adds what says which project is meant, whose accounts, and whether mypy reads the stub."""
    parser.add_argument(
        "folder", type=Path, nargs="?", default=Path(), metavar="FOLDER", help="the project (default: this folder)"
    )
    parser.add_argument(
        "--mypy", action="store_true", help="for mypy too, also where the project has no settings of mypy yet"
    )
    signed_in.add_sandbox(parser)


def write_stub(arguments: Namespace) -> int:
    """Writes the files of the stub, or says which are out of date."""
    from pd_lsp.stubs.change import StubRefusedError, write

    changes = planned_stub(arguments)
    due = [change.name for change in changes if change.is_one]
    if arguments.check:
        for name in due:
            print(f"{name} is out of date: make it again with `pd-lsp stub`.", file=sys.stderr)
        return STEP_FAILED if due else SUCCEEDED
    try:
        write(changes)
    except StubRefusedError as error:
        raise CommandError(str(error)) from None
    for change in changes:
        print(f"{change.name} {'is written' if change.is_one else 'was up to date'}.")
    return SUCCEEDED


def planned_stub(arguments: Namespace) -> "tuple[Change, ...]":
    """The files of the stub of `arguments.folder`. Raises CommandError."""
    from pd_lsp.stubs.change import StubRefusedError
    from pd_lsp.stubs.project import read_project
    from pd_lsp.stubs.stub import stub_changes
    from pd_lsp.stubs.tools.mypy import uses_mypy

    folder = arguments.folder.resolve()
    if not folder.is_dir():
        raise CommandError(f"There is no folder {arguments.folder}: name the one that holds your workflows.")
    project = read_project(folder)
    for problem in project.problems:
        print(problem, file=sys.stderr)
    if not project.steps:
        print(f"No step was found in {folder}: name the folder that holds your workflows.", file=sys.stderr)
    try:
        return stub_changes(project, _accounts(arguments, folder), for_mypy=arguments.mypy or uses_mypy(folder))
    except StubRefusedError as error:
        raise CommandError(str(error)) from None


def _accounts(arguments: Namespace, folder: Path) -> "Accounts":
    """The accounts as they are known here: nobody is asked, so that the command works without a network."""
    with signed_in.signed_in(arguments) as (_, caches):
        return asyncio.run(fetch(caches, folder)) if arguments.sandbox else caches.of(folder).current
