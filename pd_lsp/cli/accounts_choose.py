"""`pd-lsp accounts use` and `production`: which of several accounts a project uses, and which of production may run."""

import asyncio
from argparse import ArgumentParser, Namespace, _SubParsersAction
from typing import TYPE_CHECKING

from pd_lsp.cli import signed_in
from pd_lsp.cli.accounts_asked import fetch
from pd_lsp.cli.errors import SUCCEEDED, CommandError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pd_lsp.private_files import Json


def add_parsers(commands: "_SubParsersAction[ArgumentParser]") -> None:
    """Adds the commands."""
    parser = commands.add_parser("use", help="use this account where an app has several, in a project folder")
    parser.add_argument("account", metavar="ID", help="the account's id, as `pd-lsp accounts` lists it")
    signed_in.add_arguments_again(parser, "a folder of the project")
    parser.add_argument("--forget", action="store_true", help="be asked again")
    parser.set_defaults(call=use)
    parser = commands.add_parser("production", help="allow runs with an account of the environment production")
    parser.add_argument("account", metavar="ID", help="the account's id")
    parser.add_argument("--forget", action="store_true", help="allow them no longer")
    parser.set_defaults(call=production)


def use(arguments: Namespace) -> int:
    """Remembers the choice."""
    from pd_lsp.configuration import choose_account
    from pd_lsp.private_files import PrivateFileError
    from pd_lsp.workflows.project_folder import project_around

    folder = arguments.folder.resolve()
    folder = project_around(folder, folder.parent)
    with signed_in.signed_in(arguments) as (_, caches):
        chosen = caches.configuration.chosen_accounts.get(str(folder), {})
        if arguments.forget:
            app, label = next((app for app, one in chosen.items() if one == arguments.account), ""), arguments.account
        else:
            account = asyncio.run(fetch(caches, folder)).by_id(arguments.account)
            app, label = (account.app.slug, account.label) if account else ("", "")
    if not app and arguments.forget:
        raise CommandError(f"{arguments.account!r} is not chosen in {folder}: its choices are {_listed(chosen)}.")
    if not app:
        raise CommandError(f"{arguments.account!r} is no account of yours: `pd-lsp accounts` lists them.")
    try:
        choose_account(folder, app, None if arguments.forget else arguments.account)
    except PrivateFileError as error:
        raise CommandError(str(error)) from None
    done = "is no longer chosen" if arguments.forget else "is used"
    print(f"The account “{label}” {done} for {app} in {folder}.")
    return SUCCEEDED


def _listed(chosen: "Mapping[str, str]") -> str:
    return ", ".join(f"{account} for {app}" for app, account in chosen.items()) or "none"


def production(arguments: Namespace) -> int:
    """Keeps the allowed accounts."""
    from pd_lsp.accounts.names import ACCOUNT_ID
    from pd_lsp.configuration import change_configuration
    from pd_lsp.private_files import PrivateFileError

    if not ACCOUNT_ID.fullmatch(arguments.account):
        raise CommandError(f"{arguments.account!r} is no id of an account: it looks like apn_abc123.")

    def change(document: "dict[str, Json]") -> None:
        allowed = document.get("production_accounts")
        others: list[Json] = [one for one in (allowed if isinstance(allowed, list) else []) if one != arguments.account]
        document["production_accounts"] = [*others, *([] if arguments.forget else [arguments.account])]

    try:
        change_configuration(change)
    except PrivateFileError as error:
        raise CommandError(str(error)) from None
    now = "no longer allowed" if arguments.forget else "allowed, after a question"
    print(f"Runs with {arguments.account} are {now}.")
    return SUCCEEDED
