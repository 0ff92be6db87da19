"""`pd-lsp login`: signs in to a Connect project, or with a user API key, or keeps an account here (D1, D2)."""

import asyncio
import shlex
from argparse import ArgumentParser, Namespace, _SubParsersAction
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING

from pd_lsp.cli import accounts_local
from pd_lsp.cli.asking import ask, ask_secret, confirm
from pd_lsp.cli.errors import SUCCEEDED, CommandError
from pd_lsp.cli.keeping import drop_unused, entries_of_keys, keep, need_keyring

if TYPE_CHECKING:
    from pd_lsp.accounts import AccountProvider
    from pd_lsp.private_files import Json
    from pd_lsp.settings import ConnectProject


_OTHER_WAY = "Give that command with --secret-command."
_WHICH_COMMAND = "A command that prints the secret, which is shown as you type it: "


def add_parser(commands: "_SubParsersAction[ArgumentParser]") -> None:
    """Adds the command."""
    parser = commands.add_parser("login", help="sign in to Pipedream; secrets are typed unseen and kept in the keyring")
    way = parser.add_mutually_exclusive_group()
    way.add_argument("--connect", action="store_true", help="with an OAuth client, to a Connect project (the default)")
    way.add_argument("--api-key", action="store_true", help="with a user API key, to the older API")
    way.add_argument("--local", metavar="APP", help="keep an account of APP here, without Pipedream")
    parser.add_argument("--project", metavar="ID", help="the Connect project, proj_…")
    parser.add_argument("--user", metavar="ID", help="your external user id in it")
    parser.add_argument("--environment", choices=("development", "production"), default="development")
    parser.add_argument("--client-id", metavar="ID", help="the OAuth client")
    parser.add_argument("--folder", type=Path, help="for the workflows in this folder alone")
    parser.add_argument(
        "--secret-command",
        metavar="COMMAND",
        nargs="?",
        const="",
        help="a command that prints the secret, in its place; without one, it is asked for",
    )
    parser.add_argument("--host", metavar="URL", help="another address of the API, after a question (D20)")
    parser.add_argument("--yes", action="store_true", help="agree to that address")
    accounts_local.add_arguments(parser)
    parser.set_defaults(call=login)


def login(arguments: Namespace) -> int:
    """Asks for what is missing, tries it, and keeps it."""
    if arguments.local:
        return accounts_local.add(Namespace(**{**vars(arguments), "app": arguments.local}))
    return _login_with_key(arguments) if arguments.api_key else _login_to_project(arguments)


@dataclass(frozen=True, slots=True)
class _Secret:
    """What was typed, or the command that prints it."""

    value: str
    command: tuple[str, ...]


def _login_to_project(arguments: Namespace) -> int:
    from pd_lsp.accounts import ClientKey
    from pd_lsp.accounts.connect import Connect
    from pd_lsp.accounts.provider import AccountsError
    from pd_lsp.accounts.sign_in import client_secret_entry
    from pd_lsp.settings import API, ConnectProject

    folder = _folder(arguments)
    url = _agreed_host(arguments) if arguments.host else API
    project = ConnectProject(
        project_id=ask("Connect project (proj_…): ", arguments.project, "--project"),
        external_user_id=ask("Your external user id in it: ", arguments.user, "--user"),
        environment=arguments.environment,
        url=url,
    )
    client_id = ask("Id of your OAuth client: ", arguments.client_id, "--client-id")
    entry = client_secret_entry(client_id)
    secret = _secret(arguments, entry, "Secret of your OAuth client (unseen): ")
    try:
        provider = Connect(project, ClientKey(client_id, secret.value))
        said = asyncio.run(_tried(provider))
    except AccountsError as error:
        raise CommandError(str(error)) from None
    _keep(entry, secret)
    _change("projects", folder, _entry(project, client_id, folder, secret.command))
    where = f" for {folder}" if folder else ""
    print(f"Signed in to {project.project_id} ({project.environment}) as {project.external_user_id}{where}. {said}")
    print("The key can read accounts (scope connect:accounts:read), and is asked for nothing else.")
    return SUCCEEDED


