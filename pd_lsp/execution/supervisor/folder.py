"""Removes the working folder of a run, whatever the step has put there."""
# ruff: noqa: PTH101, PTH112, PTH114, PTH120 - the names come from shutil

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any


def remove(folder: str | Path) -> None:
    """Removes it if it is there and it can be done; links are not followed, and nothing outside it is touched."""
    if not os.path.lexists(folder):
        return

    def open_and_retry(retry: Callable[..., Any], path: str, _error: Any) -> None:
        """A step may have closed a folder to everybody, itself included."""
        try:
            if path != os.fspath(folder):
                os.chmod(os.path.dirname(path), 0o700)
            if os.path.isdir(path) and not os.path.islink(path):
                os.chmod(path, 0o700)
                shutil.rmtree(path, ignore_errors=True)
            else:
                retry(path)
        except OSError:
            return

    if sys.version_info >= (3, 12):
        shutil.rmtree(folder, onexc=open_and_retry)
    else:
        shutil.rmtree(folder, onerror=open_and_retry)
