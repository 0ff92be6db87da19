"""Whose accounts a command uses: those of a sandbox that it starts for itself, or the person's own."""

import os
import sys
from argparse import SUPPRESS, ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pd_lsp.accounts.caches import AccountCaches
    from pd_lsp.settings import Settings


def add_arguments(parser: ArgumentParser) -> None:
    """Adds the options that say whose accounts, and which Python, a command uses."""
    add_sandbox(parser, default=False)
    parser.add_argument("--python", type=Path, metavar="PATH", help="the interpreter that steps run in")


def add_step_folder(parser: ArgumentParser) -> None:
    """Adds what lets a step import modules from its own folder, as it can't on the platform (D12)."""
    said = "let the step import modules that lie beside it, as it can't on the platform"
    parser.add_argument("--step-folder-on-path", action="store_true", help=said)


def add_arguments_again(parser: ArgumentParser, folder: str) -> None:
    """Adds `--sandbox` and `--folder` to a command below one that has them: where left out, those of that one count."""
    add_sandbox(parser, default=SUPPRESS)
    parser.add_argument("--folder", type=Path, default=SUPPRESS, help=f"{folder} (default: this folder)")


def add_sandbox(parser: ArgumentParser, default: Any = False) -> None:
    """Adds `--sandbox`."""
    said = "use the accounts and apps of a sandbox, without an account"
    parser.add_argument("--sandbox", action="store_true", default=default, help=said)


@contextmanager
def signed_in(arguments: Namespace) -> Iterator[tuple["Settings", "AccountCaches"]]:
    """The settings and the accounts that `arguments` ask for, as long as the command runs."""
    from pd_lsp.accounts.caches import AccountCaches
    from pd_lsp.cli.sandbox import running_sandbox
    from pd_lsp.settings import Settings

    environment = own_environment()
    settings = Settings(
        python=_absolute(getattr(arguments, "python", None)),
        step_folder_on_path=getattr(arguments, "step_folder_on_path", False),
    )
    if getattr(arguments, "sandbox", False):
        with running_sandbox() as (sandbox, sign_in):
            yield replace(settings, sandbox=sandbox), AccountCaches(environment, sign_in)
        return
    yield settings, AccountCaches(environment)


def own_environment() -> dict[str, str]:
    """The process's environment, with what holds a secret in it, which is taken out of it: nobody inherits that (D2).

    That is every `PIPEDREAM_*`, and what the person has named as the place of a value of an account kept here.
    """
    from pd_lsp.accounts.secret_sources import take_environment
    from pd_lsp.configuration import read_configuration

    kept = read_configuration().local_accounts
    named = {place.environment for account in kept for place in account.values.values()}
    taken = take_environment(os.environ, named)
    if taken and sys.platform != "win32":
        from pd_lsp.execution.supervisor.posix.processes import become_unreadable

        become_unreadable()  # what Python takes out of its environment stays in the block that /proc shows
    return {**os.environ, **taken}


def _absolute(python: Path | None) -> Path | None:
    """The interpreter as an absolute path, its links kept: a virtual environment is known by its own path."""
    return Path(os.path.abspath(python)) if python else None  # noqa: PTH100 - resolve() would follow the links
