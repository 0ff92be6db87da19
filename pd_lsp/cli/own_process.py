"""How a command starts another one of ours: with our own code, whatever lies in the current folder (D6)."""

import sys
from collections.abc import Mapping
from pathlib import Path

_HOME_OF_PACKAGE = Path(__file__).parents[2]
_CARRIER = _HOME_OF_PACKAGE.parent / "pd_lsp_server.py"
"""What starts pd-lsp where an extension carries it, in a Python that has none installed (data/carried)."""


def own_command(*arguments: str) -> tuple[list[str], Path]:
    """The command line of `pd-lsp ARGUMENTS…`, and the folder to start it in.

    Python looks for a module in the current folder first: a `pd_lsp` or a `json.py` there would be run in our place.
    """
    ours = ("-I", str(_CARRIER)) if _CARRIER.is_file() else ("-m", "pd_lsp")
    return [sys.executable, *ours, *arguments], _HOME_OF_PACKAGE


def without_keys(environment: Mapping[str, str]) -> dict[str, str]:
    """`environment` without the variables that hold the person's key to Pipedream (D2)."""
    return {name: value for name, value in environment.items() if not name.startswith("PIPEDREAM_")}
