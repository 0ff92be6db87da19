"""Which program a command means, and what it may be called in a message."""

import os
import sys
from pathlib import Path

from pd_lsp.accounts.names import readable

_SUFFIXES = ("", ".exe", ".com") if sys.platform == "win32" else ("",)


def program_path(name: str) -> str | None:
    """The whole path of the program that `name`, itself a whole path or a file name, means; None where there is none.

    PATH is searched, but for the entries that are no whole paths. So the current folder, which may be anybody's, is
    not, even on Windows, which would search it first (D6).
    """
    if not Path(name).is_absolute() and Path(name).name != name:
        return None
    for folder in os.environ.get("PATH", os.defpath).split(os.pathsep):
        for suffix in _SUFFIXES:
            program = Path(folder, name + suffix)
            if program.is_absolute() and _is_file(program) and os.access(program, os.X_OK):
                return str(program)
    return None


def program_name(command: tuple[str, ...]) -> str:
    """The file name of the program, as it may be shown.

    Where it is no file and has spaces, somebody has written program and arguments as one text: the first word counts.
    """
    program = command[0]
    is_whole_path = Path(program).is_absolute() and _is_file(program)
    if not is_whole_path and len(words := program.split()) > 1:
        return f"{readable(Path(words[0]).name)} …"
    return readable(Path(program).name)


def _is_file(path: str | Path) -> bool:
    return os.path.isfile(path)  # noqa: PTH113 - Path.is_file raises where a name is too long to be one
