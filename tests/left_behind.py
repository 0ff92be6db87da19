"""What runs leave behind: processes, however they have detached, and files in the folder for temporary ones."""

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

_SET_CHILD_SUBREAPER = 36


@contextmanager
def orphans_in_sight() -> Iterator[None]:
    """Meanwhile this process adopts whatever loses its parent below it, so that nothing detaches out of sight (Linux).

    Otherwise the system's first process would, and a test could not tell such a process from a stranger's.
    """
    _adopt_orphans(yes=True)
    try:
        yield
    finally:
        _adopt_orphans(yes=False)


def _adopt_orphans(*, yes: bool) -> None:
    if sys.platform.startswith("linux"):
        assert ctypes.CDLL(None).prctl(_SET_CHILD_SUBREAPER, int(yes), 0, 0, 0) == 0


def processes_below(ancestor: int | None = None) -> set[psutil.Process]:
    """All living processes below this one, or below another; one that only waits to be noticed by its parent is not."""
    try:
        found = psutil.Process(ancestor or os.getpid()).children(recursive=True)
    except psutil.NoSuchProcess:
        return set()
    return {process for process in found if _is_alive(process)}


def _is_alive(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def files_in(*folders: Path) -> set[Path]:
    """Every file and folder in these folders, at any depth."""
    walks = (walk for folder in folders for walk in os.walk(folder))  # which takes what vanishes meanwhile for empty
    return {Path(place, name) for place, inner, files in walks for name in (*inner, *files)}
