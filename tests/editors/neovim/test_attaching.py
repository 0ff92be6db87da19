"""Where the plugin starts the server, where it does not, and what happens where the server dies."""

import os
import signal
from pathlib import Path

import psutil

from tests.editors.neovim.conftest import WORKFLOW, StartNeovim
from tests.editors.neovim.neovim import Neovim, until

SERVERS = "#require('pd_lsp.client').all()"
STEP = f"{WORKFLOW}/welcome_text/entry.py"


def servers_of(editor: Neovim) -> list[psutil.Process]:
    below = psutil.Process(editor.lua("vim.fn.getpid()")).children(recursive=True)
    return [process for process in below if "serve" in process.cmdline()]


def test_a_file_that_a_workflow_lists_is_served_although_it_is_empty(neovim: StartNeovim, workspace: Path) -> None:
    (workspace / STEP).write_text("")
    editor = neovim(STEP)
    editor.until_served()
    assert editor.lua("require('pd_lsp.client').of(0).config.root_dir") == str(workspace.resolve())


def test_one_server_does_for_the_steps_of_a_repository_and_none_looks_at_its_other_files(
    neovim: StartNeovim, workspace: Path
) -> None:
    (workspace / WORKFLOW / "helper.py").write_text("def handle(pd):\n    return pd\n")
    (workspace / "lone.py").write_text('def handler(pd: "pipedream"):\n    return 1\n')
    editor = neovim(STEP)
    editor.until_served()
    editor.command(f"edit {WORKFLOW}/helper.py")
    editor.until("vim.bo.filetype == 'python' and vim.fn.expand('%:t') == 'helper.py'")
    assert editor.lua("vim.fn.exists(':PdRun')") == 0
    editor.command("edit lone.py")
    editor.until("vim.fn.exists(':PdRun') == 2")
    assert len(servers_of(editor)) == 1
    editor.command(f"edit {WORKFLOW}/helper.py")
    assert editor.lua("require('pd_lsp.client').of(vim.fn.bufnr('helper.py')) == nil")


def test_a_file_that_becomes_a_step_is_served_once_it_is_saved(neovim: StartNeovim, workspace: Path) -> None:
    (workspace / "new.py").write_text("")
    editor = neovim("new.py")
    assert editor.lua(SERVERS) == 0
    editor.type("idef handler(pd):", "Enter", "    return 1", "Escape")
    editor.command("write")
    editor.until_served()


def test_a_server_that_is_killed_is_started_again_and_the_person_reads_so(neovim: StartNeovim) -> None:
    editor = neovim(STEP)
    editor.until_served()
    [killed] = servers_of(editor)
    os.kill(killed.pid, signal.SIGKILL)
    editor.until_read("pd-lsp is started again.")
    editor.until(f"{SERVERS} == 1 and require('pd_lsp.client').of(0) ~= nil")
    assert [process.pid for process in servers_of(editor)] != [killed.pid]
    editor.until("#vim.lsp.codelens.get(0) == 1")


def test_a_server_that_dies_again_and_again_is_left_alone_until_the_person_asks_for_it(neovim: StartNeovim) -> None:
    editor = neovim(STEP)
    for said in [*["pd-lsp is started again."] * 3, "pd-lsp has ended several times in a row"]:
        editor.until_served()
        [killed] = servers_of(editor)
        os.kill(killed.pid, signal.SIGKILL)
        editor.until_read(said)
        editor.command("messages clear")
    assert servers_of(editor) == []
    editor.command("PdRestart")
    editor.until_served()


def test_restart_starts_another_server(neovim: StartNeovim) -> None:
    editor = neovim(STEP)
    editor.until_served()
    [before] = servers_of(editor)
    editor.command("PdRestart")
    until(lambda: not before.is_running() or before.status() == psutil.STATUS_ZOMBIE, editor.screen)
    editor.until_served()
    assert [process.pid for process in servers_of(editor)] != [before.pid]
    assert "started again" not in editor.lua("vim.fn.execute('messages')")


def test_where_pd_lsp_is_not_installed_the_person_reads_once_what_to_do(neovim: StartNeovim) -> None:
    editor = neovim(STEP, options="program = 'no-such-pd-lsp',")
    editor.until_read('set its place with require("pd_lsp").setup({ program =')
    editor.command(f"edit {WORKFLOW}/parse_body/entry.py")
    editor.until("vim.fn.expand('%:p:h:t') == 'parse_body'")
    assert editor.lua("vim.fn.execute('messages')").count("no-such-pd-lsp is not installed") == 1


def test_a_wrong_option_is_a_sentence(neovim: StartNeovim) -> None:
    editor = neovim(STEP, options="sandbx = true, height = 'tall',")
    editor.until_read('pd-lsp has no option "sandbx"')
    editor.until_read("pd-lsp's option height takes a number.")


def test_checkhealth_names_the_program_and_the_steps_that_are_open(neovim: StartNeovim) -> None:
    editor = neovim(STEP)
    editor.until_served()
    editor.command("checkhealth pd_lsp")
    editor.until("vim.bo.filetype == 'checkhealth'")
    said = editor.text()
    assert "pd-lsp 0" in said
    assert f"{STEP} is a step of" in said
    assert "nvim-dap is not installed" in said
    assert "ERROR" not in said


def test_the_help_has_a_page(neovim: StartNeovim) -> None:
    editor = neovim("README.md")
    editor.command("helptags ALL")
    editor.command("help pd-lsp-commands")
    editor.until("vim.bo.buftype == 'help'")
    editor.until_seen(":PdRunWithEvent")
