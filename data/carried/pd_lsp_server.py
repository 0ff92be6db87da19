"""Starts the pd-lsp that lies beside this file, with what it needs: `PYTHON -I pd_lsp_server.py COMMAND…`, as `pd-lsp`.

It needs nothing that is installed in that Python, and sees nothing of it. It is written so that a Python too old for
pd-lsp can still say so: from 3.6 on.
"""  # noqa: INP001 - a script, no package

import os
import sys
from importlib.machinery import EXTENSION_SUFFIXES, ExtensionFileLoader, FileFinder
from pathlib import Path

_HERE = Path(__file__).resolve().parent
_PACKAGES = _HERE / "packages"
_OLDEST, _NEWEST = (3, 10), (3, 14)
_MISTAKE = 2
"""The exit code of `pd-lsp` where its set-up is wrong."""


def main() -> int:
    """The exit code; a sentence on standard error where this Python can't run what lies here."""
    problem = _problem()
    if problem:
        sys.stderr.write(f"pd-lsp: {sys.executable} is {problem}. Choose a CPython from 3.10 to 3.14 for the server.\n")
        return _MISTAKE
    version = "".join(map(str, sys.version_info[:2]))
    # What looks around for packages, as keyring does, is to find what was tried together.
    others = [path for path in sys.path if Path(path).name not in {"site-packages", "dist-packages"}]
    sys.path[:] = [str(_HERE / f"cp{version}"), str(_PACKAGES), *others]
    from pd_lsp.cli.main import main as run  # noqa: PLC0415 - it can be found now

    return run()


def _problem() -> str:
    """What is wrong with this Python; empty where nothing is."""
    version = ".".join(map(str, sys.version_info[:2]))
    if sys.implementation.name != "cpython":
        return f"{sys.implementation.name}, for which no library is carried here"
    if sys.version_info[:2] < _OLDEST:
        return f"Python {version}, which is too old for pd-lsp"
    if sys.version_info[:2] > _NEWEST:
        return f"Python {version}, which is newer than what is carried here"
    if not _fits():
        return f"a Python {version} that can't use the libraries that are carried here, which are for {_platform()}"
    return ""


def _fits() -> bool:
    """Whether what is compiled here is for this Python. Names of files say it, but on macOS not for which processor."""
    if sys.platform == "darwin" and _platform() != {"x86_64": "darwin-x64"}.get(os.uname().machine, "darwin-arm64"):
        return False
    finder = FileFinder(str(_PACKAGES / "tree_sitter"), (ExtensionFileLoader, EXTENSION_SUFFIXES))
    return finder.find_spec("_binding") is not None


def _platform() -> str:
    """What the libraries are for, by the name that VS Code has for it."""
    return (_HERE / "platform.txt").read_text("utf-8").strip()


if __name__ == "__main__":
    sys.exit(main())
