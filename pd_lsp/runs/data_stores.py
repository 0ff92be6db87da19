"""What a data store holds: the entries of its SQLite file.

The runner reads and writes the same files; its `data_store.py` has the same table.
"""

import json
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from pd_lsp.model import Json
from pd_lsp.private_files import make_private

_TABLE = "CREATE TABLE IF NOT EXISTS entries (key TEXT PRIMARY KEY, value TEXT NOT NULL, expires REAL) WITHOUT ROWID"
_LIVE = "(expires IS NULL OR expires > ?)"
_WAIT = 10
"""Seconds to wait for a run that writes."""


class DataStoreError(Exception):
    """A store that can't be read or written; the message says what to do."""


def entries(file: Path) -> dict[str, Json]:
    """The entries that have not expired, by key. Raises DataStoreError."""
    query = f"SELECT key, value FROM entries WHERE {_LIVE} ORDER BY key"  # noqa: S608 - the texts are constants
    with _opened(file) as store:
        return {key: json.loads(value) for key, value in store.execute(query, (time.time(),))}


def seed(file: Path, values: Mapping[str, Json]) -> None:
    """Stores each value under its key, all of them or none; other keys stay. Raises DataStoreError."""
    rows = [(key, json.dumps(value)) for key, value in values.items()]
    with _opened(file) as store:
        store.execute("BEGIN IMMEDIATE")
        store.executemany("REPLACE INTO entries VALUES (?, ?, NULL)", rows)
        store.execute("COMMIT")


def clear(file: Path) -> int:
    """Deletes every entry; how many there were. Raises DataStoreError."""
    with _opened(file) as store:
        return store.execute("DELETE FROM entries").rowcount


@contextmanager
def _opened(file: Path) -> Iterator[sqlite3.Connection]:
    make_private(file.parent)
    try:
        with closing(sqlite3.connect(file, timeout=_WAIT, isolation_level=None)) as store:
            file.chmod(0o600)
            store.execute(_TABLE)
            yield store
    except (sqlite3.Error, OSError, ValueError) as error:
        raise DataStoreError(
            f"The data store in {file} can't be used ({type(error).__name__}): end the runs that use it, or delete it."
        ) from None
