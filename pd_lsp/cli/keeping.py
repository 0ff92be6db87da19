"""Entries of the keyring as commands write and delete them: with time to unlock it, and the ways out (D1)."""

import sys
from typing import TYPE_CHECKING

from pd_lsp.cli.errors import CommandError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pd_lsp.configuration import Configuration

UNLOCKING = 60.0
"""Seconds for the keyring where the person sits before it and may have to type its password."""


def need_keyring(entry: str, other_way: str) -> None:
    """Makes sure that a keyring is there and open before a secret is typed that only it may keep.

    Raises CommandError, with `other_way` as the last sentence, where nothing could be kept.
    """
    from pd_lsp.accounts.keyring_entry import read_entry
    from pd_lsp.accounts.provider import AccountsError

    try:
        read_entry(entry, seconds=UNLOCKING)
    except AccountsError as error:
        raise CommandError(f"{error} {other_way}") from None


def keep(entry: str, value: str, other_way: str) -> None:
    """Keeps `value` in the keyring. Raises CommandError, as `need_keyring` does."""
    from pd_lsp.accounts.keyring_entry import write_entry
    from pd_lsp.accounts.provider import AccountsError

    try:
        write_entry(entry, value, seconds=UNLOCKING)
    except AccountsError as error:
        raise CommandError(f"{error} {other_way}") from None


def entries_of_keys(configuration: "Configuration") -> set[str]:
    """The entries that hold the keys to Pipedream."""
    from pd_lsp.accounts.sign_in import API_KEY_ENTRY, client_secret_entry

    entries = {client_secret_entry(one.client_id) for one in configuration.projects if not one.secret_command}
    return entries | ({API_KEY_ENTRY} if configuration.api_key and not configuration.api_key_command else set())


def entries_of_accounts(configuration: "Configuration") -> set[str]:
    """The entries that hold the values of accounts that are kept here."""
    return {place.keyring for one in configuration.local_accounts for place in one.values.values() if place.keyring}


def delete(entries: "Iterable[str]") -> dict[str, str]:
    """Deletes entries; those that stay, and why."""
    return {entry: problem for entry in entries if (problem := _problem_of_deleting(entry))}


def drop_unused(entries: "Iterable[str]") -> None:
    """Deletes those of `entries` that the configuration no longer names; says so where one stays."""
    from pd_lsp.configuration import read_configuration

    configuration = read_configuration()
    unused = set(entries) - entries_of_keys(configuration) - entries_of_accounts(configuration)
    for entry, problem in delete(sorted(unused)).items():
        print(f"The entry {entry!r} of pd-lsp, no longer used, is still in the keyring. {problem}", file=sys.stderr)


def _problem_of_deleting(entry: str) -> str:
    from pd_lsp.accounts.keyring_entry import delete_entry
    from pd_lsp.accounts.provider import AccountsError

    try:
        delete_entry(entry, seconds=UNLOCKING)
    except AccountsError as error:
        return str(error)
    return ""
