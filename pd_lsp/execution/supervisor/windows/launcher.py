"""Finds the Python that a launcher would start: the one of a virtual environment is a program of its own (D9).

Such a `python.exe` starts the real one as its child, and says by a variable which environment is meant, as it is done
here; `multiprocessing` does the same.
"""
# ruff: noqa: PTH113, PTH118, PTH119, PTH120, PTH123 - pathlib is slow to import

import os

_LAUNCHED_FROM = "__PYVENV_LAUNCHER__"


def real_python(python: str) -> "tuple[str, dict[str, str]]":
    """The program that runs in the end where `python` is started, and what has to be in its environment for that.

    Where nothing tells what a launcher would start, that is `python` itself.
    """
    home = _home(os.path.join(os.path.dirname(os.path.dirname(python)), "pyvenv.cfg"))
    real = os.path.join(home, os.path.basename(python)) if home else ""
    if not os.path.isfile(real):
        return python, {}
    return real, {_LAUNCHED_FROM: python}


def _home(configuration: str) -> str:
    """The folder of the Python that an environment was made with."""
    try:
        with open(configuration, encoding="utf-8", errors="replace") as file:
            lines = file.read(65_536).splitlines()
    except OSError:
        return ""
    for line in lines:
        name, _, value = line.partition("=")
        if name.strip().lower() == "home":
            return value.strip()
    return ""
