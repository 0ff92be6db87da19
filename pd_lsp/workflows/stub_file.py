"""The stub that tells typed Python servers what `pd` has, where a project has one."""

from pathlib import Path

from pd_lsp.workflows.files import MOST_FOLDERS_UP, nearest_file

STUB_FILES = ("typings/__builtins__.pyi", "__builtins__.pyi")
"""Where Pyright looks for what declares `pipedream`: in the folder of its stubs, and at the root of the project."""


def has_stub(step: Path, folder: Path) -> bool:
    """Whether such a stub lies above `step`, not above `folder`."""
    return any(nearest_file(name, step, folder, most_up=MOST_FOLDERS_UP) for name in STUB_FILES)
