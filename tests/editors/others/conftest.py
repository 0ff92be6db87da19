"""Editors that know LSP and nothing of pd-lsp, configured by what their pages in docs/editors say."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from tests.editors.others.terminal import Terminal

ROOT = Path(__file__).parents[3]
SCREENS = ROOT / "build" / "editors"
WORKFLOW = "new-sign-up-p_V9Ch2Lk"
STEP = f"{WORKFLOW}/welcome_text/entry.py"
StartEditor = Callable[..., Terminal]


def recipes(page: str, language: str) -> list[str]:
    """The blocks of code in a page of docs/editors, which people paste."""
    text = (ROOT / "docs" / "editors" / page).read_text("utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def program(name: str, package: str) -> str:
    """A program of the system. The test fails where it is not installed."""
    found = shutil.which(name)
    assert found, f"{name} is missing: apt install {package}."
    return found


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The folder of the person, in whose `bin` lies a `pd-lsp` that runs in the sandbox."""
    home = tmp_path / "person"
    (home / "bin").mkdir(parents=True)
    python = ROOT / ".venv-examples" / "bin" / "python"
    script = home / "bin" / "pd-lsp"
    serving = f'set -- "$@" --sandbox --python "{python}"'
    script.write_text(
        f'#!/bin/sh\n[ "$1" = serve ] && {serving}\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m pd_lsp "$@"\n'
    )
    script.chmod(0o755)
    return home


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """The example workspace, as a repository of its own."""
    folder = tmp_path / "team-tools"
    shutil.copytree(ROOT / "examples" / "team-tools", folder)
    subprocess.run(["git", "init", "--quiet", str(folder)], check=True)
    return folder


@pytest.fixture
def environment(home: Path, workspace: Path) -> dict[str, str]:
    """The environment of a person who has trusted the workspace in a terminal."""
    own = {
        "HOME": str(home),
        **{f"XDG_{kind.upper()}_HOME": str(home / kind) for kind in ("config", "data", "state", "cache")},
        "PATH": f"{home / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "TERM": "xterm-256color",
        "LC_ALL": "C.UTF-8",
    }
    environment = {**os.environ, **own}
    subprocess.run(["pd-lsp", "trust", str(workspace)], check=True, capture_output=True, env=environment)
    return environment


@pytest.fixture
def start(workspace: Path, environment: dict[str, str], request: pytest.FixtureRequest) -> Iterator[StartEditor]:
    """Starts an editor in the workspace; its last screen is kept."""
    started: list[Terminal] = []

    def begin(command: Sequence[str]) -> Terminal:
        started.append(Terminal(command, workspace, environment))
        return started[-1]

    yield begin
    SCREENS.mkdir(parents=True, exist_ok=True)
    for number, editor in enumerate(started):
        (SCREENS / f"{request.node.name}-{number}.ansi").write_text(editor.screen(colours=True))
        editor.end()
