"""Runs that are kept, over the wire: listed, shown, saved from, and what later steps are run with."""

import json
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types as lsp

from pd_lsp.cli.demo_client import EditorClient
from tests.e2e.conftest import StartEditor

WORKFLOW = 'steps:\n- namespace: first\n  uses: "./first/entry.py"\n- namespace: second\n  uses: "./second/entry.py"\n'
FIRST = 'def handler(pd):\n    return {"key": pd.inputs["openai"]["$auth"]["api_key"], "n": 42}\n'
NUMBER = 'def handler(pd):\n    return pd.steps["first"]["$return_value"]["n"]\n'
KEY = 'def handler(pd):\n    return pd.steps["first"]["$return_value"]["key"]\n'
EVENT = 'def handler(pd):\n    print("hello")\n    return pd.steps["trigger"]["event"]\n'


@pytest.fixture
def flow(tmp_path: Path) -> Path:
    folder = tmp_path / "flow-p_1"
    for name, text in {"workflow.yaml": WORKFLOW, "events/1.json": '{"event": {"name": "Zaphod"}}'}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


async def call(client: EditorClient, command: str, **argument: Any) -> Any:
    return await client.workspace_execute_command_async(lsp.ExecuteCommandParams(command=command, arguments=[argument]))


async def run(client: EditorClient, file: Path, text: str) -> Any:
    """Writes the step, opens it, runs it and closes it."""
    file.parent.mkdir(exist_ok=True)
    file.write_text(text)
    client.open(file.as_uri(), text)
    result = await call(client, "pd.runStep", uri=file.as_uri())
    client.close(file.as_uri())
    return result


async def test_a_run_can_be_listed_and_shown_as_soon_as_it_has_ended(editor: StartEditor, flow: Path) -> None:
    client, file = await editor(), flow / "second" / "entry.py"
    result = await run(client, file, EVENT)
    (listed,) = await call(client, "pd.lastRuns", uri=file.as_uri())
    assert (listed["number"], listed["outcome"], listed["sandbox"]) == (1, "succeeded", False)
    shown = await call(client, "pd.showRun", uri=file.as_uri(), number=1)
    assert await call(client, "pd.showRun", uri=file.as_uri(), number=None) == shown
    of_run, named = shown.pop("run"), shown.pop("file")
    assert (shown, named) == (result, str(file))
    assert (shown["stdout"], of_run["event"], of_run["at"]) == ("hello\n", {"name": "Zaphod"}, listed["at"])


@pytest.mark.parametrize("argument", [{"number": 2}, {"number": "1"}, {"uri": "untitled:1"}, {"uri": 5}])
async def test_a_run_that_is_not_kept_is_said(editor: StartEditor, flow: Path, argument: dict[str, Any]) -> None:
    client, file = await editor(), flow / "second" / "entry.py"
    await run(client, file, EVENT)
    assert await call(client, "pd.showRun", **{"uri": file.as_uri(), **argument}) is None
    assert client.shown == ["That run is not kept: run the step again, or ask for the list of its runs anew."]


async def test_a_document_that_never_ran_has_an_empty_list(editor: StartEditor, flow: Path) -> None:
    client = await editor()
    assert await call(client, "pd.lastRuns", uri=(flow / "first" / "entry.py").as_uri()) == []
    assert await call(client, "pd.lastRuns") == []


async def test_the_event_of_a_run_is_saved_when_the_person_says_so(editor: StartEditor, flow: Path) -> None:
    client, file = await editor(), flow / "second" / "entry.py"
    await run(client, file, EVENT)
    assert sorted(path.name for path in flow.iterdir()) == ["events", "second", "workflow.yaml"]
    saved = flow / "events" / "again.json"
    assert await call(client, "pd.saveEvent", uri=file.as_uri(), name="again") == {"file": str(saved)}
    assert json.loads(saved.read_text()) == {"event": {"name": "Zaphod"}}
    assert await call(client, "pd.saveEvent", uri=file.as_uri(), name="again") is None
    assert await call(client, "pd.saveEvent", uri=file.as_uri(), name="../again") is None
    assert ["is there already" in client.shown[0], "is no name for an event" in client.shown[1]] == [True, True]
    assert await call(client, "pd.saveEvent", uri=file.as_uri(), name="again", force=True) == {"file": str(saved)}


async def test_no_event_is_written_into_a_folder_that_is_not_trusted(editor: StartEditor, flow: Path) -> None:
    client, file = await editor(), flow / "second" / "entry.py"
    await run(client, file, EVENT)
    await client.leave()
    other = await editor(flow / "second" / "nowhere")
    assert await call(other, "pd.saveEvent", uri=file.as_uri(), name="again") is None
    assert "in a trusted folder" in other.shown[0]
    assert not (flow / "events" / "again.json").exists()


async def test_a_step_is_run_with_the_last_result_of_the_one_before(editor: StartEditor, flow: Path) -> None:
    client, second = await editor(sandbox=True), flow / "second" / "entry.py"
    first = await run(client, flow / "first" / "entry.py", FIRST)
    assert first["returned"] == {"key": "‹openai.api_key›", "n": 42}
    assert (await run(client, second, NUMBER))["returned"] == 42
    (notice,) = [text for stream, text in client.output if stream == "notice" and text.startswith("pd.steps has")]
    assert notice.startswith("pd.steps has results of runs here: first (")
    assert notice.endswith("). Without first.$return_value.key, where a secret was.")


async def test_a_step_that_would_read_a_blanked_value_does_not_start(editor: StartEditor, flow: Path) -> None:
    client, second = await editor(sandbox=True), flow / "second" / "entry.py"
    await run(client, flow / "first" / "entry.py", FIRST)
    assert await run(client, second, KEY) is None
    (said,) = client.shown
    assert said.startswith("The last result of first here has ‹openai.api_key› in $return_value.key where a secret was")
    assert f"`pd-lsp run --through {second} --sandbox --python " in said
    assert await call(client, "pd.lastRuns", uri=second.as_uri()) == []


async def test_runs_of_the_sandbox_feed_no_live_run(editor: StartEditor, flow: Path) -> None:
    client = await editor(sandbox=True)
    await run(client, flow / "first" / "entry.py", FIRST)
    await client.leave()
    live = await editor()
    result = await run(live, flow / "second" / "entry.py", NUMBER)
    assert (result["outcome"], result["error"]["type"]) == ("raised", "KeyError")


async def test_nothing_is_kept_where_that_is_switched_off(editor: StartEditor, flow: Path, own_folders: Path) -> None:
    configuration = own_folders / "config" / "pd-lsp" / "config.json"
    configuration.parent.mkdir(parents=True)
    configuration.write_text('{"keep_runs": false}')
    configuration.chmod(0o600)
    client, file = await editor(), flow / "second" / "entry.py"
    await run(client, file, EVENT)
    assert await call(client, "pd.lastRuns", uri=file.as_uri()) == []


async def test_that_a_run_can_not_be_kept_is_said_once(editor: StartEditor, flow: Path, own_folders: Path) -> None:
    place = own_folders / "state" / "pd-lsp" / "runs"
    place.parent.mkdir(parents=True, exist_ok=True)
    client, file = await editor(), flow / "second" / "entry.py"
    place.write_text("a file in the place of the folder")
    for _ in range(2):
        assert (await run(client, file, EVENT))["returned"] == {"name": "Zaphod"}
        assert await call(client, "pd.lastRuns", uri=file.as_uri()) == []
    (said,) = client.shown
    assert said.startswith("This run is not kept, so later steps do not find it. The folder ")
