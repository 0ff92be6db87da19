"""`pd-lsp accounts`: which accounts are connected, and the keys of each."""

import asyncio
import json
from argparse import ArgumentParser, Namespace, _SubParsersAction
from typing import TYPE_CHECKING

from pd_lsp.cli import signed_in
from pd_lsp.cli.errors import SUCCEEDED, CommandError

if TYPE_CHECKING:
    from pd_lsp.accounts import AccountProvider
    from pd_lsp.model import Account, Accounts


def add_parser(commands: "_SubParsersAction[ArgumentParser]") -> None:
    """Adds the command."""
    parser = commands.add_parser("accounts", help="list connected accounts and the keys of their $auth")
    parser.add_argument("--json", action="store_true", help="as one JSON document")
    signed_in.add_arguments(parser)
    parser.set_defaults(call=list_accounts)


def list_accounts(arguments: Namespace) -> int:
    """Prints the accounts."""
    with signed_in.signed_in(arguments) as (_, provider):
        accounts = asyncio.run(fetch(provider))
    if arguments.json:
        print(json.dumps({"complete": accounts.complete, "accounts": [_as_json(one) for one in accounts.accounts]}))
    else:
        for account in accounts.accounts:
            print(_line(account))
    return SUCCEEDED


async def fetch(provider: "AccountProvider") -> "Accounts":
    """The accounts, or a CommandError that says why there are none."""
    from pd_lsp.accounts.provider import AccountsError

    try:
        return await provider.accounts()
    except AccountsError as error:
        raise CommandError(str(error)) from None
    finally:
        await provider.close()


def _line(account: "Account") -> str:
    state = " (dead: connect it again)" if account.dead else "" if account.healthy else " (unhealthy)"
    keys = ", ".join(field.name for field in account.app.fields) or "keys unknown"
    return f"{account.app.slug:<18} {account.label}{state}\n{'':<18} {account.id}: {keys}"


def _as_json(account: "Account") -> dict[str, object]:
    return {
        "id": account.id,
        "app": account.app.slug,
        "label": account.label,
        "dead": account.dead,
        "healthy": account.healthy,
        "keys": [field.name for field in account.app.fields],
        "keys_complete": account.app.complete,
    }
