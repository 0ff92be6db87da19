"""The project's `.env`: it feeds a run in a trusted folder, and its names completion (D7)."""

import logging
import re
from collections.abc import Mapping
from io import StringIO
from pathlib import Path

from dotenv import dotenv_values

from pd_lsp.workflows.files import UnreadableFileError, nearest_file, read_text

_LIMIT = 512_000
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
"""As the platform has it (docs/platform.md, section 1.9)."""
_SHORTEST_LINE = 16
"""Characters from which on a name can be a line that nobody wants to see."""


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

    The last line of a key in Base64 that somebody has pasted without quotes reads as a name too: it is left out.
    Raises UnreadableFileError.
    """
    return tuple(name for name, value in read_dotenv(path, folder).items() if not _may_be_value(name, value))


def pasted_values(variables: Mapping[str, str]) -> tuple[str, ...]:
    """The names that are no names, but the last lines of keys in Base64 that were pasted without quotes."""
    return tuple(name for name, value in variables.items() if len(name) >= _SHORTEST_LINE and _is_padding(name, value))


def _may_be_value(name: str, value: str) -> bool:
    """Whether a line can be the end of a value: it is no name that a variable can have, or ends as Base64 does."""
    return _is_padding(name, value) or not _NAME.fullmatch(name)


def _is_padding(name: str, value: str) -> bool:
    return value == "=" or (not value and name not in (name.upper(), name.lower()))
