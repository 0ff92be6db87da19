"""The project's `.env`: it feeds a run in a trusted folder, and its names completion (D7)."""

import logging
from io import StringIO
from pathlib import Path

from dotenv import dotenv_values

from pd_lsp.workflows.files import UnreadableFileError, nearest_file, read_text

_LIMIT = 512_000


def find_dotenv(step: Path, folder: Path) -> Path | None:
    """The nearest `.env` above `step`, not above `folder`."""
    return nearest_file(".env", step, folder)


def read_dotenv(path: Path, folder: Path) -> dict[str, str]:
    """The variables that `path` sets, as written, also those that no step may have. Raises UnreadableFileError."""
    text = read_text(path, folder, limit=_LIMIT)
    logging.getLogger("dotenv").setLevel(logging.ERROR)  # its warnings would stand between a step's output
    try:
        values = dotenv_values(stream=StringIO(text), interpolate=False)
    except ValueError:
        raise UnreadableFileError(f"{path.name} can't be read as NAME=value lines: mend it.") from None
    return {name: value for name, value in values.items() if value is not None}


def read_dotenv_names(path: Path, folder: Path) -> tuple[str, ...]:
    """The names of these variables, in the order of the file; the values are dropped here (D3).

    Raises UnreadableFileError.
    """
    return tuple(read_dotenv(path, folder))
