"""Which Python a step runs in: the person's choice, else ours (D9). None is ever started to look at it."""

import hashlib
import os
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


_LAUNCHERS = frozenset({"py.exe", "pyw.exe"})
"""Of Windows: which Python they start depends on files and variables that nobody has agreed to (D9)."""
_IN_ENVIRONMENT = Path("Scripts", "python.exe") if sys.platform == "win32" else Path("bin", "python")
