"""`pd-lsp accounts add APP` and `remove APP`: accounts that the person keeps here, without Pipedream."""

import shlex
import sys
from argparse import ArgumentParser, Namespace, _SubParsersAction
from typing import TYPE_CHECKING

from pd_lsp.cli.asking import ask, ask_secret, lines_given
from pd_lsp.cli.errors import SUCCEEDED, CommandError
from pd_lsp.cli.keeping import UNLOCKING, drop_unused, entries_of_accounts, keep, need_keyring

if TYPE_CHECKING:
    from pd_lsp.private_files import Json

DEFAULT_LABEL = "default"
_OTHER_WAY = "Or name another source with --variable or --command."


def add_parsers(commands: "_SubParsersAction[ArgumentParser]") -> None:
    """Adds the commands."""
    parser = commands.add_parser("add", help="keep an account here: its values in the keyring, a variable or a command")
    parser.add_argument("app", metavar="APP", help="the app's slug, such as openai, or a name of your own")
    add_arguments(parser)
    parser.set_defaults(call=add)
    parser = commands.add_parser("remove", help="keep an account here no longer")
    parser.add_argument("app", metavar="APP")
    parser.add_argument("--label", default=DEFAULT_LABEL)
    parser.set_defaults(call=remove)


def add_arguments(parser: ArgumentParser) -> None:
    """Adds the options that say where values come from."""
    parser.add_argument("--label", default=DEFAULT_LABEL, help="tells several accounts of one app apart")
    parser.add_argument("--key", action="append", default=[], metavar="NAME", help="a key of $auth to ask for")
    parser.add_argument(
        "--variable", action="append", default=[], metavar="KEY=NAME", help="take a key from an environment variable"
    )
    parser.add_argument(
        "--command", action="append", default=[], metavar="KEY=COMMAND", help="take a key from what a command prints"
    )


def add(arguments: Namespace) -> int:
    """Asks for the values that have no other source, keeps them in the keyring, and the account's names."""
    from pd_lsp.accounts.names import is_slug
    from pd_lsp.configuration import read_configuration

    app, label = arguments.app, arguments.label
    if not is_slug(app):
        raise CommandError(f"{app!r} can't name an app: use letters, digits, dashes and underscores.")
    sources: dict[str, Json] = {
        **{key: {"environment": name} for key, name in _pairs("--variable", arguments.variable)},
        **{key: {"command": [*_words(command)]} for key, command in _pairs("--command", arguments.command)},
    }
    before = entries_of_accounts(read_configuration())
    keys = [key for key in arguments.key or ([] if sources else _keys_of(app)) if key not in sources]
    values = _read_values(app, label, keys) if keys or not sources else {}
    sources.update({key: {"keyring": _entry(app, label, key)} for key in values})
    if not sources:
        raise CommandError(f"Nothing was kept: name the keys of {app} with --key NAME, and give each a value.")
    entries = [_entry(app, label, key) for key in values]
    try:
        for entry, value in zip(entries, values.values(), strict=True):
            keep(entry, value, _OTHER_WAY)
        _change(app, label, sources)
    finally:
        drop_unused([*before, *entries])
    print(f"The account “{label}” of {app} is kept here, with {', '.join(sources)}.")
    return SUCCEEDED


def remove(arguments: Namespace) -> int:
    """Forgets the account and deletes its values from the keyring."""
    from pd_lsp.accounts.keyring_entry import delete_entry
    from pd_lsp.accounts.provider import AccountsError
    from pd_lsp.configuration import read_configuration

    app, label = arguments.app, arguments.label
    kept = next((one for one in read_configuration().local_accounts if (one.app, one.label) == (app, label)), None)
    if kept is None:
        raise CommandError(f"No account “{label}” of {app} is kept here: `pd-lsp accounts` lists them.")
    try:
        for place in kept.values.values():
            if place.keyring:
                delete_entry(place.keyring, seconds=UNLOCKING)
    except AccountsError as error:
        raise CommandError(str(error)) from None
    _change(app, label, None)
    print(f"The account “{label}” of {app} is no longer kept here.")
    return SUCCEEDED


def _keys_of(app: str) -> list[str]:
    """The keys that the catalogue knows of, else those that the person names; none where nobody can be asked."""
    from pd_lsp.catalog import known_app
    from pd_lsp.model import AppSlug

    known = known_app(AppSlug(app))
    if known and known.fields:
        return [field.name for field in known.fields]
    if not sys.stdin.isatty():
        return []
    return ask(f"The keys of {app} are not known. Their names, with spaces between: ", None, "--key NAME").split()


def _read_values(app: str, label: str, keys: list[str]) -> dict[str, str]:
    """The values of `keys`: asked for without echo, or lines `KEY=VALUE` where nobody sits at the terminal."""
    is_terminal = sys.stdin.isatty()
    if is_terminal and not keys:
        return {}
    need_keyring(_entry(app, label, ""), _OTHER_WAY)
    if not is_terminal:
        return dict(_pairs("Each line of the input", lines_given()))
    asked = {key: ask_secret(f"{app} {key} (empty: none): ") for key in keys}
    return {key: value for key, value in asked.items() if value}


def _entry(app: str, label: str, key: str) -> str:
    return f"local:{app}:{label}:{key}"


def _change(app: str, label: str, values: "dict[str, Json] | None") -> None:
    from pd_lsp.configuration import change_configuration
    from pd_lsp.private_files import PrivateFileError

    def change(document: "dict[str, Json]") -> None:
        entries = document.get("local_accounts")
        others: list[Json] = [
            entry
            for entry in (entries if isinstance(entries, list) else [])
            if not (isinstance(entry, dict) and (entry.get("app"), entry.get("label")) == (app, label))
        ]
        own: list[Json] = [{"app": app, "label": label, "values": values}] if values else []
        document["local_accounts"] = others + own

    try:
        change_configuration(change)
    except PrivateFileError as error:
        raise CommandError(str(error)) from None


def _pairs(option: str, texts: list[str]) -> list[tuple[str, str]]:
    pairs = [(key.strip(), value) for key, _, value in (text.partition("=") for text in texts)]
    if not all(key and value for key, value in pairs):
        raise CommandError(f"{option} has the form KEY=…, such as api_key=…")
    return pairs


def _words(command: str) -> list[str]:
    try:
        words = shlex.split(command)
    except ValueError:
        raise CommandError(f"The command {command!r} has a quote that does not end: write it as for a shell.") from None
    if not words:
        raise CommandError("A --command names no program: write it as api_key=program argument…")
    return words
