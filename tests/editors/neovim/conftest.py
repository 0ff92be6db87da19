"""Neovim 0.11 from a wheel and the one of the system, on a copy of the example workspace."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.editors.neovim.neovim import ROOT, Neovim

SCREENS = ROOT / "build" / "neovim"
WORKFLOW = "new-sign-up-p_V9Ch2Lk"
StartNeovim = Callable[..., Neovim]


@pytest.fixture(params=["wheel", "system"])
def program(request: pytest.FixtureRequest) -> Path:
    """0.11.4 from `make e2e-neovim`'s wheel, and the distribution's: on Debian 12 that is 0.7.2."""
    if request.param == "wheel":
        wheel = ROOT / ".venv-neovim" / "bin" / "nvim"
        assert wheel.exists(), "Neovim's wheel is missing: run `make e2e-neovim`."
        return wheel
    found = shutil.which("nvim")
    assert found, "The system has no Neovim: apt install neovim."
    return Path(found)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """The example workspace, as a repository of its own."""
    folder = tmp_path / "team-tools"
    shutil.copytree(ROOT / "examples" / "team-tools", folder)
    (folder / ".git").mkdir()
    return folder


@pytest.fixture
def neovim(program: Path, workspace: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[StartNeovim]:
    """Starts Neovim on a file of the workspace, whose folder is trusted; its last screen is kept."""
    started: list[Neovim] = []
    python = ROOT / ".venv-examples" / "bin" / "python"

    def start(file: str, *, trusted: bool = True, options: str = "", init: str = "", sandbox: bool = True) -> Neovim:
        home = tmp_path / "person"
        own = f"program = {{ {json.dumps(sys.executable)}, '-m', 'pd_lsp' }}, python = {json.dumps(str(python))}"
        usual = f"{{ {own}, sandbox = {json.dumps(sandbox)} }}"
        setup = f"require('pd_lsp').setup(vim.tbl_extend('force', {usual}, {{ {options} }}))"
        editor = Neovim(program, home, workspace, f"vim.o.swapfile = false\n{init}\n{setup}\n")
        started.append(editor)
        if trusted:
            trusting = [sys.executable, "-m", "pd_lsp", "trust", str(workspace)]
            subprocess.run(trusting, check=True, capture_output=True, env=editor.environment)
        editor.start(file)
        return editor

    yield start
    SCREENS.mkdir(parents=True, exist_ok=True)
    for editor in started:
        (SCREENS / f"{request.node.name}.txt").write_text(editor.screen())
        editor.end()
