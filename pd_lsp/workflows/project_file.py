"""`pd-lsp.json` of a project: accounts that each person keeps for themselves, and levels for the rules.

It holds names only: app, label and names of keys. Where values come from stands in the person's own configuration (D7).
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pd_lsp.catalog import account_kept_here
from pd_lsp.model import Account
from pd_lsp.workflows.files import MOST_FOLDERS_UP, UnreadableFileError, nearest_file, read_text

FILE_NAME = "pd-lsp.json"
_LIMIT = 256_000
_NAMES = {"app", "label", "keys"}


@dataclass(frozen=True, slots=True)
class ProjectFile:
    """What a project says of itself."""

    name: str = FILE_NAME
    """The file as a sentence has it, with its folder."""
    accounts: tuple[Account, ...] = ()
    rules: Any = None
    """What it sets for the rules, as written."""


def find_project_file(step: Path, folder: Path) -> Path | None:
    """The `pd-lsp.json` in the nearest folder above `step`, not above `folder`."""
    return nearest_file(FILE_NAME, step, folder, most_up=MOST_FOLDERS_UP)


def read_project_file(file: Path, folder: Path) -> ProjectFile:
    """What the file says: `{"accounts": [{"app": "acme", "label": "Team", "keys": ["api_key"]}], "rules": {…}}`.

    Both may be left out. Raises UnreadableFileError for a file that can't be read, is no JSON of that form, or has
    accounts with anything but names.
    """
    text = read_text(file, folder, limit=_LIMIT)
    name = f"{file.parent.name}/{FILE_NAME}"
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = f" in line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise UnreadableFileError(f"{name} is not JSON{line}: mend it.") from None
    if not isinstance(document, Mapping):
        raise UnreadableFileError(f'{name} is no table: write {{"accounts": [], "rules": {{}}}}.')
    entries = document.get("accounts", [])
    if not isinstance(entries, list):
        raise UnreadableFileError(f'{name} has accounts that are no list: write {{"accounts": []}}.')
    return ProjectFile(name, tuple(_accounts(entries, name)), document.get("rules"))


def _accounts(entries: list[Any], name: str) -> Iterator[Account]:
    for number, entry in enumerate(entries, start=1):
        if not isinstance(entry, dict) or not isinstance(entry.get("app"), str) or not entry["app"]:
            raise UnreadableFileError(f"Account {number} in {name} names no app: give it one.")
        if unexpected := sorted(entry.keys() - _NAMES):
            raise UnreadableFileError(
                f"Account {number} in {name} has more than names ({', '.join(map(repr, unexpected))}): keep values "
                f"with `pd-lsp accounts add`, and take them out of this file."
            )
        label, keys = entry.get("label", "default"), entry.get("keys", [])
        if not isinstance(label, str) or not isinstance(keys, list) or not all(isinstance(key, str) for key in keys):
            raise UnreadableFileError(f"Account {number} in {name} has a label or keys that are no text: mend it.")
        yield account_kept_here(entry["app"], label, keys)
