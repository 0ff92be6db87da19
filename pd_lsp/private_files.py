"""Small JSON files in the person's own folders: private, whole or not there, never followed elsewhere (D27)."""

import contextlib
import json
import os
import stat
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import platformdirs

Json: TypeAlias = bool | int | float | str | list["Json"] | dict[str, "Json"] | None
"""The same as `pd_lsp.model.Json`, which this room may not import."""

LARGEST_FILE = 4_000_000
"""How many bytes `read_json` reads unless told otherwise."""

LOCK_TIMEOUT = 2.0
"""How many seconds `locked` waits for another process."""

_NO_FOLLOW: int = getattr(os, "O_NOFOLLOW", 0)
_NO_WAIT: int = getattr(os, "O_NONBLOCK", 0)  # a named pipe in the file's place must not make us wait


class PrivateFileError(OSError):
    """A file of ours can't be written; the message says which, why, and what to do."""


def state_folder() -> Path:
    """Where trust, consents and results are kept: `XDG_STATE_HOME/pd-lsp`, or what the system has for it."""
    return platformdirs.user_state_path("pd-lsp", appauthor=False)


def cache_folder() -> Path:
    """Where names of accounts are kept: `XDG_CACHE_HOME/pd-lsp`, or what the system has for it."""
    return platformdirs.user_cache_path("pd-lsp", appauthor=False)


def read_json(path: Path, *, limit: int = LARGEST_FILE) -> Json:
    """What the file holds.

    None where it is missing, damaged, larger than `limit` bytes, a link, no regular file, or somebody else's: such a
    file is ignored, and rewritten by the next `write_json`.
    """
    try:
        content = _read(path, limit)
        return None if content is None else _parsed(content)
    except (OSError, ValueError, RecursionError):
        return None


def write_json(path: Path, value: Json) -> None:
    """Puts `value` into the file, readable by the person alone; a reader sees the old file or the new one.

    Raises PrivateFileError where the folder can't be made, isn't the person's, or can't be written to.
    """
    content = json.dumps(value, separators=(",", ":"), allow_nan=False).encode()
    make_private(path.parent)
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise _cannot_write(path, error) from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(name, 0o600)  # noqa: PTH101 - the file is ours, made a moment ago
        os.replace(name, path)  # noqa: PTH105 - as above
    except OSError as error:
        with contextlib.suppress(OSError):
            os.unlink(name)  # noqa: PTH108 - as above
        raise _cannot_write(path, error) from None


def update_json(path: Path, change: Callable[[Json], Json], *, limit: int = LARGEST_FILE) -> Json:
    """Writes what `change` makes of the file's value (None where there is none) and returns it.

    Of two processes that do so at once the second sees what the first wrote. Raises PrivateFileError.
    """
    with locked(path):
        value = change(read_json(path, limit=limit))
        write_json(path, value)
        return value


@contextlib.contextmanager
def locked(path: Path, *, timeout: float = LOCK_TIMEOUT) -> Iterator[None]:
    """Keeps other processes that ask for the same lock out, by a file beside `path` that stays there.

    Waits `timeout` seconds at most, then raises PrivateFileError.
    """
    make_private(path.parent)
    lock = path.with_name(f"{path.name}.lock")
    try:
        handle = os.open(lock, os.O_RDWR | os.O_CREAT | _NO_FOLLOW, 0o600)
        if sys.platform != "win32":
            os.fchmod(handle, 0o600)
    except OSError as error:
        raise _cannot_write(lock, error) from None
    try:
        try:
            _wait_for_lock(handle, path, timeout)
        except PrivateFileError:
            raise
        except OSError as error:  # of a file system without locks
            raise _cannot_write(lock, error) from None
        yield
    finally:
        os.close(handle)  # and with it goes the lock


def _read(path: Path, limit: int) -> bytes | None:
    if path.is_symlink():
        return None
    handle = os.open(path, os.O_RDONLY | _NO_FOLLOW | _NO_WAIT)
    with os.fdopen(handle, "rb") as file:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode) or not _is_ours(status):
            return None
        content = file.read(limit + 1)
    return content if len(content) <= limit else None


def _parsed(content: bytes) -> Json:
    value: Json = json.loads(content)
    return value


def make_private(folder: Path) -> None:
    """Makes the folder and those above it that are missing, for the person alone.

    Raises PrivateFileError for one that is a link, or somebody else's, or can't be made.
    """
    try:
        missing = [parent for parent in (folder, *folder.parents) if not os.path.lexists(parent)]
        for parent in reversed(missing):
            parent.mkdir(mode=0o700, exist_ok=True)
            parent.chmod(0o700)
        status = folder.lstat()
    except OSError as error:
        raise PrivateFileError(f"The folder {folder} can't be made ({_reason(error)}): make it yourself.") from None
    if not stat.S_ISDIR(status.st_mode) or not _is_ours(status):
        raise PrivateFileError(f"{folder} is a link or belongs to somebody else: remove it, or set XDG_STATE_HOME.")
    if stat.S_IMODE(status.st_mode) & 0o077 and _is_made_by_us(folder):
        folder.chmod(0o700)


def _is_ours(status: os.stat_result) -> bool:
    """Whether the person owns it; Windows keeps the folders of its profiles apart itself."""
    return sys.platform == "win32" or status.st_uid == os.geteuid()


def _is_made_by_us(folder: Path) -> bool:
    return any(folder.is_relative_to(ours) for ours in (state_folder(), cache_folder()))


def _wait_for_lock(handle: int, path: Path, timeout: float) -> None:
    deadline = time.monotonic() + timeout
    while not _try_lock(handle):
        if time.monotonic() > deadline:
            raise PrivateFileError(f"{path.name} is being changed by another pd-lsp: try again in a moment.")
        time.sleep(0.02)


if sys.platform == "win32":
    import msvcrt

    def _try_lock(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def _cannot_write(path: Path, error: OSError) -> PrivateFileError:
    return PrivateFileError(f"{path} can't be written ({_reason(error)}): check the folder's rights and free space.")


def _reason(error: OSError) -> str:
    return os.strerror(error.errno) if error.errno else type(error).__name__
