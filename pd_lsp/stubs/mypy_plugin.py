"""Tells mypy what `pipedream` is in a step: mypy has no file that adds a name to all others."""

from pathlib import Path
from typing import Any

from mypy.nodes import ImportFrom, MypyFile
from mypy.plugin import Plugin, ReportConfigContext

MODULE, NAME = "pd_lsp_mypy", "pipedream"


class StepPlugin(Plugin):
    """Gives each file that has a handler and no `pipedream` of its own the name from the stub beside this file."""

    def get_additional_deps(self, file: MypyFile) -> list[tuple[int, str, int]]:
        """Called for each file that mypy reads, before it looks at any name in it."""
        if file.is_stub or not _has_handler(file) or _binds_name(file):
            return []
        added = ImportFrom(MODULE, 0, [(NAME, None)])
        added.set_line(1)
        added.is_top_level = True
        file.defs.insert(0, added)
        file.imports.append(added)
        return [(10, MODULE, -1)]

    def report_config_data(self, ctx: ReportConfigContext) -> Any:
        """Keeps mypy from taking a step from its cache: it would read it again without the call above."""
        return {"is_check": ctx.is_check} if _may_be_step(ctx.path) else None


def _has_handler(file: MypyFile) -> bool:
    return any(getattr(getattr(one, "func", one), "name", "") == "handler" for one in file.defs)


def _binds_name(file: MypyFile) -> bool:
    """Whether the file imports something under the name itself."""
    return any(
        (alias or name).partition(".")[0] == NAME
        for one in file.imports
        for name, alias in (getattr(one, "names", None) or getattr(one, "ids", None) or ())
    )


def _may_be_step(path: str) -> bool:
    try:
        text = Path(path).read_text("utf-8", "replace")
    except OSError:
        return False
    return "handler" in text and NAME in text


def plugin(_version: str) -> type[Plugin]:
    """Called by mypy, with its version."""
    return StepPlugin
