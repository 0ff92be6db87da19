"""A file of the person's project that is to be written: what it had, what it will have, and the way to write it."""

import difflib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pd_lsp.workflows.files import UnreadableFileError, read_text
from pd_lsp.workflows.whole_file import write_whole

_LIMIT = 20_000_000


class StubRefusedError(Exception):
    """A file is not written; the message says which, why, and what to do."""


@dataclass(frozen=True, slots=True)
class Change:
    """One file, inside `folder`. `before` is None where there is none yet."""

    folder: Path
    file: Path
    before: str | None
    after: str

    @property
    def name(self) -> str:
        """The file's name as a person reads it, from the folder on."""
        return self.file.relative_to(self.folder).as_posix()

    @property
    def is_one(self) -> bool:
        """Whether there is anything to write. The kind of line ends, which git may change, does not count."""
        return self.before is None or self.before.replace("\r\n", "\n") != self.after.replace("\r\n", "\n")

    @property
    def diff(self) -> str:
        """The change as a unified diff."""
        before, after = ((text or "").splitlines(keepends=True) for text in (self.before, self.after))
        old = "/dev/null" if self.before is None else f"a/{self.name}"
        lines = difflib.unified_diff(before, after, old, f"b/{self.name}")
        return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def text_in(file: Path, folder: Path) -> str | None:
    """What a file of the folder has; None where there is none.

    Raises StubRefusedError for one that can't be read, or that leads out of the folder: it is not written either.
    """
    if not os.path.lexists(file):
        return None
    try:
        return read_text(file, folder, limit=_LIMIT)
    except UnreadableFileError as error:
        raise StubRefusedError(str(error)) from None


def write(changes: Iterable[Change]) -> None:
    """Writes the files, each whole or not at all. Raises StubRefusedError."""
    for change in changes:
        _write(change)


def _write(change: Change) -> None:
    try:
        _replace(change)
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else type(error).__name__
        raise StubRefusedError(
            f"{change.file} can't be written ({reason}): check its folder's rights and free space."
        ) from None


def _replace(change: Change) -> None:
    file = change.file
    file.parent.mkdir(exist_ok=True)
    if not file.parent.resolve().is_relative_to(change.folder.resolve()):
        raise StubRefusedError(f"{file.parent.name} is a link that leads out of {change.folder.name}: remove it.")
    target = file.resolve()
    if not change.is_one:
        os.utime(target)  # it is up to date, and newer than what it was made of
        return
    write_whole(target, change.after.encode())
