"""The settings files of a project while they are being changed: read once, and written when the person has agreed."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import tomlkit
from tomlkit.exceptions import TOMLKitError

from pd_lsp.stubs.change import Change, StubRefusedError, text_in

PYPROJECT = "pyproject.toml"
_ODD = "its tables are written in a way that can't be added to without risk"
_REQUIREMENT = r"""(?:^|["'])\s*{}\s*(?:$|["'<>=!~;@\[#])"""
"""A package as requirements.txt and the lists of pyproject.toml name it."""


class SettingsError(Exception):
    """A file of settings is not changed; the message says why and what to do by hand."""


class Settings:
    """What the files of one folder have, and what they are to have."""

    def __init__(self, folder: Path, *, for_mypy: bool = False) -> None:
        self.folder = folder
        self.for_mypy = for_mypy
        """Whether the person means mypy, though the project may have nothing of it yet."""
        self.notes: list[str] = []
        """What was left alone, as sentences."""
        self._before: dict[str, str | None] = {}
        self._after: dict[str, str] = {}

    def text(self, name: str) -> str | None:
        """What a file has, with the changes so far; None where there is none, or none that can be read."""
        if name not in self._before:
            try:
                self._before[name] = text_in(self.folder / name, self.folder)
            except StubRefusedError as error:
                self.notes.append(str(error))
                self._before[name] = None
                self._after.pop(name, None)
        return self._after.get(name, self._before[name])

    def can_be_written(self, name: str) -> bool:
        """Whether a file may come to be under this name: not where one is that can't be read."""
        return self.text(name) is not None or not os.path.lexists(self.folder / name)

    def put(self, name: str, text: str) -> None:
        """Gives a file another text."""
        self.text(name)
        self._after[name] = text

    def has_table(self, name: str, *path: str) -> bool:
        """Whether a TOML file has a table; no, where it is missing or broken."""
        text = self.text(name)
        if text is None:
            return False
        try:
            return table_at(tomlkit.parse(text), path) is not None
        except (TOMLKitError, SettingsError, RecursionError):
            return False

    def change_toml(self, name: str, change: Callable[[tomlkit.TOMLDocument], None], by_hand: str) -> None:
        """Changes a TOML file, keeping its comments and order; says `by_hand` where that can't be done."""
        text = self.text(name)
        if text is None and not self.can_be_written(name):
            return
        try:
            document = tomlkit.parse(text or "")
            change(document)
            after = _dumped(document)
        except (TOMLKitError, RecursionError):
            self.notes.append(f"{name} is broken TOML and was left alone: mend it, then {by_hand}.")
        except SettingsError as error:
            self.notes.append(f"{name} was left alone, because {error}: {by_hand}.")
        else:
            self.put(name, after)

    def requires(self, package: str) -> bool:
        """Whether the project names a package among its requirements."""
        names = [PYPROJECT, *sorted(file.name for file in self.folder.glob("requirements*.txt"))]
        named = re.compile(_REQUIREMENT.format(re.escape(package)), re.IGNORECASE | re.MULTILINE)
        return any(named.search(self.text(name) or "") for name in names)

    def changes(self) -> tuple[Change, ...]:
        """The files that are to have another text."""
        found = [
            Change(self.folder, self.folder / name, self._before[name], text) for name, text in self._after.items()
        ]
        return tuple(change for change in found if change.is_one)


def _dumped(document: tomlkit.TOMLDocument) -> str:
    """The text of a changed document, which says what the document does. Raises SettingsError where it would not.

    tomlkit puts a new table between keys of the form `tool.ruff.line-length`, which would then be that table's.
    """
    text = tomlkit.dumps(document)
    try:
        is_same = tomlkit.parse(text).unwrap() == document.unwrap()
    except TOMLKitError:
        is_same = False
    if not is_same:
        raise SettingsError(_ODD)
    return text


def table_at(document: dict[str, object], path: tuple[str, ...]) -> dict[str, object] | None:
    """The table at a path; None where there is none. Raises SettingsError where something else stands there."""
    found = document
    for name in path:
        if name not in found:
            return None
        inner = found[name]
        if not isinstance(inner, dict):
            raise SettingsError(f"`{name}` is no table in it")
        found = inner
    return found


def table_for(document: tomlkit.TOMLDocument, *path: str) -> dict[str, object]:
    """The table at a path, made where it is missing. Raises SettingsError where something else stands there."""
    found: dict[str, object] = document
    for depth, name in enumerate(path):
        if table_at(found, (name,)) is None:
            try:
                found[name] = tomlkit.table(is_super_table=depth < len(path) - 1)
            except ValueError:  # an inline table, such as `ruff = {}`, takes no table
                raise SettingsError(_ODD) from None
        inner = table_at(found, (name,))
        found = found if inner is None else inner
    return found


def add_to_list(table: dict[str, object], name: str, value: str) -> None:
    """Adds a value to a list of texts, which is made where it is missing. Raises SettingsError for what is no list."""
    known = table.get(name)
    if known is None:
        table[name] = [value]
    elif not isinstance(known, list):
        raise SettingsError(f"`{name}` is no list in it")
    elif value not in known:
        known.append(value)
