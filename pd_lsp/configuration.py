"""What the person configured: projects, accounts kept here, choices. Names and places; never a secret (D1, D7).

It stands in one file of theirs, which the commands of pd-lsp write, and which nothing in a workspace can change.
"""

import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import platformdirs

from pd_lsp.private_files import Json, PrivateFileError, read_json, update_json
from pd_lsp.settings import API, ConnectProject

T = TypeVar("T")

_SLUG = re.compile(r"[A-Za-z0-9_-]{1,100}")
"""What names an app, its own or the person's."""


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
    api_key_login: str = ""
    """Which `pd-lsp login` put it into the keyring, by a random word of its own."""
    local_accounts: tuple[LocalAccount, ...] = ()
    production_accounts: frozenset[str] = frozenset()
    """Ids of accounts of the environment `production` that may be run with, after a question (D8)."""
    chosen_accounts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By project folder and app: the id of the account to use where there are several."""
    allowed_variables: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By folder: names of variables of the person's own environment that steps in it get (D7)."""
    step_folder_on_path: bool = False
    """Whether steps may import modules from their own folder (D12)."""
    debugs: bool = False
    """Whether the person knows that a debugger shows the real values of a step, and wants it (D8)."""
    keeps_runs: bool = True
    """Whether the latest runs of each step are kept; not where the file does not tell, which may have said so."""
    problems: tuple[str, ...] = ()

    def project_for(self, path: Path | None) -> ConfiguredProject | None:
        """The project of the nearest configured folder around `path`, else the one for every folder."""
        around = [one for one in self.projects if one.folder and path and path.is_relative_to(one.folder)]
        nearest = max(around, key=lambda one: len(Path(one.folder).parts), default=None)
        return nearest or next((one for one in self.projects if not one.folder), None)

    def variables_for(self, path: Path) -> tuple[str, ...]:
        """The names that a step in the file `path` may have: those of each folder around it, sorted."""
        around = [names for folder, names in self.allowed_variables.items() if path.is_relative_to(folder)]
        return tuple(sorted({name for names in around for name in names}))


def configuration_file() -> Path:
    """Where it stands: `XDG_CONFIG_HOME/pd-lsp/config.json`, or what the system has for it."""
    return platformdirs.user_config_path("pd-lsp", appauthor=False) / "config.json"


def read_configuration() -> Configuration:
    """What the person configured; empty where there is no file, or one that is damaged or somebody else's."""
    file = configuration_file()
    document = read_json(file)
    if not isinstance(document, dict):
        if not os.path.lexists(file):
            return Configuration()
        return Configuration(keeps_runs=False, problems=(f"{file} can't be read and is ignored.",))
    return configuration_from(document)


def configuration_from(document: Mapping[str, Any]) -> Configuration:
    """What a document says; see docs/accounts.md for its form."""
    problems: list[str] = []
    read = _Reader(document, problems)
    api_key = read.one("api_key", _api_key)
    return Configuration(
        projects=read.each("projects", _project),
        api_key=api_key is not None,
        api_key_command=api_key[0] if api_key else (),
        api_key_login=api_key[1] if api_key else "",
        local_accounts=read.each("local_accounts", _local_account),
        production_accounts=frozenset(read.one("production_accounts", _words) or ()),
        chosen_accounts=read.one("chosen_accounts", _choices) or {},
        allowed_variables=read.one("allowed_variables", _lists) or {},
        step_folder_on_path=read.one("step_folder_on_path", _flag) is True,
        debugs=read.one("debugging", _flag) is True,
        keeps_runs="keep_runs" not in document or read.one("keep_runs", _flag) is True,
        problems=tuple(problems),
    )


def change_configuration(change: Callable[[dict[str, Json]], None]) -> None:
    """Lets `change` change the document of the file, and writes it.

    Raises PrivateFileError, also for a file that can't be read: what stands in it is the person's, and nobody else has
    it.
    """
    file = configuration_file()

    def changed(value: Json) -> Json:
        if not isinstance(value, dict) and os.path.lexists(file):
            raise PrivateFileError(f"{file} can't be read, so nothing is changed in it: mend it, or move it away.")
        document = value if isinstance(value, dict) else {}
        change(document)
        return document

    update_json(file, changed)


def choose_account(folder: Path, app: str, account_id: str | None) -> None:
    """Remembers which account of `app` a project folder uses where there are several; None forgets it.

    Raises PrivateFileError.
    """

    def change(document: dict[str, Json]) -> None:
        choices = _inner(_inner(document, "chosen_accounts"), str(folder))
        choices.pop(app, None)
        choices.update({app: account_id} if account_id else {})

    change_configuration(change)


