"""The folder of a project: which one a place belongs to, and the files in it."""

import os
from collections.abc import Iterator
from pathlib import Path

from pd_lsp.workflows.workflow_file import find_workflow_file

_MOST_FOLDERS = 5_000
_DEEPEST = 6
"""Levels of folders that are looked at."""
_NOT_OURS = ("node_modules", "typings", "__pycache__", "site-packages")


def project_around(place: Path, folder: Path) -> Path:
    """The project that a step or a folder belongs to, as a run has it: the folder that holds the workflow's.

    Where no workflow.yaml is around, not above `folder`, it is the folder itself, or the one that the step lies in.
    """
    around = place if place.is_dir() else place.parent
    workflow = find_workflow_file(around / "entry.py", folder)
    return workflow.parent.parent if workflow else around


def files_in(folder: Path) -> Iterator[Path]:
    """The files in the folder and those below it, without hidden folders, links, and those that hold code of others."""
    for count, (name, inner, files) in enumerate(os.walk(folder)):
        place = Path(name)
        if count > _MOST_FOLDERS:
            return
        if "pyvenv.cfg" in files:
            inner.clear()
            continue
        too_deep = len(place.relative_to(folder).parts) >= _DEEPEST
        inner[:] = [] if too_deep else sorted(one for one in inner if one[0] != "." and one not in _NOT_OURS)
        yield from (place / file for file in files)
