"""Debugging: the hook for nvim-dap, with a stand-in for nvim-dap that speaks to the real adapter as nvim-dap does."""

import json
import subprocess
import sys
from pathlib import Path

from tests.editors.neovim.conftest import WORKFLOW, StartNeovim

STEP = f"{WORKFLOW}/parse_body/entry.py"
STAND_IN = f"vim.opt.runtimepath:append({json.dumps(str(Path(__file__).parent / 'stand_in'))})\n"
DEBUGGED = 'def handler(pd: "pipedream"):\n    total = 40\n    total += 2\n    print("went on")\n    return total\n'
AT = "require('dap').stopped_at"


def test_a_step_stops_at_a_breakpoint_shows_its_variables_and_goes_on(neovim: StartNeovim, workspace: Path) -> None:
    (workspace / STEP).write_text(DEBUGGED)
    editor = neovim(STEP, init=STAND_IN)
    editor.until_seen("Debug step")
    editor.go_to(4)
    editor.command("lua require('dap').toggle_breakpoint()")
    editor.command("PdDebug")
    editor.choose("Debug")
    editor.choose("Run once")
    stopped = editor.until(f"{AT} and {AT}.variables and {AT}")
    assert stopped["line"] == 4
    assert ("total", "42") in {(one["name"], one["value"]) for one in stopped["variables"]}
    editor.until_seen("→     print")
    assert "went on" not in editor.printed()
    editor.command("lua require('dap').continue()")
    editor.until_printed("succeeded after")
    assert "went on" in editor.printed()
    editor.until("require('dap').ended")


def test_the_lens_debugs_too(neovim: StartNeovim) -> None:
    editor = neovim(STEP, init=STAND_IN)
    editor.until_seen("Debug step")
    editor.command("call search('^def handler')")
    editor.command("lua vim.lsp.codelens.run()")
    editor.choose("Debug step")
    editor.until_seen("Debug steps?")  # "Debug" is in the list before, too
    editor.choose("Debug")
    editor.choose("Run once")
    editor.until_printed("succeeded after")
    adapter = editor.lua("require('dap').adapters['pd-lsp']")
    assert (adapter["type"], adapter["args"][-1]) == ("executable", "debug-adapter")
    assert editor.lua("require('dap').configuration.session")  # of this step, were there others that wait
    assert editor.lua("#require('dap').configurations.python") == 1


def test_a_step_that_waits_in_a_terminal_is_joined_from_the_list_of_nvim_dap(neovim: StartNeovim) -> None:
    editor = neovim(STEP, init=STAND_IN)
    editor.until_seen("Debug step")
    line = [sys.executable, "-m", "pd_lsp", "run", STEP, "--debug", "--sandbox", "--yes"]
    with subprocess.Popen(
        line, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=editor.environment, cwd=editor.folder
    ) as waiting:
        assert waiting.stdout
        said = ""
        while "waits" not in said:
            read = waiting.stdout.readline()
            assert read, said
            said += read
        editor.command("lua require('dap').continue()")
        editor.until("require('dap').ended")
        rest, _ = waiting.communicate(timeout=30)
    assert waiting.returncode == 0, said + rest


def test_without_nvim_dap_there_is_no_lens_for_it_and_the_command_says_what_is_missing(neovim: StartNeovim) -> None:
    editor = neovim(STEP)
    assert "Debug step" not in editor.until_seen("Run step")
    editor.command("PdDebug")
    editor.until_seen("Debugging needs the plugin nvim-dap")
