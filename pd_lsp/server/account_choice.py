"""Choosing an account for a project, where an app has several."""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pd_lsp.accounts.provider import AccountsError
from pd_lsp.configuration import choose_account
from pd_lsp.model import Account
from pd_lsp.private_files import PrivateFileError
from pd_lsp.server import convert
from pd_lsp.workflows.project_folder import project_around

if TYPE_CHECKING:
    from pd_lsp.server.app import PdLanguageServer


class AccountNotChosenError(Exception):
    """An account can't be chosen; the message says why, and what to do."""


async def use_account(server: "PdLanguageServer", argument: Mapping[str, Any]) -> dict[str, Any]:
    """Remembers for the project of `argument["uri"]` which `account` of `app` it uses, as `pd-lsp accounts use` does.

    Raises AccountNotChosenError.
    """
    uri, app, account_id = argument.get("uri"), argument.get("app"), argument.get("account")
    place = convert.file_of(uri)
    if place is None:
        raise AccountNotChosenError("Open the workflow's folder, or a step of it, as a file: an account is for those.")
    folder = server.state.trusted_folder(place)
    if folder is None:
        raise AccountNotChosenError(
            f"{place.name} is not trusted, so no account is chosen for it: trust the folder in the editor, or with "
            "`pd-lsp trust FOLDER`."
        )
    if not isinstance(app, str) or not isinstance(account_id, str):
        raise AccountNotChosenError("Choose an account of an app, each by its name: the list of accounts has them.")
    project, account = project_around(place, folder), await _known(server, place, account_id)
    if account is None or account.app.slug != app:
        raise AccountNotChosenError("That is no account of yours of that app: ask for the list again.")
    try:
        await asyncio.to_thread(choose_account, project, app, account_id)
    except PrivateFileError as error:
        raise AccountNotChosenError(str(error)) from None
    server.changes.note("accounts")
    return {}


async def _known(server: "PdLanguageServer", place: Path, account_id: str) -> Account | None:
    """The account of this id, asked for only where it is not known yet. Raises AccountNotChosenError."""
    cache = server.state.accounts_of(place)
    account = cache.current.by_id(account_id)
    if account or cache.current.complete:
        return account
    try:
        return (await server.fresh_accounts(cache)).by_id(account_id)
    except AccountsError as error:
        raise AccountNotChosenError(str(error)) from None
