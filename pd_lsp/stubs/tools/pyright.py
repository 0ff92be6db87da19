"""Pyright and basedpyright: nothing to set, unless the project has told them to look for stubs elsewhere."""

import re

from pd_lsp.stubs.place import FOLDER
from pd_lsp.stubs.tools.settings import PYPROJECT, Settings

_STUB_PATH = re.compile(r"""["']?stubPath["']?\s*[:=]\s*["'](?P<path>[^"']*)["']""")


def look_at_pyright(settings: Settings) -> None:
    """Says so where `stubPath` names another folder: the person's other stubs lie in that one."""
    for name in ("pyrightconfig.json", PYPROJECT):
        found = _STUB_PATH.search(settings.text(name) or "")
        if found and found["path"].strip("./") != FOLDER:
            settings.notes.append(
                f"{name} sends Pyright to {found['path']} for stubs, and the stub of pipedream lies in {FOLDER}: "
                f'take `stubPath` out, or add "{FOLDER}" to `extraPaths`.'
            )
