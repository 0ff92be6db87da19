"""What an editor's view of workflows asks for: all of them, each step with its last run, and news when they change."""

from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types as lsp

from pd_lsp.cli.demo_client import EditorClient
from tests.e2e.conftest import StartEditor
from tests.e2e.test_running import until

WORKFLOW = """\
name: {name}
steps:
- {{namespace: trigger, uses: "ti_1@0.1.0"}}
- {{namespace: first, uses: "./first/entry.py"}}
- {{namespace: second, uses: "./second/entry.js"}}
"""
STEP = "def handler(pd):\n    return 1\n"


def flow(folder: Path, name: str) -> Path:
    place = folder / f"{name}-p_{name}"
    for step, text in {"first/entry.py": STEP, "second/entry.js": "export default {}\n"}.items():
        (place / step).parent.mkdir(parents=True)
        (place / step).write_text(text)
    (place / "workflow.yaml").write_text(WORKFLOW.format(name=name))
    return place


async def workflows(client: EditorClient, *arguments: Any) -> Any:
    asked = lsp.ExecuteCommandParams("pd.workflows", list(arguments))
    return (await client.workspace_execute_command_async(asked))["workflows"]


async def run(client: EditorClient, file: Path) -> Any:
    client.open(file.as_uri(), file.read_text())
    asked = lsp.ExecuteCommandParams("pd.runStep", [{"uri": file.as_uri()}])
    return await client.workspace_execute_command_async(asked)


def news(client: EditorClient) -> list[str]:
    """What the client has heard, but for the accounts that each session asks for when it begins."""
    return [what for what in client.changed if what != "accounts"]


def tell(client: EditorClient, file: Path, times: int = 1) -> None:
    changed = [lsp.FileEvent(file.as_uri(), lsp.FileChangeType.Changed)]
    for _ in range(times):
        client.workspace_did_change_watched_files(lsp.DidChangeWatchedFilesParams(changed))


async def test_each_workflow_has_the_steps_that_are_code_and_says_which_run_here(
    editor: StartEditor, tmp_path: Path
) -> None:
    later, sooner = flow(tmp_path, "zebra"), flow(tmp_path, "ant")
    found = await workflows(await editor())
    assert [one["uri"] for one in found] == [(place / "workflow.yaml").as_uri() for place in (sooner, later)]
    assert found[0] == {
        "uri": (sooner / "workflow.yaml").as_uri(),
        "name": "ant",
        "steps": [
            {"uri": (sooner / "first" / "entry.py").as_uri(), "name": "first", "handler": "handler", "last": None},
            {"uri": (sooner / "second" / "entry.js").as_uri(), "name": "second", "handler": None, "last": None},
        ],
        "problem": None,
    }


async def test_the_last_run_of_a_step_stands_beside_it_and_is_told_of(editor: StartEditor, tmp_path: Path) -> None:
    file = flow(tmp_path, "ant") / "first" / "entry.py"
    client = await editor()
    assert (await run(client, file))["outcome"] == "succeeded"
    await until(lambda: news(client) == ["runs"])
    [ant] = await workflows(client)
    last = ant["steps"][0]["last"]
    assert (last["outcome"], last["number"]) == ("succeeded", 1)
    assert last["at"].endswith("+00:00")
    client.close(file.as_uri())
    file.write_text("def handler(pd):\n    raise ValueError\n")
    assert (await run(client, file))["outcome"] == "raised"
    [ant] = await workflows(client)
    assert ant["steps"][0]["last"]["outcome"] == "raised", "asked at once, before any news"


async def test_a_workflow_that_changes_is_told_of_once_and_read_anew(editor: StartEditor, tmp_path: Path) -> None:
    place = flow(tmp_path, "ant")
    client = await editor()
    await workflows(client)
    (place / "workflow.yaml").write_text("name: bee\nsteps: []\n")
    tell(client, place / "workflow.yaml", times=100)
    await until(lambda: bool(news(client)))
    [bee] = await workflows(client)
    assert (bee["name"], bee["steps"]) == ("bee", [])
    assert news(client) == ["workflows"]


async def test_a_file_that_no_list_depends_on_is_no_news(editor: StartEditor, tmp_path: Path) -> None:
    place = flow(tmp_path, "ant")
    client = await editor()
    tell(client, place / ".env")
    tell(client, place / "workflow.yaml")
    await until(lambda: bool(news(client)))
    assert news(client) == ["workflows"]


async def test_a_workflow_that_can_not_be_read_is_listed_with_the_reason(editor: StartEditor, tmp_path: Path) -> None:
    place = flow(tmp_path, "ant")
    (place / "workflow.yaml").write_text("steps: [")
    [ant] = await workflows(client := await editor())
    assert (ant["name"], ant["steps"]) == (place.name, [])
    assert "is broken YAML" in ant["problem"]
    assert client.shown == []


async def test_folders_without_trust_are_not_looked_into(editor: StartEditor, tmp_path: Path) -> None:
    flow(tmp_path / "open", "ant")
    flow(tmp_path / "named", "bee")
    client = await editor(tmp_path / "open", options={"trustedFolders": []})
    assert await workflows(client) == []
    named = {"folders": [(tmp_path / "named").as_uri()]}
    client.protocol.notify("pd/trustedFolders", named)
    await until(lambda: client.changed == ["accounts", "workflows"])
    assert [one["name"] for one in await workflows(client)] == ["bee"]


async def test_a_workflow_outside_the_open_folder_is_listed_while_a_step_of_it_is_open(
    editor: StartEditor, tmp_path: Path
) -> None:
    opened, other = tmp_path / "open", flow(tmp_path / "other", "ant") / "first" / "entry.py"
    opened.mkdir()
    client = await editor(opened, options={"trustedFolders": [opened.as_uri(), other.parent.parent.as_uri()]})
    client.open(other.as_uri(), STEP)
    assert [one["name"] for one in await workflows(client)] == ["ant"]


async def test_two_folders_of_a_session_are_both_listed_and_nothing_twice(editor: StartEditor, tmp_path: Path) -> None:
    flow(tmp_path / "one", "ant")
    flow(tmp_path / "two" / "inner", "bee")
    trusted = [(tmp_path / name).as_uri() for name in ("one", "two", "two/inner")]
    client = await editor(tmp_path / "one", options={"trustedFolders": trusted})
    assert [one["name"] for one in await workflows(client)] == ["ant", "bee"]


async def test_who_asks_many_times_at_once_is_answered_each_time(editor: StartEditor, tmp_path: Path) -> None:
    for number in range(30):
        flow(tmp_path, f"flow{number}")
    client = await editor()
    asked = [client.workspace_execute_command_async(lsp.ExecuteCommandParams("pd.workflows")) for _ in range(100)]
    assert {len((await answer)["workflows"]) for answer in asked} == {30}


@pytest.mark.parametrize("arguments", [[None], [7], [[]], ["x"], [{}], [{"uri": 7}], [{}, {}]], ids=str)
async def test_whatever_an_editor_sends_with_it_the_list_is_the_same(
    editor: StartEditor, tmp_path: Path, arguments: list[Any]
) -> None:
    flow(tmp_path, "ant")
    client = await editor()
    assert [one["name"] for one in await workflows(client, *arguments)] == ["ant"]
    assert client.shown == []
