"""Where the plugin starts the server, and where it does not."""

from pathlib import Path

from tests.editors.neovim.conftest import WORKFLOW, StartNeovim

SERVERS = "#require('pd_lsp.client').all()"


def test_a_step_that_a_workflow_lists_is_served(neovim: StartNeovim, workspace: Path) -> None:
    (workspace / WORKFLOW / "welcome_text" / "entry.py").write_text("")
    editor = neovim(f"{WORKFLOW}/welcome_text/entry.py")
    editor.until_served()
    assert editor.lua("require('pd_lsp.client').of(0).config.root_dir") == str(workspace.resolve())
