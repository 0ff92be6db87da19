"""Whose accounts a command uses: those of a sandbox that it starts for itself, or the person's own."""

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pd_lsp.cli.errors import CommandError

if TYPE_CHECKING:
    from pd_lsp.accounts import AccountProvider
    from pd_lsp.settings import Settings


def add_arguments(parser: ArgumentParser) -> None:
    """Adds the options that say whose accounts, and which Python, a command uses."""
    parser.add_argument(
        "--sandbox", action="store_true", help="use the accounts and apps of a sandbox, without an account"
    )
    parser.add_argument("--python", type=Path, metavar="PATH", help="the interpreter that steps run in")


@contextmanager
def signed_in(arguments: Namespace) -> Iterator[tuple["Settings", "AccountProvider"]]:
    """The settings and the account provider that `arguments` ask for, as long as the command runs."""
    from pd_lsp.accounts import open_provider
    from pd_lsp.accounts.provider import AccountsError
    from pd_lsp.accounts.sign_in import sign_in_from
    from pd_lsp.cli.sandbox import running_sandbox
    from pd_lsp.execution.supervisor.processes import become_unreadable
    from pd_lsp.settings import Settings

    own = sign_in_from(os.environ)
    if own and sys.platform != "win32":
        become_unreadable()  # what Python takes out of its environment stays in the block that /proc shows
    python = _absolute(arguments.python)
    if arguments.sandbox:
        with running_sandbox() as (sandbox, project, key):
            settings = Settings(python=python, project=project, sandbox=sandbox)
            yield settings, open_provider(settings, key)
        return
    settings = Settings(python=python, project=own[0] if own else None)
    try:
        provider = open_provider(settings, own[1] if own else None)
    except AccountsError as error:
        raise CommandError(str(error)) from None
    yield settings, provider


def _absolute(python: Path | None) -> Path | None:
    """The interpreter as an absolute path, its links kept: a virtual environment is known by its own path."""
    return Path(os.path.abspath(python)) if python else None  # noqa: PTH100 - resolve() would follow the links
