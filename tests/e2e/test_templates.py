"""Finding the template of any app, and inserting it, as an editor with a list to search in does it."""

import ast
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types as lsp

from pd_lsp.cli.demo_client import EditorClient
from tests.e2e.conftest import StartEditor

STEP = 'def handler(pd: "pipedream"):\n    pass\n'


async def command(client: EditorClient, name: str, **argument: Any) -> Any:
    return await client.workspace_execute_command_async(lsp.ExecuteCommandParams(command=name, arguments=[argument]))


async def actions(client: EditorClient, uri: str, only: list[str] | None = None) -> dict[str, Any]:
    """The actions at the second line, by title; `only` those of some kinds."""
    caret = lsp.Range(lsp.Position(1, 4), lsp.Position(1, 4))
    asked = lsp.CodeActionParams(lsp.TextDocumentIdentifier(uri), caret, lsp.CodeActionContext([], only=only))
    return {action.title: action for action in await client.text_document_code_action_async(asked) or []}


async def test_apps_are_found_by_letters_of_their_name_the_connected_ones_first(
    editor: StartEditor, tmp_path: Path
) -> None:
    client = await editor(sandbox=True)
    uri = (tmp_path / "step.py").as_uri()
    client.open(uri, STEP)
    await command(client, "pd.refreshAccounts")
    own = (await command(client, "pd.templates", uri=uri))["apps"]
    assert all(app["connected"] and app["templates"] for app in own)
    found = (await command(client, "pd.templates", uri=uri, search="slack"))["apps"]
    assert [app["connected"] for app in found] == sorted((app["connected"] for app in found), reverse=True)
    assert {"slack", "slack_v2", "slack_bot"} <= {app["app"] for app in found}
    assert (await command(client, "pd.templates", search="no such app"))["apps"] == []


async def test_the_action_for_another_app_names_the_command_of_the_editor_and_the_place(
    editor: StartEditor, tmp_path: Path
) -> None:
    client = await editor(sandbox=True)
    uri = (tmp_path / "step.py").as_uri()
    client.open(uri, STEP)
    action = (await actions(client, uri))["Insert template for another app…"]
    command = ast.literal_eval(action.command)  # lsprotocol takes an action without an edit for a bare command
    assert command["command"] == "pdLsp.insertTemplate"
    assert command["arguments"] == [{"uri": uri, "position": {"line": 1, "character": 4}}]


async def test_an_editor_without_a_list_to_search_in_is_not_offered_it(editor: StartEditor, tmp_path: Path) -> None:
    client = await editor(sandbox=True, speaks_pd=False)
    uri = (tmp_path / "step.py").as_uri()
    client.open(uri, STEP)
    assert "Insert template for another app…" not in await actions(client, uri)


async def test_an_editor_that_asks_for_some_kinds_alone_gets_no_other(editor: StartEditor, tmp_path: Path) -> None:
    client = await editor(sandbox=True)
    uri = (tmp_path / "step.py").as_uri()
    client.open(uri, STEP)
    everything = await actions(client, uri)
    assert "Insert template for another app…" in everything
    assert await actions(client, uri, only=["quickfix", "refactor.inline", "ref"]) == {}
    assert (await actions(client, uri, only=["refactor"])).keys() == everything.keys()
    assert (await actions(client, uri, only=[""])).keys() == everything.keys()


async def test_a_chosen_template_is_put_into_the_document(editor: StartEditor, tmp_path: Path) -> None:
    client = await editor(sandbox=True)
    uri = (tmp_path / "step.py").as_uri()
    client.open(uri, STEP)
    await command(client, "pd.refreshAccounts")
    place = {"line": 1, "character": 4}
    assert await command(client, "pd.insertTemplate", uri=uri, position=place, app="stripe", template=0)
    [edit] = client.applied
    assert edit.changes
    texts = "".join(change.new_text for change in edit.changes[uri])
    assert 'pd.inputs["stripe"]["$auth"]["api_key"]' in texts
    assert any("No account of Stripe is connected yet" in said for said in client.shown)


@pytest.mark.parametrize(
    "argument",
    [
        {},
        {"position": {"line": 1, "character": 4}, "app": "no_such_app"},
        {"position": {"line": 1, "character": 4}, "app": "stripe", "template": 99},
        {"position": {"line": 1, "character": 4}, "app": "stripe", "template": True},
        {"position": {"line": -1, "character": 4}, "app": "stripe"},
        {"position": "here", "app": "stripe"},
        {"position": {"line": 1, "character": 4}, "app": ["stripe"]},
    ],
)
async def test_what_can_not_be_inserted_is_said_and_changes_nothing(
    argument: dict[str, Any], editor: StartEditor, tmp_path: Path
) -> None:
    client = await editor(sandbox=True)
    uri = (tmp_path / "step.py").as_uri()
    client.open(uri, STEP)
    assert await command(client, "pd.insertTemplate", uri=uri, **argument) is None
    assert len(client.shown) == 1
    assert client.applied == []


@pytest.mark.parametrize(
    ("app", "said"),
    [
        (
            "github",
            "This step has no GitHub yet: add the app to it in Pipedream, or choose “Add GitHub (…) to this step",
        ),
        ("stripe", "This step has no Stripe yet: add the app to it in Pipedream."),
    ],
)
async def test_what_the_step_still_lacks_for_a_chosen_template_is_said(
    app: str, said: str, editor: StartEditor, tmp_path: Path
) -> None:
    step = tmp_path / "flow-p_1" / "post" / "entry.py"
    step.parent.mkdir(parents=True)
    step.write_text(STEP)
    (tmp_path / "flow-p_1" / "workflow.yaml").write_text(
        "schema: workflow/2022.04\nsteps:\n- namespace: post\n  runtime: python3.12\n  uses: ./post/entry.py\n"
    )
    client = await editor(sandbox=True)
    client.open(step.as_uri(), STEP)
    await command(client, "pd.refreshAccounts")
    place = {"line": 1, "character": 4}
    assert await command(client, "pd.insertTemplate", uri=step.as_uri(), position=place, app=app, template=0)
    assert any(one.startswith(said) for one in client.shown), client.shown
