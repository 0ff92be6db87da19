"""Where the stub of a project lies, and whether one that is there is older than what it tells of."""

from collections.abc import Iterable
from pathlib import Path

from pd_lsp.file_stamp import file_stamp

FOLDER = "typings"
"""Where Pyright and basedpyright look for stubs without being told."""
BUILTINS, MYPY, PLUGIN = f"{FOLDER}/__builtins__.pyi", f"{FOLDER}/pd_lsp_mypy.pyi", f"{FOLDER}/pd_lsp_mypy.py"
"""None is called `pipedream`: that name belongs to the package on PyPI, which a person may import as well."""


def stub_above(step: Path, folder: Path) -> Path | None:
    """The stub that a step has: the nearest one above it, not above `folder`."""
    for parent in step.parents:
        if not parent.is_relative_to(folder):
            return None
        if (parent / BUILTINS).is_file():
            return parent / BUILTINS
    return None


def is_stub_due(step: Path, folder: Path, sources: Iterable[Path]) -> bool:
    """Whether no stub lies above `step`, not above `folder`, or one that is older than one of the `sources`."""
    stub = stub_above(step, folder)
    made = file_stamp(stub) if stub else None
    return made is None or any(stamp[0] > made[0] for file in sources if (stamp := file_stamp(file)))
