"""Completion, code actions and lenses over the wire: one happy path each, and the texts that must not disturb them."""

from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types as lsp

from pd_lsp.cli.demo_client import EditorClient
from tests.e2e.conftest import StartEditor
from tests.marker import marked

STEP = """\
def handler(pd: "pipedream"):
    note = "😀"
    token = f'{pd.inputs["github_1"]["$auth"]["$0"]}'
    return 1
"""
WORKFLOW = """\
schema: workflow/2022.04
name: Flow
steps:
- namespace: first
  uses: "./first/entry.py"
- namespace: fetch
  uses: "./fetch/entry.py"
  props:
    __configurableProps:
    - app: github
      name: github_1
      type: app
    github_1:
      authProvisionId: apn_none
"""


def workspace(folder: Path, workflow: str = WORKFLOW) -> Path:
    """A synced workflow of two steps; the file of its second."""
    (folder / "flow-p_1" / "fetch").mkdir(parents=True)
    (folder / "flow-p_1" / "workflow.yaml").write_text(workflow)
    file = folder / "flow-p_1" / "fetch" / "entry.py"
    file.write_text("")
    return file


def open_marked(client: EditorClient, uri: str, text: str, version: int = 1) -> lsp.Position:
    """Opens or changes a document; the place of its `$0`."""
    clean, offset = marked(text)
    if version == 1:
        client.open(uri, clean)
    else:
        client.change(uri, clean, version)
    before = clean[:offset].split("\n")
    return lsp.Position(len(before) - 1, len(before[-1].encode("utf-16-le")) // 2)


async def complete_at(client: EditorClient, uri: str, position: lsp.Position) -> lsp.CompletionList:
    parameters = lsp.CompletionParams(text_document=lsp.TextDocumentIdentifier(uri=uri), position=position)
    found = await client.text_document_completion_async(parameters)
    assert isinstance(found, lsp.CompletionList)
    return found


async def accounts_known(client: EditorClient) -> None:
    command = lsp.ExecuteCommandParams(command="pd.refreshAccounts", arguments=[])
    assert await client.workspace_execute_command_async(command)


async def test_the_keys_of_a_connected_account_are_completed(editor: StartEditor, tmp_path: Path) -> None:
    uri = workspace(tmp_path).as_uri()
    client = await editor(sandbox=True)
    await accounts_known(client)
    found = await complete_at(client, uri, open_marked(client, uri, STEP))
    assert "oauth_access_token" in [item.label for item in found.items]
    assert not found.is_incomplete


async def test_a_completion_is_plain_text_with_its_own_edit(editor: StartEditor, tmp_path: Path) -> None:
    uri = workspace(tmp_path).as_uri()
    client = await editor(sandbox=True)
    await accounts_known(client)
    position = open_marked(client, uri, 'def handler(pd):\n    "😀"; pd.inputs["slack"]["$0')
    [auth] = (await complete_at(client, uri, position)).items
    assert (auth.label, auth.insert_text_format) == ("$auth", lsp.InsertTextFormat.PlainText)
    assert isinstance(auth.text_edit, lsp.TextEdit)
    assert (auth.text_edit.new_text, auth.text_edit.range) == ('$auth"]', lsp.Range(position, position))


async def test_completion_follows_the_text_as_it_changes(editor: StartEditor, tmp_path: Path) -> None:
    uri = workspace(tmp_path).as_uri()
    client = await editor(sandbox=True)
    await accounts_known(client)
    open_marked(client, uri, "$0")
    labels = {}
    for version, key in enumerate(["slack", "openai"], start=2):
        text = f'def handler(pd):\n    return pd.inputs["{key}"]["$auth"]["$0"]\n'
        labels[key] = [
            item.label for item in (await complete_at(client, uri, open_marked(client, uri, text, version))).items
        ]
    assert "oauth_access_token" in labels["slack"]
    assert labels["openai"] == ["api_key"]


async def test_a_list_of_accounts_that_nobody_could_give_is_marked_incomplete(
    editor: StartEditor, tmp_path: Path
) -> None:
    uri = workspace(tmp_path).as_uri()
    client = await editor()
    found = await complete_at(client, uri, open_marked(client, uri, 'def handler(pd):\n    pd.inputs["$0"]\n'))
    assert found.is_incomplete


async def test_a_template_makes_a_whole_step_of_an_empty_file(editor: StartEditor, tmp_path: Path) -> None:
    uri = workspace(tmp_path).as_uri()
    client = await editor(sandbox=True)
    await accounts_known(client)
    client.open(uri, "")
    [edit] = await edits_of_action(client, uri, "Insert OpenAI", lsp.Position(0, 0))
    assert "def handler(" in edit.new_text
    assert 'pd.inputs["openai"]["$auth"]["api_key"]' in edit.new_text


async def test_a_template_becomes_lines_inside_an_existing_handler(editor: StartEditor, tmp_path: Path) -> None:
    uri = workspace(tmp_path).as_uri()
    client = await editor(sandbox=True)
    await accounts_known(client)
    client.open(uri, 'def handler(pdm: "pipedream"):\n  x = 1\n  \n  return x\n')
    edits = await edits_of_action(client, uri, "Insert OpenAI", lsp.Position(2, 2))
    inserted = "".join(edit.new_text for edit in edits)
    assert 'pdm.inputs["openai"]["$auth"]["api_key"]' in inserted
    assert "def handler" not in inserted


async def edits_of_action(client: EditorClient, uri: str, title: str, place: lsp.Position) -> list[lsp.TextEdit]:
    """The edits of the first code action whose title begins with `title`."""
    parameters = lsp.CodeActionParams(
        text_document=lsp.TextDocumentIdentifier(uri=uri),
        range=lsp.Range(place, place),
        context=lsp.CodeActionContext(diagnostics=[]),
    )
    actions = await client.text_document_code_action_async(parameters) or []
    chosen = next(action for action in actions if action.title.startswith(title))
    assert isinstance(chosen, lsp.CodeAction)
    assert chosen.edit and chosen.edit.changes  # noqa: PT018 - one thought
    return list(chosen.edit.changes[uri])


async def lenses(client: EditorClient, uri: str) -> list[tuple[int, str, Any]]:
    parameters = lsp.CodeLensParams(text_document=lsp.TextDocumentIdentifier(uri=uri))
    found = await client.text_document_code_lens_async(parameters) or []
    return [(lens.range.start.line, lens.command.title, lens.command.arguments) for lens in found if lens.command]


async def test_a_lens_above_the_handler_runs_the_step(editor: StartEditor, tmp_path: Path) -> None:
    uri = workspace(tmp_path).as_uri()
    client = await editor()
    client.open(uri, "import os\n\ndef handler(pd):\n    return 1\n")
    assert await lenses(client, uri) == [(2, "▶ Run step", ({"uri": uri, "handler": "handler"},))]


TEXTS = {
    "an empty file": "",
    "a syntax error": "def handler(pd:\n    return (((\n",
    "no handler": "print('hello')\n",
    "two handlers": "def handler(pd):\n    pass\n\ndef handler(pd):\n    pass\n",
    "a handler named with pdm": "def handler(pdm):\n    return pdm.inputs[\n",
    "only a quote": '"',
    "a lone surrogate": "x = '\\ud800'\ndef handler(pd):\n    pass\n",
    "no last newline": "def handler(pd): return pd.inputs['",
    "every kind of line end": "a = 1\r\ndef handler(pd):\r    pass\n",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
async def test_no_text_keeps_the_server_from_answering(editor: StartEditor, tmp_path: Path, text: str) -> None:
    uri = workspace(tmp_path).as_uri()
    client = await editor()
    client.open(uri, text)
    for line in range(5):
        await complete_at(client, uri, lsp.Position(line, 40))
    await lenses(client, uri)
    assert client.shown == []


async def test_a_document_that_no_file_holds_is_answered_too(editor: StartEditor) -> None:
    client = await editor()
    client.open("untitled:Untitled-1", "def handler(pd):\n    return 1\n")
    assert [title for _, title, _ in await lenses(client, "untitled:Untitled-1")] == ["▶ Run step"]


async def test_a_broken_workflow_is_said_once_and_completion_goes_on(editor: StartEditor, tmp_path: Path) -> None:
    uri = workspace(tmp_path, "steps: [\n").as_uri()
    client = await editor(sandbox=True)
    await accounts_known(client)
    position = open_marked(client, uri, 'def handler(pd):\n    pd.inputs["$0"]\n')
    for _ in range(3):
        assert (await complete_at(client, uri, position)).items
    assert client.shown == ["flow-p_1/workflow.yaml is broken YAML in line 2: mend it, or pull it again."]


async def test_a_step_without_a_workflow_is_offered_the_connected_apps(editor: StartEditor, tmp_path: Path) -> None:
    file = tmp_path / "lone.py"
    client = await editor(sandbox=True)
    await accounts_known(client)
    found = await complete_at(
        client, file.as_uri(), open_marked(client, file.as_uri(), 'def handler(pd):\n    pd.inputs["$0"]\n')
    )
    assert "slack" in [item.label for item in found.items]
