"""Which files were created or changed below some folders, with their names."""

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

_Stamp = tuple[int, int, int]


class Files:
    """The files as they were when they were looked at last."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self._folders = tuple(folders)
        self._known: dict[Path, _Stamp] = dict(self._stamps())

    def changed(self) -> Iterator[tuple[Path, bytes]]:
        """Each file or folder that is new or another one since the last look: its path, and what it holds."""
        for path, stamp in self._stamps():
            if self._known.get(path) == stamp:
                continue
            self._known[path] = stamp
            with suppress(FileNotFoundError):
                yield path, self._content(path)

    def _stamps(self) -> Iterator[tuple[Path, _Stamp]]:
        for folder in self._folders:
            for path in folder.rglob("*"):
                with suppress(FileNotFoundError):
                    status = path.lstat()
                    yield path, (status.st_ino, status.st_mtime_ns, status.st_size)

    @staticmethod
    def _content(path: Path) -> bytes:
        if path.is_symlink():
            return os.fsencode(path.readlink())
        return path.read_bytes() if stat.S_ISREG(path.stat().st_mode) else b""
