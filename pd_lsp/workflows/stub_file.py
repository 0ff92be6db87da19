"""The stub that tells typed Python servers what `pd` has, where a project has one."""

from pathlib import Path

from pd_lsp.workflows.files import MOST_FOLDERS_UP, nearest_file

STUB_FILE = "__builtins__.pyi"
"""Declares `pipedream` for checkers that read it, such as Pyright."""


def has_stub(step: Path, folder: Path) -> bool:
    """Whether such a stub lies above `step`, not above `folder`."""
    return nearest_file(STUB_FILE, step, folder, most_up=MOST_FOLDERS_UP) is not None