def _login_with_key(arguments: Namespace) -> int:
    from pd_lsp.accounts.provider import AccountsError, GoneError
    from pd_lsp.accounts.rest import Rest
    from pd_lsp.accounts.secret_sources import SecretSource
    from pd_lsp.accounts.sign_in import API_KEY_ENTRY, HeldSecret

    if arguments.host:
        raise CommandError("A user API key is for Pipedream's own host alone: leave --host out.")
    secret = _secret(arguments, API_KEY_ENTRY, "User API key (unseen): ")
    held = HeldSecret(SecretSource(("KEY",)), {"KEY": secret.value})
    try:
        said = asyncio.run(_tried(Rest(held)))
    except GoneError as error:  # the key is good, and more than the list of accounts may come back
        said = str(error)
    except AccountsError as error:
        raise CommandError(str(error)) from None
    _keep(API_KEY_ENTRY, secret)
    _change("api_key", "", {"command": [*secret.command]} if secret.command else {"login": token_hex(8)})
    print(f"Signed in with a user API key. {said}")
    return SUCCEEDED


def _agreed_host(arguments: Namespace) -> str:
    """Another address of the API, which the person has seen and agreed to (D20)."""
    from pd_lsp.accounts.api_client import checked_url
    from pd_lsp.accounts.provider import AccountsError

    url: str = arguments.host.rstrip("/")
    try:
        host = checked_url(url)
    except AccountsError as error:
        raise CommandError(str(error)) from None
    if not confirm(f"Send your key to {host}, which is not Pipedream's own host?", agreed=arguments.yes):
        raise CommandError(f"Nothing was sent to {host}: leave --host out, or agree with --yes.")
    return url


def _folder(arguments: Namespace) -> str:
    """The folder that the project is for; empty: every one."""
    if arguments.folder and not arguments.folder.is_dir():
        raise CommandError(f"There is no folder {arguments.folder}: name the one that holds the workflows.")
    return str(arguments.folder.resolve()) if arguments.folder else ""


def _secret(arguments: Namespace, entry: str, question: str) -> _Secret:
    from pd_lsp.accounts.provider import AccountsError
    from pd_lsp.accounts.secret_command import printed_by

    if arguments.secret_command is None:
        need_keyring(entry, _OTHER_WAY)
        value = ask_secret(question)
        if not value:
            raise CommandError("No secret was given: type it, or give it on standard input.")
        return _Secret(value, ())
    given = ask(_WHICH_COMMAND, arguments.secret_command, "it behind --secret-command")
    try:
        command = tuple(shlex.split(given))
        return _Secret(asyncio.run(printed_by(command)), command)
    except (AccountsError, ValueError, IndexError) as error:
        sentence = (
            str(error) if isinstance(error, AccountsError) else "The command is not of a form a shell would read."
        )
        raise CommandError(sentence) from None


async def _tried(provider: "AccountProvider") -> str:
    """What signing in found, as a sentence. Raises AccountsError where the service says no."""
    from pd_lsp.accounts.provider import UnreachableError

    try:
        accounts = await provider.accounts()
    except UnreachableError as error:
        return f"It could not be tried: {error}"
    finally:
        await provider.close()
    count = len(accounts.accounts)
    return f"It has {count} connected account{'' if count == 1 else 's'}."


def _keep(entry: str, secret: _Secret) -> None:
    """Keeps what was typed in the keyring, or nowhere (D1)."""
    if not secret.command:
        keep(entry, secret.value, _OTHER_WAY)


def _entry(project: "ConnectProject", client_id: str, folder: str, command: tuple[str, ...]) -> "dict[str, Json]":
    return {
        "folder": folder,
        "project_id": project.project_id,
        "external_user_id": project.external_user_id,
        "environment": project.environment,
        "url": project.url,
        "client_id": client_id,
        **({"secret_command": [*command]} if command else {}),
    }


def _change(name: str, folder: str, entry: "dict[str, Json]") -> None:
    """Writes an entry of the configuration, in place of the one before, whose key is then deleted from the keyring."""
    from pd_lsp.configuration import change_configuration, read_configuration
    from pd_lsp.private_files import PrivateFileError

    before = entries_of_keys(read_configuration())

    def change(document: "dict[str, Json]") -> None:
        if name != "projects":
            document[name] = entry
            return
        entries = document.get(name)
        others: list[Json] = [
            other
            for other in (entries if isinstance(entries, list) else [])
            if not (isinstance(other, dict) and other.get("folder", "") == folder)
        ]
        document[name] = [*others, entry]

    try:
        change_configuration(change)
    except PrivateFileError as error:
        raise CommandError(str(error)) from None
    drop_unused(before)
