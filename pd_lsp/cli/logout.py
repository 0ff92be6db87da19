"""`pd-lsp logout`: removes the key, the cache of names and the consents, and says how to revoke the key (D5)."""

import os
from argparse import ArgumentParser, Namespace, _SubParsersAction
from typing import TYPE_CHECKING

from pd_lsp.cli.errors import SUCCEEDED, CommandError
from pd_lsp.cli.keeping import delete, entries_of_keys

if TYPE_CHECKING:
    from pd_lsp.private_files import Json


def add_parser(commands: "_SubParsersAction[ArgumentParser]") -> None:
    """Adds the command."""
    parser = commands.add_parser("logout", help="forget keys, names of accounts and consents")
    parser.set_defaults(call=logout)


def logout(_arguments: Namespace) -> int:
    """Forgets all of it; accounts that are kept here stay."""
    from pd_lsp.accounts.cache_file import forget_accounts
    from pd_lsp.configuration import change_configuration, read_configuration
    from pd_lsp.private_files import PrivateFileError
    from pd_lsp.trust.consent import forget_all

    configured = read_configuration()
    left = delete(sorted(entries_of_keys(configured)))
    try:
        change_configuration(lambda document: _forget(document, set(left)))
        forget_accounts()
        forget_all()
    except PrivateFileError as error:
        raise CommandError(str(error)) from None
    if left:
        problem = next(iter(left.values()))
        raise CommandError(
            f"Everything else is forgotten, but a key is still in the keyring. {problem} Then log out once more."
        )
    print("Keys, names of accounts and consents are forgotten.")
    if configured.projects or configured.api_key:
        print(
            "The key itself is still good. Revoke it at Pipedream: an OAuth client under Settings, API; a user API key "
            "in your user settings."
        )
    if any(name.startswith("PIPEDREAM_") for name in os.environ):
        print("The PIPEDREAM_* variables of your environment stay: unset them, and wherever they are set.")
    return SUCCEEDED


def _forget(document: "dict[str, Json]", left: set[str]) -> None:
    """Takes out every sign-in but those whose key could not be deleted: the next `logout` has to find it."""
    from pd_lsp.accounts.sign_in import API_KEY_ENTRY, client_secret_entry

    document.pop("debugging", None)
    projects = document.pop("projects", None)
    if left - {API_KEY_ENTRY}:
        document["projects"] = [
            one
            for one in (projects if isinstance(projects, list) else [])
            if isinstance(one, dict) and client_secret_entry(str(one.get("client_id"))) in left
        ]
    if API_KEY_ENTRY not in left:
        document.pop("api_key", None)
