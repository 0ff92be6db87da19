"""`pd-lsp logout`: removes the key, the cache of names and the consents, and says how to revoke the key (D5)."""

from argparse import ArgumentParser, Namespace, _SubParsersAction
from typing import TYPE_CHECKING

from pd_lsp.cli.errors import SUCCEEDED, CommandError

if TYPE_CHECKING:
    from pd_lsp.private_files import Json


def add_parser(commands: "_SubParsersAction[ArgumentParser]") -> None:
    """Adds the command."""
    parser = commands.add_parser("logout", help="forget keys, names of accounts and consents")
    parser.set_defaults(call=logout)


def logout(_arguments: Namespace) -> int:
    """Forgets all of it; accounts that are kept here stay."""
    from pd_lsp.accounts.cache_file import forget_accounts
    from pd_lsp.accounts.keyring_entry import delete_entry
    from pd_lsp.accounts.provider import AccountsError
    from pd_lsp.accounts.sign_in import API_KEY_ENTRY, client_secret_entry
    from pd_lsp.configuration import change_configuration, read_configuration
    from pd_lsp.private_files import PrivateFileError
    from pd_lsp.trust.consent import forget_all

    configured = read_configuration()
    kept = [client_secret_entry(one.client_id) for one in configured.projects if not one.secret_command]
    kept += [API_KEY_ENTRY] if configured.api_key and not configured.api_key_command else []
    problem = ""
    try:
        for entry in kept:
            delete_entry(entry)
    except AccountsError as error:
        problem = str(error)
    try:
        change_configuration(_without_keys)
        forget_accounts()
        forget_all()
    except PrivateFileError as error:
        raise CommandError(str(error)) from None
    if problem:
        raise CommandError(f"Everything else is forgotten, but a key is still in the keyring. {problem}")
    print("Keys, names of accounts and consents are forgotten.")
    if kept:
        print(
            "The key itself is still good. Revoke it at Pipedream: an OAuth client under Settings, API; a user API key "
            "in your user settings."
        )
    return SUCCEEDED


def _without_keys(document: "dict[str, Json]") -> None:
    for name in ("projects", "api_key"):
        document.pop(name, None)
