"""Running with an event that is edited first, and with one that is captured here."""

import json
import re
import urllib.request
from pathlib import Path

from tests.editors.neovim.conftest import WORKFLOW, StartNeovim
from tests.editors.neovim.neovim import Neovim

FIRST = f"{WORKFLOW}/parse_body/entry.py"
EVENTS = f"{WORKFLOW}/events"


def asked_which_event(neovim: StartNeovim) -> Neovim:
    editor = neovim(FIRST)
    editor.until_served()
    editor.command("PdRunWithEvent")
    editor.until_seen("Run with which event?")
    return editor


def test_a_copy_of_a_saved_event_is_edited_saved_and_run_with(neovim: StartNeovim, workspace: Path) -> None:
    before = (workspace / EVENTS / "1-sign-up.json").read_text()
    editor = asked_which_event(neovim)
    editor.choose("Edit one first…")
    editor.choose("1-sign-up")
    editor.until_seen("Save it as events/NAME.json, with NAME: 1-sign-up")
    editor.type("-grace", "Enter")
    editor.until_read("Here :PdRun saves the event")
    editor.command("%s/ada lovelace/grace hopper/")
    editor.command("PdRun")
    editor.choose("Run once")
    editor.until_printed('"name": "Grace Hopper"')
    written = json.loads((workspace / EVENTS / "1-sign-up-grace.json").read_text())
    assert written["event"]["body"]["name"] == " grace hopper"
    assert (workspace / EVENTS / "1-sign-up.json").read_text() == before


def test_a_new_event_is_written_where_there_is_none(neovim: StartNeovim, workspace: Path) -> None:
    for file in (workspace / EVENTS).iterdir():
        file.unlink()
    (workspace / EVENTS).rmdir()
    editor = asked_which_event(neovim)
    editor.choose("Edit one first…")
    editor.choose("A new one")
    editor.until_seen("with NAME: new")
    editor.type("Enter")
    editor.until_read("Here :PdRun saves the event")
    editor.command('%s/"body": {}/"body": {"name": "kay", "email": "k@example.com"}/')
    editor.command("PdRun")
    editor.choose("Run once")
    editor.until_printed('"name": "Kay"')


def test_a_name_that_leads_elsewhere_is_refused(neovim: StartNeovim) -> None:
    editor = asked_which_event(neovim)
    editor.choose("Edit one first…")
    editor.choose("A new one")
    editor.until_seen("with NAME: new")
    editor.type("C-u", "../outside", "Enter")
    editor.until_read("../outside is no name for an event")
    assert editor.lua("vim.bo.filetype") == "python"


def test_a_request_to_this_machine_is_captured_saved_and_run_with(neovim: StartNeovim, workspace: Path) -> None:
    editor = asked_which_event(neovim)
    editor.choose("Capture a request to this machine…")
    editor.until_seen("with NAME: captured-")
    editor.type("C-u", "from-curl", "Enter")
    address = re.search(r"http://127\.0\.0\.1:\d+\S*", editor.until_seen("Listening at"))
    assert address
    sent = urllib.request.Request(  # noqa: S310 - the address is of this machine
        address[0],
        json.dumps({"name": "linus", "email": "l@example.com"}).encode(),
        {"content-type": "application/json"},
    )
    with urllib.request.urlopen(sent) as answer:  # noqa: S310 - as above
        assert answer.status == 200
    editor.choose("Run once")
    editor.until_printed('"name": "Linus"')
    assert (workspace / EVENTS / "from-curl.json").exists()
    assert "Listening at" not in editor.screen()


def test_a_capture_that_the_person_ends_runs_nothing(neovim: StartNeovim) -> None:
    editor = asked_which_event(neovim)
    editor.choose("Capture a request to this machine…")
    editor.until_seen("with NAME: captured-")
    editor.type("Enter")
    editor.until_seen("Listening at")
    editor.type("C-c")
    editor.until_seen("[Process exited")
    assert editor.lua("next(require('pd_lsp.state').running) == nil")
