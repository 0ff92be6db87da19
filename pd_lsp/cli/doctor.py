"""`pd-lsp doctor`: what works and what does not, link by link. From a list of what may be shown (D19)."""

import asyncio
import os
import platform
import sys
import time
from argparse import ArgumentParser, Namespace, _SubParsersAction
from pathlib import Path
from typing import TYPE_CHECKING

from pd_lsp import __version__
from pd_lsp.cli import signed_in
from pd_lsp.cli.accounts_local import DEFAULT_LABEL
from pd_lsp.cli.errors import MISTAKE, SUCCEEDED
from pd_lsp.cli.whoami import described, link_of

if TYPE_CHECKING:
    from pd_lsp.accounts import SignIn
    from pd_lsp.accounts.caches import AccountCaches

_VARIABLES = ("HTTPS_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR", "PIPEDREAM_BASE_URL")

_MINUTES_SHOWN = 120


def add_parser(commands: "_SubParsersAction[ArgumentParser]") -> None:
    """Adds the command."""
    parser = commands.add_parser("doctor", help="check keys, keyring, network, trust and interpreter")
    parser.add_argument("--folder", type=Path, default=Path(), help="whose project counts (default: this folder)")
    parser.add_argument("--offline", action="store_true", help="ask nobody over the network")
    signed_in.add_arguments(parser)
    parser.set_defaults(call=examine)


def examine(arguments: Namespace) -> int:
    """Prints one line for each thing; 2 where one of them does not work."""
    folder = arguments.folder.resolve()
    with signed_in.signed_in(arguments) as (settings, caches):
        rows = asyncio.run(_rows(caches, folder, offline=arguments.offline))
        rows.append(_interpreter(settings.python))
    for good, name, said in rows:
        print(f"{'ok ' if good else 'NOT'} {name:<20} {said}")
    return SUCCEEDED if all(good for good, *_ in rows) else MISTAKE


async def _rows(caches: "AccountCaches", folder: Path, *, offline: bool) -> list[tuple[bool, str, str]]:
    from pd_lsp.trust.folders import trusted_folder_of

    rows = [(True, "pd-lsp", f"{__version__}, Python {platform.python_version()}, {platform.system()}")]
    rows.append(await _keyring())
    rows += [(False, "configuration", problem) for problem in caches.configuration.problems]
    sign_in = caches.sign_in(folder)
    found = {name.replace("_", " "): said for name, said in (await described(sign_in)).items()}
    found |= await _kept_here(sign_in)
    rows += [(not said.startswith("missing."), name, said) for name, said in found.items()]
    rows += [(True, name, "is set") for name in _VARIABLES if name in os.environ]
    trusted = trusted_folder_of(folder)
    rows.append((True, "trust", f"{trusted} is trusted" if trusted else "this folder is not trusted"))
    cache = caches.of(folder)
    cache.load()
    if cache.kept_at:
        rows.append((True, "names in the cache", f"{len(cache.current.accounts)}, {_age(cache.kept_at)} old"))
    if not offline:
        rows.append(await _accounts(caches, folder))
    return rows


async def _keyring() -> tuple[bool, str, str]:
    """Whether there is a keyring, and it answers."""
    from pd_lsp.accounts.keyring_entry import keyring_name_async, read_entry_async
    from pd_lsp.accounts.provider import AccountsError
    from pd_lsp.accounts.sign_in import API_KEY_ENTRY

    try:
        name = await keyring_name_async()
        if name is None:
            return True, "keyring", "none: keys come from the environment, or from a command"
        await read_entry_async(API_KEY_ENTRY)  # any name: what counts is the answer
    except AccountsError as error:
        return False, "keyring", str(error)
    return True, "keyring", name


async def _kept_here(sign_in: "SignIn") -> dict[str, str]:
    """Where each value of the accounts that are kept here comes from."""
    from pd_lsp.accounts.secret_sources import SecretSource
    from pd_lsp.accounts.sign_in import HeldSecret

    found = {}
    for account in sign_in.local_accounts:
        named = account.app if account.label == DEFAULT_LABEL else f"{account.app} “{account.label}”"
        for key, place in account.values.items():
            names = (place.environment,) if place.environment else ()
            source = SecretSource(names, place.command or None, place.keyring or None)
            found[f"{named}: {key}"] = await link_of(HeldSecret(source, sign_in.environment or {}))
    return found


async def _accounts(caches: "AccountCaches", folder: Path) -> tuple[bool, str, str]:
    from pd_lsp.accounts.provider import AccountsError

    try:
        accounts = await caches.of(folder).refresh()
    except AccountsError as error:
        return False, "accounts", str(error)
    finally:
        await caches.close()
    ill = [account for account in accounts.accounts if account.state]
    said = f"{len(accounts.accounts)} connected" + "".join(
        f"; {account.app.slug} “{account.label}” is {account.state}" for account in ill
    )
    return accounts.complete, "accounts", said + "".join(f". {problem}" for problem in accounts.problems)


def _interpreter(chosen: Path | None) -> tuple[bool, str, str]:
    from pd_lsp.execution.errors import RunError
    from pd_lsp.execution.interpreter import choose_interpreter

    try:
        return True, "Python of steps", str(choose_interpreter(chosen or Path(sys.executable)).path)
    except RunError as error:
        return False, "Python of steps", str(error)


def _age(at: float) -> str:
    minutes = max(0, time.time() - at) / 60
    return f"{minutes:.0f} min" if minutes < _MINUTES_SHOWN else f"{minutes / 60:.0f} h"
