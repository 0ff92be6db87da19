"""Events over the wire: those that Pipedream keeps, saved by the person's own choice, and runs with them."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types as lsp

from pd_lsp.cli.demo_client import EditorClient
from tests.conftest import ROOT
from tests.e2e.conftest import StartEditor

FLOW = "new-sign-up-p_V9Ch2Lk"
BROKEN = "1793606400000-0"


@pytest.fixture
def flow(tmp_path: Path) -> Path:
    """A workflow that is started by HTTP, without saved events."""
    copied = tmp_path / "project" / FLOW
    shutil.copytree(ROOT / "examples" / "team-tools" / FLOW, copied)
    shutil.rmtree(copied / "events")
    return copied


def uri(flow: Path) -> str:
    return (flow / "parse_body" / "entry.py").as_uri()


async def ask(client: EditorClient, command: str, *arguments: Any) -> Any:
    """What a command answers."""
    return await client.workspace_execute_command_async(lsp.ExecuteCommandParams(command, arguments=[*arguments]))


async def run(client: EditorClient, flow: Path, event: Any) -> Any:
    """Runs parse_body with an event."""
    client.open(uri(flow), (flow / "parse_body" / "entry.py").read_text())
    return await ask(client, "pd.runStep", {"uri": uri(flow), "handler": "handler", "event": event})


async def test_a_failed_event_is_chosen_saved_and_run_with(editor: StartEditor, flow: Path) -> None:
    client = await editor(flow.parent, sandbox=True)
    listed = await ask(client, "pd.recentEvents", {"uri": uri(flow)})
    assert [event["at"] for event in listed] == sorted((event["at"] for event in listed), reverse=True)
    assert sorted(event["origin"] for event in listed) == ["hi_3qHr8Lv"] * 3 + ["p_V9Ch2Lk"] * 3
    (chosen,) = [event for event in listed if event["failed"] and event["id"] == BROKEN]
    assert chosen == {
        "id": BROKEN,
        "origin": "p_V9Ch2Lk",
        "at": "2026-11-02T08:00:00Z",
        "summary": "POST / with text of 8 characters",
        "failed": True,
        "step": "parse_body",
        "error": "JSONDecodeError: Expecting value: line 1 column 1 (char 0)",
    }
    assert not (flow / "events").exists()
    saved = await ask(client, "pd.pullEvents", {"uri": uri(flow), "events": [chosen]})
    file = {"path": str(flow / "events" / "failed-20261102-080000-000.json"), "name": "failed-20261102-080000-000"}
    assert saved == [{"id": BROKEN, "origin": "p_V9Ch2Lk", **file, "written": True}]
    beside = await ask(client, "pd.savedEvents", {"uri": uri(flow)})
    assert beside == [file]
    result = await run(client, flow, beside[0]["path"])
    assert result["error"]["message"] == "Expecting value: line 1 column 1 (char 0)"
    assert client.shown == []


async def test_the_events_of_a_named_source_are_listed(editor: StartEditor, flow: Path) -> None:
    client = await editor(flow.parent, sandbox=True)
    listed = await ask(client, "pd.recentEvents", {"source": "dc_Rw5NvTz", "limit": 2})
    assert [(event["summary"], event["failed"], event["error"]) for event in listed] == [
        ("rowNumber, newRow, note", False, None)
    ] * 2
    saved = await ask(client, "pd.pullEvents", {"uri": uri(flow), "events": listed[:1]})
    assert json.loads(Path(saved[0]["path"]).read_text())["event"]["newRow"][0] == "Katherine Johnson"


async def test_an_event_that_is_saved_already_is_not_written_again(editor: StartEditor, flow: Path) -> None:
    client = await editor(flow.parent, sandbox=True)
    chosen = [{"id": one, "origin": "hi_3qHr8Lv"} for one in (BROKEN, "nobody")]
    argument = {"uri": uri(flow), "events": chosen}
    answers = [await ask(client, "pd.pullEvents", argument) for _ in range(2)]
    assert [answer[0]["written"] for answer in answers] == [True, False]
    assert len(list((flow / "events").iterdir())) == 1
    assert "Some of the events that were chosen are no longer kept: ask for the list again." in client.shown


async def test_nothing_is_asked_or_written_in_a_folder_that_is_not_trusted(
    editor: StartEditor, flow: Path, tmp_path: Path
) -> None:
    trusted = tmp_path / "trusted"
    trusted.mkdir()
    (flow / "events").mkdir()
    (flow / "events" / "a.json").write_text("1")
    client = await editor(trusted, sandbox=True)
    chosen = [{"id": BROKEN, "origin": "p_V9Ch2Lk"}]
    for command in ("pd.recentEvents", "pd.pullEvents", "pd.savedEvents"):
        assert await ask(client, command, {"uri": uri(flow), "events": chosen}) is None
        assert "is not trusted, so its events are left alone" in client.shown.pop()
    assert [file.name for file in (flow / "events").iterdir()] == ["a.json"]


async def test_opening_and_saving_asks_for_no_events(editor: StartEditor, flow: Path) -> None:
    client = await editor(flow.parent, sandbox=True)
    client.open(uri(flow), (flow / "parse_body" / "entry.py").read_text())
    client.text_document_did_save(lsp.DidSaveTextDocumentParams(lsp.TextDocumentIdentifier(uri(flow))))
    assert await ask(client, "pd.savedEvents", {"uri": uri(flow)}) == []
    assert not (flow / "events").exists()


async def test_who_has_no_key_hears_of_the_command(editor: StartEditor, flow: Path) -> None:
    client = await editor(flow.parent)
    assert await ask(client, "pd.recentEvents", {"uri": uri(flow)}) is None
    assert [one for one in client.shown if "type `pd-lsp login --api-key` in a terminal" in one]


ODD_ARGUMENTS = (
    ("pd.recentEvents", {}, "Open the step as a file in the editor first."),
    ("pd.recentEvents", {"uri": 7}, "Open the step as a file in the editor first."),
    ("pd.recentEvents", {"uri": "untitled:1"}, "Open the step as a file in the editor first."),
    ("pd.recentEvents", {"source": ["dc_x"]}, "Open the step as a file in the editor first."),
    ("pd.recentEvents", {"source": "dc_x/../y"}, "A source has an id such as dc_abc123"),
    ("pd.recentEvents", {"source": "dc_x", "workspace": 7}, "A workspace has an id such as o_abc123"),
    ("pd.recentEvents", {"source": "dc_nobody", "limit": "x"}, "Pipedream has no source dc_nobody"),
    ("pd.recentEvents", {"uri": "LONE"}, "No workflow.yaml says which workflow this step belongs to"),
    ("pd.pullEvents", {"uri": "STEP"}, "No event was chosen"),
    ("pd.pullEvents", {"uri": "STEP", "events": "x"}, "No event was chosen"),
    ("pd.pullEvents", {"uri": "STEP", "events": [{}, 7, {"id": "x"}]}, "No event was chosen"),
    ("pd.pullEvents", {"uri": "STEP", "events": [{"id": "x", "origin": "../x"}]}, "A source has an id such as dc_abc"),
    ("pd.pullEvents", {"uri": "LONE", "events": [{"id": "x", "origin": "dc_x"}]}, "belongs to no workflow.yaml"),
)


async def test_an_odd_argument_is_answered_with_a_sentence(editor: StartEditor, flow: Path) -> None:
    lone = flow.parent / "lone.py"
    lone.write_text("")
    client = await editor(flow.parent, sandbox=True)
    for command, argument, says in ODD_ARGUMENTS:
        named = {"STEP": uri(flow), "LONE": lone.as_uri()}.get(str(argument.get("uri")))
        assert await ask(client, command, {**argument, **({"uri": named} if named else {})}) is None
        assert says in client.shown.pop()
    assert client.shown == []


async def test_only_events_inside_of_the_folder_are_named(editor: StartEditor, flow: Path, tmp_path: Path) -> None:
    (tmp_path / "private.json").write_text("1")
    (flow / "events").mkdir()
    (flow / "events" / "link.json").symlink_to(tmp_path / "private.json")
    (flow / "events" / "own.json").write_text("1")
    client = await editor(flow.parent)
    assert [one["name"] for one in await ask(client, "pd.savedEvents", {"uri": uri(flow)})] == ["own"]


async def test_an_event_is_named_by_its_path_or_uri(editor: StartEditor, flow: Path) -> None:
    file = flow / "events" / "own.json"
    file.parent.mkdir()
    file.write_text('{"event": {"body": {"name": "ada", "email": "A@b"}}}')
    client = await editor(flow.parent)
    for named in ("events/own.json", str(file), file.as_uri()):
        assert (await run(client, flow, named))["returned"]["email"] == "a@b"


NO_GOOD_EVENTS = (
    (7, "event takes the path of a saved event"),
    ({}, "event takes the path of a saved event"),
    ("../../private.json", "private.json is a link that leads out of project"),
    ("file://elsewhere/x.json", "The event is no file of this machine"),
    ("events/none.json", "none.json: check its name"),
    ("events", "events is a folder or a device"),
    ("events/broken.json", "broken.json is not JSON in line 1"),
    ("events/latin.json", "latin.json is not UTF-8 text"),
    ("events/large.json", "large.json is larger than 6000 kB"),
    ("a\0b", "can't be read (ValueError)"),
)


async def test_an_event_that_can_not_be_run_with_is_a_sentence(editor: StartEditor, flow: Path, tmp_path: Path) -> None:
    (tmp_path / "private.json").write_text("1")
    (flow / "events").mkdir()
    (flow / "events" / "broken.json").write_text("{")
    (flow / "events" / "latin.json").write_bytes(b'"\xff"')
    (flow / "events" / "large.json").write_bytes(b'"%s"' % (b"x" * 6_000_000))
    client = await editor(flow.parent)
    for named, says in NO_GOOD_EVENTS:
        assert await run(client, flow, named) is None
        assert says in client.shown.pop()
