"""The names that are known of accounts, on disk: so that a start without the network still completes (D27).

Names, ages and states; never a value (D3).
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pd_lsp.accounts.names import readable
from pd_lsp.model import Account, App, AppSlug, AuthField, KeySource
from pd_lsp.private_files import Json, PrivateFileError, cache_folder, read_json, update_json

_FORM = 1
"""The form of the file; one of another form is ignored and written anew."""
_LARGEST = 40_000_000
"""Bytes; 10,000 accounts have about five million."""
_SOURCES: tuple[KeySource, ...] = (
    "a run",
    "the app's own list",
    "the list here",
    "every OAuth account",
    "the catalogue",
)


@dataclass(frozen=True, slots=True)
class Kept:
    """What the file has."""

    accounts: tuple[Account, ...] = ()
    at: float = 0.0
    """When they were listed, in seconds since 1970."""
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


def _changed(file: Path, change: Any) -> Kept:
    written: list[Kept] = []

    def update(value: Json) -> Json:
        written.append(change(_kept_from(value)))
        return _document(written[-1])

    update_json(file, update, limit=_LARGEST)
    return written[-1]


def _document(kept: Kept) -> Json:
    apps = {account.app.slug: account.app for account in kept.accounts}
    return {
        "form": _FORM,
        "at": kept.at,
        "apps": {slug: _app_document(app) for slug, app in apps.items()},
        "accounts": [_account_document(account) for account in kept.accounts],
        "seen": {account_id: [*names] for account_id, names in kept.seen.items()},
    }


def _app_document(app: App) -> Json:
    fields: list[Json] = [[field.name, field.description] for field in app.fields]
    return {"name": app.name, "fields": fields, "complete": app.complete, "source": app.source}


def _account_document(account: Account) -> Json:
    flags: list[Json] = [name for name in ("dead", "healthy", "local") if getattr(account, name)]
    return [account.id, account.app.slug, account.label, account.environment, flags]


def _kept_from(value: Json) -> Kept:
    try:
        return _read(value)
    except (KeyError, TypeError, ValueError, AttributeError):
        return Kept()


def _read(value: Any) -> Kept:
    if value["form"] != _FORM:
        return Kept()
    apps = {slug: _app_from(slug, app) for slug, app in value["apps"].items()}
    accounts = tuple(_account_from(entry, apps) for entry in value["accounts"])
    seen = {_text(account_id): tuple(map(_text, names)) for account_id, names in value["seen"].items()}
    return Kept(accounts, float(value["at"]), seen)


def _app_from(slug: str, app: Any) -> App:
    fields = tuple(AuthField(_text(name), _text(description)) for name, description in app["fields"])
    source = next(one for one in _SOURCES if one == app["source"])
    return App(AppSlug(slug), readable(app["name"]), fields, app["complete"] is True, source)


def _account_from(entry: Any, apps: Mapping[str, App]) -> Account:
    account_id, slug, label, environment, flags = entry
    return Account(
        id=_text(account_id),
        app=apps[slug],
        label=readable(label),
        dead="dead" in flags,
        healthy="healthy" in flags,
        environment=_text(environment),
        local="local" in flags,
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value
