"""The commands about accounts: what is connected, as far as it is known; asking again; choosing one for a project."""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp

from pd_lsp.accounts.cache import AccountCache
from pd_lsp.accounts.overview import apps_as_json, sign_in_as_json
from pd_lsp.accounts.provider import AccountsError, NobodySignedInError
from pd_lsp.model import Accounts
from pd_lsp.server import convert
from pd_lsp.server.account_choice import AccountNotChosenError, use_account
from pd_lsp.server.guarded import costs_only_its_answer
from pd_lsp.workflows.project_folder import project_around

if TYPE_CHECKING:
    from pd_lsp.server.app import PdLanguageServer


async def accounts_of(server: "PdLanguageServer", argument: Mapping[str, Any]) -> dict[str, Any]:
    """What is known of the accounts for `argument["uri"]`, at once: the service is asked behind it (D6).

    What names no file of this machine stands for the first folder that is open.
    """
    place, state = _place(server, argument), server.state
    is_sandbox = state.settings.sandbox is not None
    cache = state.accounts_of(place)
    await asyncio.to_thread(cache.load)
    may_ask = is_sandbox or _is_trusted(server, place)
    if may_ask:
        cache.wake()
    known, chosen = cache.current, state.accounts.configuration.chosen_accounts
    problem = _problem(cache, known) if may_ask else _untrusted(place, known)
    return {
        "signIn": sign_in_as_json(state.accounts.sign_in(place), sandbox=is_sandbox),
        "complete": known.complete,
        "asking": cache.is_asking,
        "problem": problem and convert.shown(problem),
        "apps": apps_as_json(known, chosen.get(str(_project(server, place)), {}), sandbox=is_sandbox),
    }


async def refresh_accounts(server: "PdLanguageServer") -> dict[str, Any] | None:
    """Asks for the accounts of all that is open and trusted; how many there are."""
    if not server.may_use_network():
        server.say("No folder that is open is trusted, so nobody is asked for accounts: trust it first.")
        return None
    answers = await asyncio.gather(*map(server.fresh_accounts, _caches(server)), return_exceptions=True)
    for problem in dict.fromkeys(str(error) for error in answers if isinstance(error, AccountsError)):
        server.say(problem, lsp.MessageType.Error)
    listed = [len(answer.accounts) for answer in answers if isinstance(answer, Accounts)]
    return {"accounts": sum(listed)} if listed else None


def _caches(server: "PdLanguageServer") -> list[AccountCache]:
    """The accounts of all that is open and trusted: folders with a project of their own have accounts of their own."""
    places: list[Path | None] = [*server.trusted_places()] or [None]
    return list(dict.fromkeys(server.state.accounts_of(place) for place in places))


def _place(server: "PdLanguageServer", argument: Mapping[str, Any]) -> Path | None:
    """The file or folder whose project counts; None where nothing is open either."""
    named = (argument.get("uri"), *server.workspace.folders)
    return next((place for uri in named if (place := convert.file_of(uri))), None)


def _is_trusted(server: "PdLanguageServer", place: Path | None) -> bool:
    return server.state.trusted_folder(place) is not None if place else server.may_use_network()


def _project(server: "PdLanguageServer", place: Path | None) -> Path | None:
    """The project of a place. In a folder without trust no file is looked for: it is the place itself (D6)."""
    folder = server.state.trusted_folder(place)
    return project_around(place, folder) if place and folder else place


def _problem(cache: AccountCache, known: Accounts) -> str | None:
    """Why accounts are missing. That nobody has signed in is no problem: the state says it."""
    if cache.error:
        return None if isinstance(cache.error, NobodySignedInError) else str(cache.error)
    return " ".join(known.problems) or None


def _untrusted(place: Path | None, known: Accounts) -> str | None:
    if known.complete:
        return None
    folder = place.name if place else "No folder that is open"
    return f"{folder} is not trusted, so nobody is asked for its accounts: trust the folder first."


def show_accounts(server: "PdLanguageServer") -> None:
    """Adds the commands about accounts."""

    @server.command("pd.accounts")
    @costs_only_its_answer(None)
    async def list_accounts(*arguments: Any) -> dict[str, Any]:
        return await accounts_of(server, convert.command_argument(arguments))

    @server.command("pd.useAccount")
    @costs_only_its_answer(None)
    async def use_this_account(*arguments: Any) -> dict[str, Any] | None:
        try:
            return await use_account(server, convert.command_argument(arguments))
        except AccountNotChosenError as error:
            server.say(str(error), lsp.MessageType.Error)
            return None

    @server.command("pd.refreshAccounts")
    @costs_only_its_answer(None)
    async def ask_again(*_arguments: Any) -> dict[str, Any] | None:
        return await refresh_accounts(server)
