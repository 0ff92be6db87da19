"""Environments for steps: one for each set of pinned packages, shared by all steps that need just these."""

import hashlib
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from pd_lsp.execution.uv import PackagesError, make_environment
from pd_lsp.private_files import PrivateFileError, cache_folder, locked, make_private

_PYTHON = Path("Scripts", "python.exe") if sys.platform == "win32" else Path("bin", "python")


def python_of(pins: Sequence[str], python: Path) -> Path | None:
    """The interpreter of the environment with these packages; None where it was not made yet, or was deleted."""
    found = _folder(pins, python) / _PYTHON
    return found if found.exists() else None


async def environment(pins: Sequence[str], python: Path) -> Path:
    """The interpreter of the environment, which is made where it is not there. Raises PackagesError, PrivateFileError.

    Of two that make the same one at once, the first to be ready stays.
    """
    ready = python_of(pins, python)
    if ready:
        return ready
    folder = _folder(pins, python)
    make_private(folder.parent)

    def take(made: Path) -> None:
        with locked(folder):
            if not (folder / _PYTHON).exists():
                shutil.rmtree(folder, ignore_errors=True)
                made.rename(folder)

    try:
        await make_environment(pins, python, take)
    except PrivateFileError:
        raise
    except OSError as error:
        raise PackagesError(
            f"The environment {folder} can't be made ({error.strerror}): check its folder's rights and free space, or "
            "delete it."
        ) from None
    return folder / _PYTHON


def _folder(pins: Sequence[str], python: Path) -> Path:
    key = "\n".join([str(python.resolve()), *sorted(pins)])
    return cache_folder() / "environments" / hashlib.sha256(key.encode()).hexdigest()[:24]
