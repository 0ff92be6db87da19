"""The stub that tells typed Python servers what `pd` has: where it lies, and whether it is older than its sources."""

from collections.abc import Iterable
from pathlib import Path

from pd_lsp.file_stamp import file_stamp
from pd_lsp.workflows.files import MOST_FOLDERS_UP, nearest_file

FOLDER = "typings"
"""Where Pyright and basedpyright look for stubs without being told."""
_NAME = "__builtins__.pyi"
"""Declares `pipedream` for checkers that read it, such as Pyright."""
STUB_FILE = f"{FOLDER}/{_NAME}"
"""The one that pd-lsp writes; a person's own may also lie above a step itself."""


def stub_above(step: Path, folder: Path) -> Path | None:
    """The stub of pd-lsp's form that a step has: the nearest one above it, not above `folder`."""
    return nearest_file(STUB_FILE, step, folder, most_up=MOST_FOLDERS_UP)


def has_stub(step: Path, folder: Path) -> bool:
    """Whether a stub lies above `step`, not above `folder`."""
    return bool(stub_above(step, folder) or nearest_file(_NAME, step, folder, most_up=MOST_FOLDERS_UP))


def is_stub_due(step: Path, folder: Path, sources: Iterable[Path]) -> bool:
    """Whether no stub of pd-lsp's form lies above `step`, or one that is older than one of the `sources`."""
    stub = stub_above(step, folder)
    made = file_stamp(stub) if stub else None
    return made is None or any(stamp[0] > made[0] for file in sources if (stamp := file_stamp(file)))
