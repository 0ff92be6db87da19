"""Which Python a step runs in: the person's choice, else ours (D9). None is ever started to look at it."""

import hashlib
import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from pd_lsp.execution.errors import NoInterpreterError


@dataclass(frozen=True, slots=True)
class Interpreter:
    """A Python that exists and may be executed; whether it works shows when a step runs."""

    path: Path


def choose_interpreter(chosen: Path | None) -> Interpreter:
    """The interpreter the person chose, or the one that pd-lsp runs in.

    Raises NoInterpreterError, with a sentence, where it does not exist or can't be executed.
    """
    if chosen is None and not sys.executable:
        raise NoInterpreterError("pd-lsp can't tell which Python it runs in: choose an interpreter for steps.")
    path = Path(sys.executable) if chosen is None else chosen.expanduser().absolute()
    if path.name.lower() in _LAUNCHERS:
        raise NoInterpreterError(
            f"{path} only starts another Python, which a run can't be sure of: choose that one, which is printed by "
            'py -c "import sys; print(sys.executable)".'
        )
    if path.is_dir():
        raise NoInterpreterError(f"{path} is a folder: choose the Python in it, such as {path / _IN_ENVIRONMENT}.")
    if not path.exists():
        raise NoInterpreterError(f"There is no {path}: choose an interpreter that exists, or none to use pd-lsp's own.")
    if not os.access(path, os.X_OK):
        raise NoInterpreterError(f"{path} can't be executed: choose a Python interpreter, or make it executable.")
    return Interpreter(path)


def identity(interpreter: Interpreter) -> str:
    """What stays the same as long as the same program stands there, without starting it (D9).

    Its path, where that leads, size and time of that file, and the `pyvenv.cfg` of its environment.
    """
    path = interpreter.path
    target = path.resolve()
    try:
        status = target.stat()
        file = f"{status.st_size}:{status.st_mtime_ns}"
    except OSError:
        file = "gone"
    try:
        configuration = hashlib.sha256((path.parent.parent / "pyvenv.cfg").read_bytes()).hexdigest()[:16]
    except OSError:
        configuration = "none"
    return f"{path} {target} {file} {configuration}"


def version_of(python: Path) -> str | None:
    """Its version, such as `3.12.4`, from its environment's `pyvenv.cfg` or its file's name; None where unknown."""
    for key, _, value in (line.partition("=") for line in _configuration(python).splitlines()):
        if key.strip() in ("version", "version_info") and (number := _VERSION.match(value.strip())):
            return number[0]
    named = _IN_NAME.fullmatch(python.resolve().name)
    return named[1] if named else None


def _configuration(python: Path) -> str:
    """The beginning of the `pyvenv.cfg` of its environment; empty where there is none."""
    file = python.parent.parent / "pyvenv.cfg"
    try:
        if not file.is_file():
            return ""
        with file.open(encoding="utf-8", errors="replace") as configuration:
            return configuration.read(_MOST_READ)
    except OSError:
        return ""


_MOST_READ = 10_000
_VERSION = re.compile(r"\d+\.\d+(?:\.\d+)?")
_IN_NAME = re.compile(r"python(\d+\.\d+)")
_LAUNCHERS = frozenset({"py.exe", "pyw.exe"})
"""Of Windows: which Python they start depends on files and variables that nobody has agreed to (D9)."""
_IN_ENVIRONMENT = Path("Scripts", "python.exe") if sys.platform == "win32" else Path("bin", "python")
