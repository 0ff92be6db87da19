"""Emacs of the system with eglot and with lsp-mode, as docs/editors/emacs.md configures them."""

from pathlib import Path

import pytest

from tests.editors.others.conftest import STEP, StartEditor, program, recipes
from tests.editors.others.terminal import Terminal

QUIET = "(setq inhibit-startup-screen t warning-minimum-level :error make-backup-files nil)\n"
BESIDE = '"rass"\n{0}"--" "basedpyright-langserver" "--stdio"\n{0}"--" "pd-lsp" "serve" "--stdio"'.format(" " * 44)


@pytest.fixture
def eglot(start: StartEditor, home: Path) -> Terminal:
    """A step in eglot, without another Python server."""
    recipe = recipes("emacs.md", "elisp")[0]
    assert BESIDE in recipe
    return opened(start, home, recipe.replace(BESIDE, '"pd-lsp" "serve" "--stdio"'), "now managing")


@pytest.fixture
def lsp_mode(start: StartEditor, home: Path, workspace: Path) -> Terminal:
    """A step in lsp-mode, beside pylsp."""
    program("pylsp", "python3-pylsp")
    known = f'(setq lsp-auto-guess-root t lsp-enable-file-watchers nil)\n(setq default-directory "{workspace}/")\n'
    editor = opened(start, home, known + recipes("emacs.md", "elisp")[1], "LSP[")
    for server in ("pylsp", "pd-lsp"):
        editor.until_matched(rf"\[{server}:\d+\]")  # while it starts, that stands behind the number
    return editor


def opened(start: StartEditor, home: Path, recipe: str, ready: str) -> Terminal:
    (home / ".emacs.d").mkdir()
    (home / ".emacs.d" / "init.el").write_text(QUIET + recipe)
    editor = start([program("emacs", "emacs-nox"), "-nw", STEP])
    editor.until_seen(ready)
    return editor


def do(editor: Terminal, command: str) -> None:
    """Calls a command by its name."""
    editor.type("M-x", command, "Enter")


def choose_action(editor: Terminal, command: str, title: str) -> None:
    do(editor, command)
    editor.until_seen("action")
    editor.type(title, "Tab", "Enter")


def test_eglot_completes_keys(eglot: Terminal) -> None:
    eglot.type("M-g", "g", "20", "Enter", "C-e", "Enter", 'x = pd.inputs["op', "C-M-i")
    eglot.until_seen('x = pd.inputs["openai"]')


def test_eglot_shows_what_a_key_stands_for(eglot: Terminal) -> None:
    eglot.type("C-s", 'creds["api_', "Enter", "C-b")
    do(eglot, "eldoc")
    eglot.until_seen("a key of OpenAI")


def test_eglot_inserts_a_template(eglot: Terminal) -> None:
    eglot.type("M-g", "g", "20", "Enter")
    choose_action(eglot, "eglot-code-actions", "Insert OpenAI: Embed a text")
    eglot.until_seen("client.embeddings.create")


def test_eglot_asks_before_a_run_and_enter_alone_is_a_no(eglot: Terminal) -> None:
    choose_action(eglot, "eglot-code-actions", "Run step")
    eglot.until_seen("with live credentials?")
    eglot.until_seen("Choose an option: Cancel")
    eglot.type("Enter")
    choose_action(eglot, "eglot-code-actions", "Run step")  # it is there again once the run was given up
    eglot.until_seen("with live credentials?")


def test_eglot_runs_a_step_and_shows_what_it_prints_and_returns(eglot: Terminal) -> None:
    choose_action(eglot, "eglot-code-actions", "Run step")
    eglot.until_seen("Choose an option: Cancel")
    eglot.type("C-a", "C-k", "Run once", "Enter")
    eglot.until_seen("succeeded after")
    eglot.type("C-x", "b", "*pd-lsp output*", "Enter")
    shown = eglot.until_seen("words = 14")
    assert shown.index("Writing to Ada Lovelace (team plan)") < shown.index("words = 14")


def test_eglot_marks_the_line_that_raised(start: StartEditor, home: Path, workspace: Path) -> None:
    (workspace / STEP).write_text('def handler(pd: "pipedream"):\n    return 1 / 0\n')
    recipe = recipes("emacs.md", "elisp")[0].replace(BESIDE, '"pd-lsp" "serve" "--stdio"')
    editor = opened(start, home, recipe, "now managing")
    choose_action(editor, "eglot-code-actions", "Run step")
    editor.until_seen("Choose an option: Cancel")
    editor.type("C-a", "C-k", "Run once", "Enter")
    editor.until_seen("ZeroDivisionError: division by zero (line 2)")
    do(editor, "flymake-show-buffer-diagnostics")
    editor.until_seen("pd-lsp run")


def test_lsp_mode_has_both_servers_and_completes_keys(lsp_mode: Terminal) -> None:
    lsp_mode.type("M-g", "g", "20", "Enter", "C-e", "Enter", 'x = pd.inputs["op')
    do(lsp_mode, "completion-at-point")
    lsp_mode.until_seen('x = pd.inputs["openai')


def test_lsp_mode_runs_the_step(lsp_mode: Terminal) -> None:
    choose_action(lsp_mode, "lsp-execute-code-action", "Run step")
    lsp_mode.until_seen("with live credentials?")
    lsp_mode.type("Run once", "Enter")
    lsp_mode.until_seen("succeeded after")
    lsp_mode.type("C-x", "b", "*lsp-log*", "Enter")
    lsp_mode.until_seen("Writing to Ada Lovelace (team plan)")
