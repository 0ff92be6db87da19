"""`pd-lsp accounts`: which accounts are connected, and the keys of each; and the commands that change that."""

import asyncio
import json
from argparse import ArgumentParser, Namespace, _SubParsersAction
from pathlib import Path
from typing import TYPE_CHECKING

from pd_lsp.cli import accounts_choose, accounts_connect, accounts_local, signed_in
from pd_lsp.cli.accounts_asked import fetch
from pd_lsp.cli.errors import SUCCEEDED

if TYPE_CHECKING:
    from pd_lsp.model import Account


def add_parser(commands: "_SubParsersAction[ArgumentParser]") -> None:
    """Adds the command, and those below it."""
    parser = commands.add_parser("accounts", help="list connected accounts and the keys of their $auth")
    parser.add_argument("--json", action="store_true", help="as one JSON document")
    parser.add_argument("--folder", type=Path, default=Path(), help="whose project counts (default: this folder)")
    signed_in.add_arguments(parser)
    parser.set_defaults(call=list_accounts)
    below = parser.add_subparsers(title="commands", metavar="")
    for command in (accounts_connect, accounts_local, accounts_choose):
        command.add_parsers(below)


def list_accounts(arguments: Namespace) -> int:
    """Prints the accounts."""
    with signed_in.signed_in(arguments) as (_, caches):
        accounts = asyncio.run(fetch(caches, arguments.folder.resolve()))
    if arguments.json:
        document = {"complete": accounts.complete, "problems": [*accounts.problems]}
        print(json.dumps({**document, "accounts": [_as_json(one) for one in accounts.accounts]}))
    else:
        for account in accounts.accounts:
            print(_line(account))
        for problem in accounts.problems:
            print(f"Some may be missing. {problem}")
    return SUCCEEDED


def _line(account: "Account") -> str:
    marks = ["PRODUCTION"] if account.environment == "production" else []
    marks += [account.state] if account.state else []
    keys = account.keys
    listed = ", ".join(keys.names) or "keys unknown"
    more = "" if keys.complete or not keys.names else ", …"
    return (
        f"{account.app.slug:<18} {account.label}{''.join(f' ({mark})' for mark in marks)}\n"
        f"{'':<18} {account.id}: {listed}{more}  [{keys.source}]"
    )


def _as_json(account: "Account") -> dict[str, object]:
    return {
        "id": account.id,
        "app": account.app.slug,
        "label": account.label,
        "environment": account.environment,
        "local": account.local,
        "dead": account.dead,
        "healthy": account.healthy,
        "unreadable": account.unreadable,
        "keys": [*account.keys.names],
        "keys_complete": account.keys.complete,
        "keys_source": account.keys.source,
    }
