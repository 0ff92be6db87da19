"""What the person configured: projects, accounts kept here, choices. Names and places; never a secret (D1, D7).

It stands in one file of theirs, which the commands of pd-lsp write, and which nothing in a workspace can change.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import platformdirs

from pd_lsp.private_files import Json, read_json, update_json
from pd_lsp.settings import API, ConnectProject


@dataclass(frozen=True, slots=True)
class ConfiguredProject:
    """A Connect project that the person signed in to, and the folder whose workflows it is for."""

    project: ConnectProject
    client_id: str
    folder: str = ""
    """Empty: for every folder that has none of its own."""
    secret_command: tuple[str, ...] = ()
    """Prints the client's secret; empty: it is in the keyring."""


@dataclass(frozen=True, slots=True)
class ValueSource:
    """Where one value of an account comes from: exactly one of the three is set."""

    environment: str = ""
    command: tuple[str, ...] = ()
    keyring: str = ""


@dataclass(frozen=True, slots=True)
class LocalAccount:
    """An account that the person keeps here."""

    app: str
    label: str
    values: Mapping[str, ValueSource]
    """By key of `$auth`."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """All of it; what the file has in another form is left out and named in `problems`."""

    projects: tuple[ConfiguredProject, ...] = ()
    api_key: bool = False
    """Whether the person signed in with a user API key."""
    api_key_command: tuple[str, ...] = ()
    local_accounts: tuple[LocalAccount, ...] = ()
    production_accounts: frozenset[str] = frozenset()
    """Ids of accounts of the environment `production` that may be run with, after a question (D8)."""
    chosen_accounts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By project folder and app: the id of the account to use where there are several."""
    problems: tuple[str, ...] = ()

    def project_for(self, path: Path | None) -> ConfiguredProject | None:
        """The project of the nearest configured folder around `path`, else the one for every folder."""
        around = [one for one in self.projects if one.folder and path and path.is_relative_to(one.folder)]
        nearest = max(around, key=lambda one: len(Path(one.folder).parts), default=None)
        return nearest or next((one for one in self.projects if not one.folder), None)


def configuration_file() -> Path:
    """Where it stands: `XDG_CONFIG_HOME/pd-lsp/config.json`, or what the system has for it."""
    return platformdirs.user_config_path("pd-lsp", appauthor=False) / "config.json"


def read_configuration() -> Configuration:
    """What the person configured; empty where there is no file, or one that is damaged or somebody else's."""
    file = configuration_file()
    document = read_json(file)
    if not isinstance(document, dict):
        return Configuration(problems=(f"{file} can't be read and is ignored.",) if os.path.lexists(file) else ())
    return configuration_from(document)


def configuration_from(document: Mapping[str, Any]) -> Configuration:
    """What a document says; see docs/configuration.md for its form."""
    problems: list[str] = []
    read = _Reader(problems)
    api_key = document.get("api_key")
    return Configuration(
        projects=read.each(document, "projects", _project),
        api_key=isinstance(api_key, Mapping),
        api_key_command=_words(api_key.get("command")) if isinstance(api_key, Mapping) else (),
        local_accounts=read.each(document, "local_accounts", _local_account),
        production_accounts=frozenset(_words(document.get("production_accounts"))),
        chosen_accounts={
            folder: {app: chosen for app, chosen in choices.items() if isinstance(chosen, str)}
            for folder, choices in _mapping(document.get("chosen_accounts")).items()
            if isinstance(choices, Mapping)
        },
        problems=tuple(problems),
    )


def change_configuration(change: Callable[[dict[str, Json]], None]) -> None:
    """Lets `change` change the document of the file, and writes it. Raises PrivateFileError."""

    def changed(value: Json) -> Json:
        document = value if isinstance(value, dict) else {}
        change(document)
        return document

    update_json(configuration_file(), changed)


def choose_account(folder: Path, app: str, account_id: str | None) -> None:
    """Remembers which account of `app` a project folder uses where there are several; None forgets it.

    Raises PrivateFileError.
    """

    def change(document: dict[str, Json]) -> None:
        folders = document.setdefault("chosen_accounts", {})
        choices = folders.setdefault(str(folder), {}) if isinstance(folders, dict) else {}
        if isinstance(choices, dict):
            choices.pop(app, None)
            choices.update({app: account_id} if account_id else {})

    change_configuration(change)


class _Reader:
    def __init__(self, problems: list[str]) -> None:
        self._problems = problems

    def each(self, document: Mapping[str, Any], name: str, read: Callable[[Mapping[str, Any]], Any]) -> tuple[Any, ...]:
        """What `read` makes of every entry; an entry that it can't read is named."""
        entries = document.get(name)
        numbered = enumerate(entries if isinstance(entries, list) else (), start=1)
        return tuple(found for number, entry in numbered if (found := self._one(name, number, entry, read)))

    def _one(self, name: str, number: int, entry: Any, read: Callable[[Mapping[str, Any]], Any]) -> Any:
        try:
            return read(entry)
        except (KeyError, TypeError, ValueError, AttributeError):
            self._problems.append(f"Entry {number} of {name} in {configuration_file()} is not of the right form.")
            return None


def _project(entry: Mapping[str, Any]) -> ConfiguredProject:
    return ConfiguredProject(
        project=ConnectProject(
            project_id=_text(entry["project_id"]),
            external_user_id=_text(entry["external_user_id"]),
            environment=_text(entry.get("environment", "development")),
            url=_text(entry.get("url", API)),
        ),
        client_id=_text(entry["client_id"]),
        folder=_text(entry.get("folder", ""), may_be_empty=True),
        secret_command=_words(entry.get("secret_command")),
    )


def _local_account(entry: Mapping[str, Any]) -> LocalAccount:
    values = {_text(name): _value_source(source) for name, source in entry["values"].items()}
    return LocalAccount(_text(entry["app"]), _text(entry["label"]), values)


def _value_source(entry: Mapping[str, Any]) -> ValueSource:
    source = ValueSource(
        environment=_text(entry.get("environment", ""), may_be_empty=True),
        command=_words(entry.get("command")),
        keyring=_text(entry.get("keyring", ""), may_be_empty=True),
    )
    if sum(map(bool, (source.environment, source.command, source.keyring))) != 1:
        raise ValueError
    return source


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _words(value: Any) -> tuple[str, ...]:
    return tuple(word for word in value if isinstance(word, str)) if isinstance(value, list) else ()


def _text(value: Any, *, may_be_empty: bool = False) -> str:
    if not isinstance(value, str) or not (value or may_be_empty):
        raise TypeError
    return value