def allow_variables(folder: Path, names: Sequence[str], *, allowed: bool = True) -> None:
    """Remembers that steps in `folder` may have variables of the person's own environment, or may no longer.

    Raises PrivateFileError.
    """

    def change(document: dict[str, Json]) -> None:
        folders = _inner(document, "allowed_variables")
        known = folders.get(str(folder))
        others = [name for name in (known if isinstance(known, list) else []) if name not in names]
        folders[str(folder)] = [*others, *(names if allowed else ())]
        if not folders[str(folder)]:
            del folders[str(folder)]

    change_configuration(change)


def agree_to_debugging() -> None:
    """Remembers that the person wants to debug steps, with all their values. Raises PrivateFileError."""
    change_configuration(lambda document: document.update(debugging=True))


def _inner(document: dict[str, Json], name: str) -> dict[str, Json]:
    """The document that `document` has as `name`, put there where it has none, or what is none."""
    inner = document.get(name)
    if not isinstance(inner, dict):
        document[name] = inner = {}
    return inner


class _Reader:
    """Reads the parts of a document; a part that can't be read is left out and named."""

    def __init__(self, document: Mapping[str, Any], problems: list[str]) -> None:
        self._document = document
        self._problems = problems

    def each(self, name: str, read: Callable[[Any], T]) -> tuple[T, ...]:
        """What `read` makes of every entry of a list."""
        entries = self.one(name, _list) or []
        found = (self._read(f"Entry {place} of {name}", entry, read) for place, entry in enumerate(entries, start=1))
        return tuple(one for one in found if one is not None)

    def one(self, name: str, read: Callable[[Any], T]) -> T | None:
        """What `read` makes of one part; None where there is none."""
        return self._read(name, self._document[name], read) if name in self._document else None

    def _read(self, name: str, value: Any, read: Callable[[Any], T]) -> T | None:
        try:
            return read(value)
        except (KeyError, TypeError, ValueError, AttributeError):
            self._problems.append(f"{name} in {configuration_file()} is not of the right form, and is ignored.")
            return None


def _project(entry: Any) -> ConfiguredProject:
    folder = _text(entry.get("folder", ""), may_be_empty=True)
    if folder and not Path(folder).is_absolute():
        raise ValueError
    return ConfiguredProject(
        project=ConnectProject(
            project_id=_text(entry["project_id"]),
            external_user_id=_text(entry["external_user_id"]),
            environment=_text(entry.get("environment", "development")),
            url=_text(entry.get("url", API)),
        ),
        client_id=_text(entry["client_id"]),
        folder=folder,
        secret_command=_words(entry.get("secret_command")),
    )


def _api_key(entry: Any) -> tuple[tuple[str, ...], str]:
    """The command that prints it, and which `pd-lsp login` kept it."""
    return _words(entry.get("command")), _text(entry.get("login", ""), may_be_empty=True)


def _local_account(entry: Any) -> LocalAccount:
    if not _SLUG.fullmatch(entry["app"]) or not entry["values"]:
        raise ValueError
    values = {_text(name): _value_source(source) for name, source in entry["values"].items()}
    return LocalAccount(entry["app"], _text(entry.get("label", "default")), values)


def _value_source(entry: Any) -> ValueSource:
    source = ValueSource(
        environment=_text(entry.get("environment", ""), may_be_empty=True),
        command=_words(entry.get("command")),
        keyring=_text(entry.get("keyring", ""), may_be_empty=True),
    )
    if sum(map(bool, (source.environment, source.command, source.keyring))) != 1:
        raise ValueError
    return source


def _choices(value: Any) -> Mapping[str, Mapping[str, str]]:
    return {folder: {app: _text(chosen) for app, chosen in choices.items()} for folder, choices in value.items()}


def _lists(value: Any) -> Mapping[str, tuple[str, ...]]:
    return {folder: _words(names) for folder, names in value.items()}


def _words(value: Any) -> tuple[str, ...]:
    """A list of words; nothing stands for an empty one."""
    return tuple(_text(word, may_be_empty=True) for word in _list(value)) if value is not None else ()


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError
    return value


def _text(value: Any, *, may_be_empty: bool = False) -> str:
    if not isinstance(value, str) or not (value or may_be_empty):
        raise TypeError
    return value
