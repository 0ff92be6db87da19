"""`pd-lsp init`: everything that makes a project's tools at home in its steps, in one go."""

import sys
from argparse import ArgumentParser, Namespace, _SubParsersAction
from typing import TYPE_CHECKING

from pd_lsp.cli.asking import confirm
from pd_lsp.cli.errors import SUCCEEDED, CommandError
from pd_lsp.cli.stub import add_project_arguments, planned_stub

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pd_lsp.stubs.change import Change


def add_parser(commands: "_SubParsersAction[ArgumentParser]") -> None:
    """Adds the command."""
    parser = commands.add_parser("init", help="set a project up: its type stubs, and the settings of its tools")
    add_project_arguments(parser)
    parser.add_argument("--yes", action="store_true", help="agree to the changes where nobody sits at a terminal")
    parser.add_argument("--diff", "--dry-run", action="store_true", dest="diff", help="show the changes, make none")
    parser.set_defaults(call=set_up)


def set_up(arguments: Namespace) -> int:
    """Shows what would change, asks, and changes it."""
    from pd_lsp.stubs.change import StubRefusedError, write
    from pd_lsp.stubs.tools import tool_changes

    stub = planned_stub(arguments)
    settings, notes = tool_changes(arguments.folder.resolve(), for_mypy=arguments.mypy)
    changes = [change for change in (*stub, *settings) if change.is_one]
    _show(changes, notes)
    if arguments.diff or not changes:
        return SUCCEEDED
    if not arguments.yes and not sys.stdin.isatty():
        raise CommandError("Nobody sits at this terminal to agree: add --yes if it is meant, or --diff to look only.")
    if not confirm("Make these changes?", agreed=arguments.yes):
        print("Nothing was changed.")
        return SUCCEEDED
    try:
        write(changes)
    except StubRefusedError as error:
        raise CommandError(str(error)) from None
    print(f"Written: {', '.join(change.name for change in changes)}.")
    return SUCCEEDED


def _show(changes: "Sequence[Change]", notes: "Sequence[str]") -> None:
    for change in changes:
        print(change.diff, end="")
    for note in notes:
        print(note, file=sys.stderr)
    if not changes:
        print("Nothing else to change." if notes else "Nothing to change: the project is set up.")
