"""Runs: the question, the output as it comes, the result, stopping, events, kept runs."""

import os
import signal
from pathlib import Path

import pytest

from tests.editors.neovim.conftest import SCREENS, WORKFLOW, StartNeovim
from tests.editors.neovim.neovim import Neovim
from tests.editors.neovim.test_attaching import servers_of

STEP = f"{WORKFLOW}/welcome_text/entry.py"
FIRST = f"{WORKFLOW}/parse_body/entry.py"
COLOURED = """\
import time
from pathlib import Path

def handler(pd: "pipedream"):
    print("\\033[31mred\\033[0m and plain", flush=True)
    print("\\033]52;c;c3RvbGVu\\007hidden", "\\033[2J" "end of line", flush=True)
    while not Path("{gate}").exists():
        time.sleep(0.05)
    print("after the gate")
    return {{"answer": [1, 2.5, None, True, {{}}, []]}}
"""
FOR_EVER = 'import time\n\ndef handler(pd: "pipedream"):\n    print("started", flush=True)\n    time.sleep(600)\n'


def opened(neovim: StartNeovim, workspace: Path, text: str, **how: str) -> Neovim:
    (workspace / STEP).write_text(text)
    editor = neovim(STEP, **how)
    editor.until_served()
    return editor


def test_the_lens_runs_the_step_once_the_question_is_answered(neovim: StartNeovim) -> None:
    editor = neovim(STEP)
    editor.until_seen("▶ Run step")
    editor.command("call search('^def handler')")
    editor.command("lua vim.lsp.codelens.run()")
    screen = editor.until_seen("with live credentials?")
    assert "Accounts: openai (Team key)" in screen
    editor.choose("Run once")
    editor.until_seen("Writing to Ada Lovelace (team plan)")
    printed = editor.until_printed('"text": "The sandbox was asked:')
    assert printed.index("Writing to Ada") < printed.index("succeeded after") < printed.index("exports")
    assert '"words": 14' in printed
    SCREENS.mkdir(parents=True, exist_ok=True)
    version = editor.lua("vim.version().minor")
    (SCREENS / f"run-0.{version}.ansi").write_text(editor.screen(colours=True))


@pytest.mark.parametrize("answer", ["Cancel", ""])
def test_nothing_runs_without_a_yes(neovim: StartNeovim, answer: str) -> None:
    editor = neovim(STEP)
    editor.until_served()
    editor.command("PdRun")
    editor.until_seen("with live credentials?")
    editor.choose(answer) if answer else editor.type("Enter")
    assert "Writing to" not in editor.until_printed("not run")


def test_output_comes_as_it_is_printed_with_its_colours_and_nothing_else_that_moves_a_terminal(
    neovim: StartNeovim, workspace: Path, tmp_path: Path
) -> None:
    gate = tmp_path / "gate"
    editor = opened(neovim, workspace, COLOURED.format(gate=gate))
    editor.command("PdRun")
    editor.choose("Run once")
    editor.until_seen("red and plain")
    assert "\033[31mred" in editor.screen(colours=True)
    printed = editor.until_printed("end of line")
    assert "after the gate" not in printed
    assert "hidden end of line" in printed
    assert "red and plain" in printed  # the step's wish to clear the screen has gone
    gate.touch()
    editor.until_printed('"answer": [\n    1,\n    2.5,\n    null,\n    true,\n    {},\n    []\n  ]')


def test_the_split_is_closed_and_shown_again_with_all_that_runs_have_printed(
    neovim: StartNeovim, workspace: Path
) -> None:
    editor = opened(neovim, workspace, 'def handler(pd: "pipedream"):\n    print("kept", "text")\n')
    editor.command("PdRun")
    editor.choose("Run once")
    editor.until_printed("succeeded after")
    editor.command("only")
    editor.until("vim.fn.winnr('$') == 1")
    editor.command("PdOutput")
    editor.until("vim.fn.winnr('$') == 2")
    assert "kept text" in editor.until_seen("succeeded after")
    assert editor.lua("vim.bo.filetype") == "python"  # the person stays where they are


def test_a_run_is_stopped(neovim: StartNeovim, workspace: Path) -> None:
    editor = opened(neovim, workspace, FOR_EVER)
    editor.command("PdRun")
    editor.choose("Run once")
    editor.until_printed("started")
    editor.until_seen("s of 60 s")  # below the split, while it runs
    editor.command("PdRun")
    editor.until_seen("still going")
    editor.command("PdStop")
    editor.until_printed("── cancelled")


def test_a_step_runs_with_the_event_that_is_chosen(neovim: StartNeovim) -> None:
    editor = neovim(FIRST)
    editor.until_served()
    editor.command("PdRunWithEvent")
    editor.until_seen("Run with which event?")
    editor.choose("no-address")
    editor.choose("Run once")
    editor.until_printed("succeeded after")
    assert "no e-mail address in the sign-up" in str(editor.lua("require('pd_lsp.state').results"))


