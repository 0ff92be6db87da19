"""On a dark and a light background, and where a terminal has few colours: what counts is said in words."""

from pathlib import Path

import pytest

from tests.editors.neovim.conftest import SCREENS, StartNeovim
from tests.editors.neovim.test_running import opened

TEXT = """\
def handler(pd: "pipedream"):
    key = lambda: pd.inputs["openai"]["$auth"]["api_kee"]
    print("\\033[32mgreen\\033[0m and plain")
    return 1 / 0
"""
LOOKS = {
    "dark": "vim.o.termguicolors = true vim.o.background = 'dark'",
    "light": "vim.o.termguicolors = true vim.o.background = 'light'",
    "few-colours": "vim.o.termguicolors = false",
    "high-contrast": "vim.o.termguicolors = false vim.cmd('colorscheme quiet')",
}


@pytest.mark.parametrize("look", LOOKS)
def test_all_that_counts_is_said_in_words(neovim: StartNeovim, workspace: Path, look: str) -> None:
    chosen = LOOKS[look].replace("vim.cmd('colorscheme quiet')", "pcall(vim.cmd, 'colorscheme quiet')")
    editor = opened(neovim, workspace, TEXT, init=chosen)
    editor.until("#vim.diagnostic.get(0) == 1")
    editor.until_seen("W   " if editor.lua("vim.diagnostic.get(0)[1].severity") == 2 else "E   ")
    editor.command("PdRun")
    editor.choose("Run once")
    editor.until_printed("── raised after")
    screen = editor.until_seen("ZeroDivisionError: division by zero")
    assert "▶ Run step" in screen
    assert "green and plain" in screen
    coloured = editor.screen(colours=True)
    assert "green" in coloured.split("\033[32m" if "\033[32m" in coloured else "\033[38;", 1)[1]
    SCREENS.mkdir(parents=True, exist_ok=True)
    (SCREENS / f"look-{look}-0.{editor.lua('vim.version().minor')}.ansi").write_text(coloured)
