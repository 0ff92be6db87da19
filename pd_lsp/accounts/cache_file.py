"""The names that are known of accounts, on disk: so that a start without the network still completes (D27).

Names, ages and states; never a value (D3).
"""

import hashlib
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pd_lsp.accounts.names import ACCOUNT_ID, APP_ID, AUTH_TYPES, is_slug, readable
from pd_lsp.model import Account, App, AppSlug, AuthField, KeySource
from pd_lsp.private_files import Json, PrivateFileError, cache_folder, read_json, update_json

_FORM = 2
"""The form of the file; one of another form is ignored and written anew."""
_LARGEST = 40_000_000
"""Bytes; 10,000 accounts have about two million."""
_SOURCES: tuple[KeySource, ...] = (
    "a run",
    "the app's own list",
    "the list here",
    "every OAuth account",
    "the catalogue",
)
_LOCAL_ID = re.compile(r"local_[0-9a-f]+")
_LATEST = 1e12
"""A moment that no file was written at."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What the file has."""

    accounts: tuple[Account, ...] = ()
    at: float = 0.0
    """When all of them were listed, in seconds since 1970."""
    seen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By account id: the names of its keys as a run saw them; empty for one whose token can't be read."""

    def applied(self, accounts: Iterable[Account]) -> tuple[Account, ...]:
        """`accounts`, with what runs have learned of them."""
        return tuple(
            replace(account, seen=names, unreadable=not names)
            if (names := self.seen.get(account.id)) is not None
            else account
            for account in accounts
        )


def cache_file(*whose: str) -> Path:
    """The file for the accounts of `whose`: the parts of a project, or whatever tells one list from another."""
    key = hashlib.sha256("\0".join(whose).encode()).hexdigest()[:16]
    return cache_folder() / f"accounts-{key}.json"


def read_kept(file: Path) -> Kept:
    """What the file has; nothing where it is missing, damaged, or of another form."""
    return _kept_from(read_json(file, limit=_LARGEST))


def write_accounts(file: Path, accounts: Iterable[Account], at: float) -> Kept:
    """Keeps a new list; what runs have learned stays, also what another process has added. Raises PrivateFileError."""
    return _changed(file, lambda kept: replace(kept, accounts=tuple(accounts), at=at))


def write_seen(file: Path, account_id: str, names: Iterable[str]) -> Kept:
    """Keeps what a run has learned of one account. Raises PrivateFileError."""
    return _changed(file, lambda kept: replace(kept, seen={**kept.seen, account_id: tuple(names)}))


def forget_accounts() -> None:
    """Removes the files of all lists. Raises PrivateFileError."""
    try:
        for file in cache_folder().glob("accounts-*.json"):
            file.unlink(missing_ok=True)
    except OSError as error:
        raise PrivateFileError(f"{cache_folder()} can't be emptied ({type(error).__name__}): empty it.") from None


def _changed(file: Path, change: Callable[[Kept], Kept]) -> Kept:
    written: list[Kept] = []

    def update(value: Json) -> Json:
        written.append(change(_kept_from(value)))
        return _document(written[-1])

    update_json(file, update, limit=_LARGEST)
    return written[-1]


def _document(kept: Kept) -> Json:
    places: dict[App, int] = {}
    accounts: list[Json] = [
        _account_document(account, places.setdefault(account.app, len(places))) for account in kept.accounts
    ]
    return {
        "form": _FORM,
        "at": kept.at,
        "apps": [_app_document(app) for app in places],
        "accounts": accounts,
        "seen": {account_id: [*names] for account_id, names in kept.seen.items()},
    }


def _app_document(app: App) -> Json:
    fields: list[Json] = [[field.name, field.description] for field in app.fields]
    return {
        "slug": app.slug,
        "name": app.name,
        "fields": fields,
        "complete": app.complete,
        "source": app.source,
        "id": app.id,
        "auth_type": app.auth_type,
    }


def _account_document(account: Account, place_of_app: int) -> Json:
    flags: list[Json] = [name for name in ("dead", "healthy", "local") if getattr(account, name)]
    return [account.id, place_of_app, account.label, account.environment, flags]


def _kept_from(value: Json) -> Kept:
    try:
        return _read(value)
    except (LookupError, TypeError, ValueError, AttributeError, OverflowError):
        return Kept()


def _read(value: Any) -> Kept:
    if value["form"] != _FORM:
        return Kept()
    apps = [_app_from(entry) for entry in value["apps"]]
    accounts = tuple([_account_from(entry, apps) for entry in value["accounts"]])
    seen = {_id(account_id): tuple(map(_text, names)) for account_id, names in value["seen"].items()}
    return Kept(accounts, _moment(value["at"]), seen)


def _app_from(entry: Any) -> App:
    fields = tuple([AuthField(_text(name), readable(description)) for name, description in entry["fields"]])
    source = _SOURCES[_SOURCES.index(entry["source"])]
    app_id, auth_type = entry.get("id", ""), entry.get("auth_type", "")  # files of older versions have neither
    if not is_slug(entry["slug"]) or (app_id and not APP_ID.fullmatch(app_id)) or auth_type not in ("", *AUTH_TYPES):
        raise ValueError
    slug, name = AppSlug(entry["slug"]), readable(entry["name"])
    return App(slug, name, fields, entry["complete"] is True, source, app_id, auth_type)


def _account_from(entry: Any, apps: Sequence[App]) -> Account:
    account_id, place_of_app, label, environment, flags = entry
    return Account(
        id=_id(account_id),
        app=apps[place_of_app],
        label=readable(label),
        dead="dead" in flags,
        healthy="healthy" in flags,
        environment=readable(environment),
        local="local" in flags,
    )


def _id(value: str) -> str:
    if not (ACCOUNT_ID.fullmatch(value) or _LOCAL_ID.fullmatch(value)):
        raise ValueError
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _moment(value: Any) -> float:
    at = float(value)
    return at if math.isfinite(at) and 0 <= at < _LATEST else 0.0
