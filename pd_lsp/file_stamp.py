"""What tells whether a file was written since it was last looked at, without reading it."""

from pathlib import Path
from typing import TypeAlias

FileStamp: TypeAlias = tuple[int, int, int]
"""Time of the last change in nanoseconds, size in bytes, and the number of the file in its file system."""


def file_stamp(file: Path) -> FileStamp | None:
    """The stamp of a file; None where there is none, or none that can be looked at."""
    try:
        status = file.stat()
    except (OSError, ValueError):
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
