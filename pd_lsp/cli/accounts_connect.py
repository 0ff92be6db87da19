"""`pd-lsp accounts connect APP`: opens Pipedream's own page on which an account is connected (D5)."""

import asyncio
import sys
import webbrowser
from argparse import ArgumentParser, Namespace, _SubParsersAction
from typing import TYPE_CHECKING

from pd_lsp.cli import signed_in
from pd_lsp.cli.errors import SUCCEEDED, CommandError

if TYPE_CHECKING:
    from pd_lsp.accounts import SignIn


def add_parsers(commands: "_SubParsersAction[ArgumentParser]") -> None:
    """Adds the command."""
    parser = commands.add_parser("connect", help="connect an account of an app in your Connect project")
    parser.add_argument("app", metavar="APP", help="the app's slug, such as slack_v2")
    parser.add_argument("--no-browser", action="store_true", help="only print the address of the page")
    signed_in.add_arguments_again(parser, "whose project counts")
    parser.set_defaults(call=connect)


def connect(arguments: Namespace) -> int:
    """Prints the page's address, which is good once, and opens it."""
    with signed_in.signed_in(arguments) as (_, caches):
        link = asyncio.run(_link(arguments, caches.sign_in(arguments.folder.resolve())))
    print(f"Connect the account on this page, within four hours:\n{link}")
    if not arguments.no_browser and sys.stdout.isatty():
        webbrowser.open(link)
    return SUCCEEDED


async def _link(arguments: Namespace, sign_in: "SignIn") -> str:
    from pd_lsp.accounts.connect import Connect
    from pd_lsp.accounts.names import is_slug
    from pd_lsp.accounts.provider import AccountsError

    if not is_slug(arguments.app):
        raise CommandError(f"{arguments.app!r} is no slug of an app: it looks like slack_v2.")
    if sign_in.project is None or sign_in.client is None:
        raise CommandError("Accounts are connected in a Connect project: sign in with `pd-lsp login --connect` first.")
    try:
        provider = Connect(sign_in.project, sign_in.client)
        try:
            return await provider.connect_link(arguments.app)
        finally:
            await provider.close()
    except AccountsError as error:
        raise CommandError(str(error)) from None
