"""`pd-lsp whoami`: whose accounts are used, and where the keys to them come from. Nobody is asked over the network."""

import asyncio
import json
from argparse import ArgumentParser, Namespace, _SubParsersAction
from pathlib import Path
from typing import TYPE_CHECKING

from pd_lsp.cli import signed_in
from pd_lsp.cli.errors import MISTAKE, SUCCEEDED

if TYPE_CHECKING:
    from pd_lsp.accounts import SignIn
    from pd_lsp.accounts.sign_in import HeldSecret


def add_parser(commands: "_SubParsersAction[ArgumentParser]") -> None:
    """Adds the command."""
    parser = commands.add_parser("whoami", help="say whose accounts are used, and where the keys come from")
    parser.add_argument("--folder", type=Path, default=Path(), help="whose project counts (default: this folder)")
    parser.add_argument("--json", action="store_true", help="as one JSON document")
    parser.set_defaults(call=whoami)


def whoami(arguments: Namespace) -> int:
    """Prints it; 2 where nobody is signed in and nothing is kept here."""
    with signed_in.signed_in(arguments) as (_, caches):
        sign_in = caches.sign_in(arguments.folder.resolve())
        found = asyncio.run(described(sign_in))
    if arguments.json:
        print(json.dumps(found))
    elif not found:
        print("Nobody is signed in: `pd-lsp login`, or `pd-lsp accounts add APP`.")
    else:
        for name, value in found.items():
            print(f"{name.replace('_', ' '):<18} {value}")
    return SUCCEEDED if found else MISTAKE


async def described(sign_in: "SignIn") -> dict[str, str]:
    """What a person is signed in with: names, and which link of the chain has each secret."""
    from pd_lsp.settings import API

    found: dict[str, str] = {}
    if sign_in.project and sign_in.client:
        found |= {
            "project": sign_in.project.project_id,
            "environment": sign_in.project.environment,
            "user": sign_in.project.external_user_id,
            "oauth_client": sign_in.client.client_id or "a token of the environment",
            "client_secret": await link_of(sign_in.client.held_secret),
        }
        if sign_in.project.url != API:
            found["api_host"] = f"{sign_in.project.url} (not Pipedream's own)"
    if sign_in.api_key:
        found["user_api_key"] = await link_of(sign_in.api_key)
    if sign_in.local_accounts:
        found["kept_here"] = ", ".join(f"{one.app} ({one.label})" for one in sign_in.local_accounts)
    return found


async def link_of(secret: "HeldSecret | None") -> str:
    """Where a secret is, or why it is nowhere; never the secret."""
    from pd_lsp.accounts.provider import AccountsError

    if secret is None:
        return "not needed"
    try:
        await secret.get()
    except AccountsError as error:
        return f"missing. {error}"
    found = secret.found
    problems = "".join(f" ({problem})" for problem in found.problems) if found else ""
    return f"from the {found.link}, {found.detail}{problems}" if found else "found"
