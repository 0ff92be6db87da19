"""A data store as `pd.inputs["data_store"]` gives it, in a SQLite file or in memory (docs/platform.md, section 1.8)."""
# ruff: noqa: PLC0415 - pathlib is slow to import and a run waits for each import

from __future__ import annotations

import json
import os
import time

from pd_lsp.runner.json_value import as_json

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from typing import Any, Iterator, NoReturn

_TABLE = "CREATE TABLE IF NOT EXISTS entries (key TEXT PRIMARY KEY, value TEXT NOT NULL, expires REAL) WITHOUT ROWID"
_WAIT = 10
"""Seconds that one run waits for another that writes."""
_LIVE = "(expires IS NULL OR expires > ?)"


class StoreFileError(Exception):
    """The file of a store can't be read or written, which has nothing to do with the step."""


class DataStore:
    """Keys and JSON values, some with an expiry. What is read is a copy: changing it changes nothing here."""

    def __init__(self, name: str, path: str | None) -> None:
        """Opens nothing yet. `path` is the file; None keeps entries in memory, for this run."""
        self._name = name
        self._path = path
        self._opened: sqlite3.Connection | None = None

    def get(self, key: str, default: Any = None) -> Any:
        """The value, or `default`."""
        query = f"SELECT value FROM entries WHERE key = ? AND {_LIVE}"  # noqa: S608 - the texts are constants
        row = self._run(query, self._key(key), time.time()).fetchone()
        return default if row is None else json.loads(row[0])

    def set(self, key: str, value: Any, ttl: float | None = None) -> None:
        """Stores `value`, JSON only; it expires after `ttl` seconds, or never."""
        text = json.dumps(as_json(value, f"{self._name}[{key!r}]"))
        self._run("REPLACE INTO entries VALUES (?, ?, ?)", self._key(key), text, _expiry(ttl))

    def set_ttl(self, key: str, ttl: float | None = None) -> None:
        """Lets an entry expire after `ttl` seconds; with None, never."""
        update = f"UPDATE entries SET expires = ? WHERE key = ? AND {_LIVE}"  # noqa: S608 - the texts are constants
        self._run(update, _expiry(ttl), self._key(key), time.time())

    def keys(self) -> Keys:
        """The keys, to iterate over; no list, and nothing that can be exported."""
        return Keys(self)

    def items(self) -> Iterator[tuple[str, Any]]:
        """Each key with its value."""
        query = f"SELECT key, value FROM entries WHERE {_LIVE} ORDER BY key"  # noqa: S608 - the texts are constants
        for key, value in self._run(query, time.time()).fetchall():
            yield key, json.loads(value)

    def clear(self) -> None:
        """Removes everything, in test runs too."""
        self._run("DELETE FROM entries")

    def __getitem__(self, key: str) -> Any:
        missing = object()
        value = self.get(key, missing)
        if value is missing:  # TypeError it is on the platform, not KeyError
            raise TypeError(
                f"{self._name} has no key {key!r}: use {self._name}.get(key, default) where it may be missing."
            )
        return value

    def __setitem__(self, key: str, value: Any) -> None:
        self.set(key, value)

    def __delitem__(self, key: str) -> None:
        """Removes an entry; that a missing one is no error is our assumption."""
        self._run("DELETE FROM entries WHERE key = ?", self._key(key))

    def __contains__(self, key: str) -> bool:
        missing = object()
        return self.get(key, missing) is not missing

    def __iter__(self) -> NoReturn:
        raise TypeError(f"{self._name} can't be iterated: use {self._name}.keys() or {self._name}.items().")

    def __len__(self) -> NoReturn:
        raise TypeError(f"A data store has no len() on the platform: use len(list({self._name}.keys())).")

    def __bool__(self) -> bool:
        return True  # without a word of it, Python would ask for the length

    def __repr__(self) -> str:
        return f"<data store {self._name}>"

    def __getattr__(self, name: str) -> NoReturn:
        raise AttributeError(
            f"Data stores have no {name!r} on the platform, but get, set, set_ttl, keys, items, clear, [], in and del."
        )

    def _key(self, key: Any) -> str:
        if not isinstance(key, str):
            raise TypeError(f"Keys of {self._name} are strings, not {type(key).__name__}: use str(key).")
        return key

    def _run(self, statement: str, *values: Any) -> sqlite3.Cursor:
        import sqlite3

        try:
            if self._opened is None:
                self._opened = _open(self._path)
            return self._opened.execute(statement, values)
        except (sqlite3.DatabaseError, OSError) as error:
            raise StoreFileError(
                f"What {self._name} stores on this machine can't be used ({error}): end the runs that use it, make "
                f"room where the disk is full, or delete {self._path}."
            ) from None


class Keys:
    """The keys of a data store, as the platform's own object of that name: it can only be iterated."""

    def __init__(self, store: DataStore) -> None:
        self._store = store

    def __iter__(self) -> Iterator[str]:
        return (key for key, _ in self._store.items())

    def __repr__(self) -> str:
        return f"<keys of {self._store!r}>"


def _open(path: str | None) -> sqlite3.Connection:
    """Opens the store; its file is the person's alone (D27), and so is its folder, which was made before the run."""
    import sqlite3

    if path:
        file = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
        if hasattr(os, "fchmod"):
            os.fchmod(file, 0o600)  # refuses a file that is somebody else's
        os.close(file)
    connection = sqlite3.connect(path or ":memory:", timeout=_WAIT, isolation_level=None, check_same_thread=False)
    connection.execute(_TABLE)
    return connection


def _expiry(ttl: float | None) -> float | None:
    if ttl is None:
        return None
    if isinstance(ttl, bool) or not isinstance(ttl, (int, float)) or ttl <= 0:
        raise ValueError(f"ttl is a number of seconds greater than 0, or None; it got {ttl!r}.")
    return time.time() + ttl