def test_the_event_can_be_named_in_the_command(neovim: StartNeovim) -> None:
    editor = neovim(FIRST)
    editor.until_served()
    editor.command("PdRunWithEvent events/1-sign-up.json")
    editor.choose("Run once")
    editor.until_printed('"name": "Ada Lovelace"')


def test_an_event_that_pipedream_keeps_is_fetched_saved_and_run_with(neovim: StartNeovim, workspace: Path) -> None:
    before = {file.name for file in (workspace / WORKFLOW / "events").iterdir()}
    editor = neovim(FIRST)
    editor.until_served()
    editor.command("PdRunWithEvent")
    editor.choose("Fetch one of the last events from Pipedream…")
    editor.choose("with name, email")
    editor.choose("Run once")
    editor.until_printed("succeeded after")
    assert len({file.name for file in (workspace / WORKFLOW / "events").iterdir()} - before) == 1


def test_what_a_step_raises_stands_on_its_line_and_below_its_output(neovim: StartNeovim, workspace: Path) -> None:
    editor = opened(neovim, workspace, 'def handler(pd: "pipedream"):\n    a = 0\n    return 1 / a\n')
    editor.command("PdRun")
    editor.choose("Run once")
    printed = editor.until_printed("── raised")
    assert printed.count("ZeroDivisionError: division by zero") == 1
    assert "line 3" in printed
    [found] = editor.until("#vim.diagnostic.get(0) > 0 and vim.diagnostic.get(0)")
    assert (found["lnum"], "division by zero" in found["message"]) == (2, True)


def test_the_last_runs_are_listed_and_shown(neovim: StartNeovim, workspace: Path) -> None:
    editor = opened(neovim, workspace, 'def handler(pd: "pipedream"):\n    print("seen")\n    return {"kept": 7}\n')
    editor.command("PdRuns")
    editor.until_seen("No run of this step is kept yet")
    editor.command("PdRun")
    editor.choose("Run once")
    editor.until_printed("succeeded after")
    editor.command("PdResult")
    editor.until("vim.bo.filetype == 'json'")
    assert '"kept": 7' in editor.text()
    editor.type("q")
    editor.until("vim.bo.filetype == 'python'")
    editor.command("PdRuns")
    editor.choose("succeeded")
    editor.until("vim.bo.filetype == 'json'")
    assert '"kept": 7' in editor.text()
    assert editor.printed().count("seen") == 2


def test_a_run_whose_server_dies_is_said_to_have_ended(neovim: StartNeovim, workspace: Path) -> None:
    editor = opened(neovim, workspace, FOR_EVER)
    editor.command("PdRun")
    editor.choose("Run once")
    editor.until_printed("started")
    [server] = servers_of(editor)
    os.kill(server.pid, signal.SIGKILL)
    editor.until_read("pd-lsp is started again.")
    editor.until_printed("the server has ended, and the run with it")
    editor.until_served()
    editor.command("PdRun")
    editor.until_seen("with live credentials?")


def test_a_folder_that_is_not_trusted_runs_nothing_and_trust_is_one_command_away(
    neovim: StartNeovim, workspace: Path
) -> None:
    editor = neovim(STEP, trusted=False)
    editor.until_served()
    editor.command("PdRun")
    editor.until_read("(Here: :PdTrust)")
    editor.command("PdTrust")
    editor.choose(str(workspace.resolve().name))
    editor.until_seen("[Process exited 0]")


def test_who_is_not_signed_in_reads_how_to(neovim: StartNeovim) -> None:
    editor = neovim(STEP, sandbox=False)
    editor.until_served()
    editor.command("PdRun")
    editor.until_read("(Here: :PdSignIn)")
    editor.command("PdSignIn")
    editor.choose("OAuth client")
    editor.until_seen("Connect project (proj_…):")


PICKER = """
-- A stand-in for a picker that people put in the place of vim.ui.select: it answers later, as one with a window does.
vim.ui.select = function(items, options, chosen)
  asked = options.prompt
  vim.defer_fn(function()
    chosen(items[1], 1)
  end, 200)
end
"""


def test_the_question_before_a_run_is_asked_by_what_the_person_has_put_in_place_of_vim_ui_select(
    neovim: StartNeovim,
) -> None:
    editor = neovim(FIRST, init=PICKER)
    editor.until_served()
    can_wait = editor.lua("vim.fn.has('nvim-0.10') == 1")
    editor.command("PdRun")
    if not can_wait:  # the versions before want the answer at once
        editor.choose("Run once")
    editor.until_printed("succeeded after")
    asked = editor.lua("asked")
    assert asked == ("Run handler in parse_body/entry.py with live credentials?" if can_wait else None)
    assert ("Accounts: none." in editor.printed()) == can_wait  # a picker has one line for the question
