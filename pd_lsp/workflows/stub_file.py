"""The stub that tells typed Python servers what `pd` has: where it lies, and whether it is older than its sources."""

from collections.abc import Iterable
from pathlib import Path

from pd_lsp.file_stamp import file_stamp
from pd_lsp.workflows.files import MOST_FOLDERS_UP, nearest_file

FOLDER = "typings"
STUB_FILES = (f"{FOLDER}/__builtins__.pyi", "__builtins__.pyi")
"""Where Pyright looks for what declares `pipedream`: in the folder of its stubs, and at the root of the project. The
first is the one that pd-lsp writes."""


def stub_above(step: Path, folder: Path) -> Path | None:
    """The stub that pd-lsp writes: the nearest one above `step`, not above `folder`."""
    return nearest_file(STUB_FILES[0], step, folder, most_up=MOST_FOLDERS_UP)


def has_stub(step: Path, folder: Path) -> bool:
    """Whether such a stub lies above `step`, not above `folder`."""
    return any(nearest_file(name, step, folder, most_up=MOST_FOLDERS_UP) for name in STUB_FILES)


def is_stub_due(step: Path, folder: Path, sources: Iterable[Path]) -> bool:
    """Whether pd-lsp's stub is missing above `step`, or older than one of the `sources`."""
    stub = stub_above(step, folder)
    made = file_stamp(stub) if stub else None
    return made is None or any(stamp[0] > made[0] for file in sources if (stamp := file_stamp(file)))
