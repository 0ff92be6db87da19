"""Vim of the system with ALE, as docs/editors/vim.md configures it. Nothing of it answers a question of the server."""

import subprocess
from pathlib import Path

import pytest

from tests.editors.others.conftest import STEP, StartEditor, program, recipes
from tests.editors.others.terminal import Terminal

USUAL = "set nocompatible noswapfile nomore\nfiletype plugin on\npackadd! ale\n"


@pytest.fixture
def vim(start: StartEditor, home: Path) -> Terminal:
    """A step in Vim, which both servers have looked at."""
    program("pylsp", "python3-pylsp")
    (home / ".vimrc").write_text(USUAL + recipes("vim.md", "vim")[0])
    editor = start([program("vim", "vim-nox vim-ale"), STEP])
    editor.until_seen("return {")
    do(editor, "call search('creds\\[')")
    do(editor, "normal! 8l")
    editor.until(lambda: shows_a_hover(editor), "an answer of pd-lsp")
    return editor


def shows_a_hover(editor: Terminal) -> bool:
    """Asks once more: a server that starts answers nothing yet."""
    do(editor, "ALEHover")
    return "a key of OpenAI" in editor.screen()


def do(editor: Terminal, command: str) -> None:
    """Types a command into Vim's command line."""
    editor.type("Escape", f":{command}", "Enter")


def choose_action(editor: Terminal, title: str) -> None:
    """Chooses a code action by its number."""
    do(editor, "ALECodeAction")
    editor.until_seen("Type number and <Enter>")
    [line] = [line for line in editor.screen().splitlines() if line.endswith(f") {title}")]
    editor.type(line.partition(")")[0], "Enter")


def test_ale_completes_keys(vim: Terminal) -> None:
    do(vim, "normal! 20G")
    vim.type("o", 'x = pd.inputs["op', "C-x", "C-o")
    vim.until_seen('x = pd.inputs["openai"]')


def test_ale_inserts_a_template(vim: Terminal) -> None:
    do(vim, "20")
    choose_action(vim, "Insert OpenAI: Embed a text")
    vim.until_seen("client.embeddings.create")


def test_ale_runs_a_step_that_was_allowed_and_names_the_command_before(
    vim: Terminal, workspace: Path, environment: dict[str, str]
) -> None:
    choose_action(vim, "Run step")
    vim.until_seen("If you see no question about this run")
    vim.type("Enter")
    choose_action(vim, "Stop step")
    python = Path(__file__).parents[3] / ".venv-examples" / "bin" / "python"
    allowing = ["pd-lsp", "allow", str(workspace / STEP), "--sandbox", "--python", str(python)]
    subprocess.run(allowing, check=True, capture_output=True, env=environment)
    choose_action(vim, "Run step")
    vim.until_seen("welcome_text succeeded after")
