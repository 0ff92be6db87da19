"""Writes a file of the person's own, whole or not at all: a full disk costs nothing that was there before."""

import secrets
import stat
from pathlib import Path


def write_whole(file: Path, content: bytes, *, over: bool = True) -> None:
    """Puts `content` into the file, in the place of what it had, and leaves its rights as they were.

    A reader sees the old file or the new one. Raises OSError, with nothing changed or left behind: FileExistsError
    where one is there that is not to be written `over`.
    """
    beside = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    try:
        with beside.open("xb") as opened:
            opened.write(content)
        if not over:
            file.touch(exist_ok=False)  # of two that write it at once, one is first
        elif file.exists():
            beside.chmod(stat.S_IMODE(file.stat().st_mode))
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)
