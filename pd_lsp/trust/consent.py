"""The "always" that a person gave to live runs of a file (D8): for exactly what they were shown, and no longer.

A consent falls when its folder, file, accounts, environment, interpreter, `.env` or allowed variables are others, and
when something other than this editor changed the file since the last run. To tell the two kinds of change apart, the
server says what the editor did (`note_edit`); every other change leaves the remembered digest behind.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pd_lsp.private_files import Json, read_json, state_folder, update_json

_MOST = 500
"""How many files are remembered; the one that was not run for longest goes first."""


@dataclass(frozen=True, slots=True)
class Consent:
    """What the person was asked about and said "always" to. Names only, never a value (D3)."""

    file: str
    """The step's file, as a real path."""
    accounts: tuple[str, ...]
    """The ids of the accounts whose credentials the step gets, sorted."""
    environment: str
    """The project environment of the accounts: `development`, `production`."""
    interpreter: str
    """The Python that runs the step: its path, and what tells whether another program stands there now."""
    folder: str = ""
    """The trusted folder that the file belongs to, where that is not plain from the file."""
    dotenv: str = ""
    """The file whose variables the step gets; empty where there is none."""
    variables: tuple[str, ...] = ()
    """The names of variables that the step gets of the person's own environment."""
    imports_from: str = ""
    """The folder whose modules the step may import; empty where it can import none of a folder."""


def remember(consent: Consent, text: str) -> None:
    """Keeps the "always" for the file as it is now: after the answer, and again at each run that it allowed.

    Takes the place of an earlier consent for the file. Raises PrivateFileError where it can't be kept.
    """

    def with_consent(entries: dict[str, Json]) -> dict[str, Json]:
        others = {file: entry for file, entry in entries.items() if file != consent.file}
        return dict([*others.items(), (consent.file, {**_entry(consent), "digest": _digest(text)})][-_MOST:])

    _change(with_consent)


def is_remembered(consent: Consent, text: str) -> bool:
    """Whether the person said "always" to exactly this, and the file is as they or their editor left it."""
    return _entries(read_json(_file())).get(consent.file) == {**_entry(consent), "digest": _digest(text)}


def note_edit(file: str, before: str, after: str) -> None:
    """Says that this editor made `after` of the file that was `before`: a consent to the one is one to the other.

    To be called before a run, and when a document is saved, with the text that the editor opened, saved or noted last
    as `before`. Raises PrivateFileError where it can't be kept.
    """
    if before == after or _noted(read_json(_file()), file) != _digest(before):
        return

    def with_edit(entries: dict[str, Json]) -> dict[str, Json]:
        entry = entries.get(file)
        if isinstance(entry, dict) and entry.get("digest") == _digest(before):
            return {**entries, file: {**entry, "digest": _digest(after)}}
        return entries

    _change(with_edit)


def forget_all() -> None:
    """Forgets every consent (`pd-lsp logout`, D5). Raises PrivateFileError where that can't be kept."""
    _change(lambda _: {})


def _file() -> Path:
    return state_folder() / "consents.json"


def _change(change: Callable[[dict[str, Json]], dict[str, Json]]) -> None:
    update_json(_file(), lambda value: {"consents": change(_entries(value))})


def _entries(value: Json) -> dict[str, Json]:
    consents = value.get("consents") if isinstance(value, dict) else None
    return consents if isinstance(consents, dict) else {}


def _noted(value: Json, file: str) -> Json:
    entry = _entries(value).get(file)
    return entry.get("digest") if isinstance(entry, dict) else None


def _entry(consent: Consent) -> dict[str, Json]:
    return {
        "folder": consent.folder,
        "file": consent.file,
        "accounts": [*consent.accounts],
        "environment": consent.environment,
        "interpreter": consent.interpreter,
        "dotenv": consent.dotenv,
        "variables": [*consent.variables],
        "imports_from": consent.imports_from,
    }


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
