"""The settings of the tools that meet a step, changed so that they know `pipedream`: one file for each tool.

A tool's file has a function of the project's `Settings` that notes what it changes, or says why it does not.
"""

from collections.abc import Callable
from pathlib import Path

from pd_lsp.stubs.change import Change
from pd_lsp.stubs.tools.git import ignore_secrets
from pd_lsp.stubs.tools.mypy import set_up_mypy
from pd_lsp.stubs.tools.pyright import look_at_pyright
from pd_lsp.stubs.tools.ruff import set_up_ruff
from pd_lsp.stubs.tools.settings import Settings
from pd_lsp.stubs.tools.ty import set_up_ty

ALL: tuple[Callable[[Settings], None], ...] = (set_up_ruff, look_at_pyright, set_up_ty, set_up_mypy, ignore_secrets)


def tool_changes(folder: Path, *, for_mypy: bool) -> tuple[tuple[Change, ...], tuple[str, ...]]:
    """The files of the tools' settings with what they are to have, and sentences about what was left alone.

    `for_mypy` where mypy is meant though the project has nothing of it yet.
    """
    settings = Settings(folder, for_mypy=for_mypy)
    for set_up in ALL:
        set_up(settings)
    return settings.changes(), tuple(settings.notes)


__all__ = ["ALL", "tool_changes"]
