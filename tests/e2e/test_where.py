"""Where a document may be: in one of several folders, outside them all, or in no file."""

from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types as lsp

from pd_lsp.cli.demo_client import EditorClient
from tests.e2e.conftest import StartEditor
from tests.e2e.test_editing import accounts_known, complete_at, open_marked, workspace
from tests.e2e.test_running import run

HALF = 'def handler(pd):\n    return pd.inputs["slack"]["$auth"]["$0'
STEP = "def handler(pd):\n    return 1\n"


async def keys_at(client: EditorClient, uri: str, text: str = HALF) -> list[str]:
    found = await complete_at(client, uri, open_marked(client, uri, text))
    return [item.label for item in found.items]


def change_folders(client: EditorClient, *, added: tuple[Path, ...] = (), removed: tuple[Path, ...] = ()) -> None:
    def named(folders: tuple[Path, ...]) -> list[lsp.WorkspaceFolder]:
        return [lsp.WorkspaceFolder(uri=folder.as_uri(), name=folder.name) for folder in folders]

    event = lsp.WorkspaceFoldersChangeEvent(added=named(added), removed=named(removed))
    client.workspace_did_change_workspace_folders(lsp.DidChangeWorkspaceFoldersParams(event=event))


@pytest.mark.parametrize(
    "uri",
    [
        "untitled:Untitled-1",
        "untitled:/nowhere/step.py",
        "git:/project/step.py?%7B%22ref%22%3A%22~%22%7D",
        "vscode-notebook-cell:/project/notes.ipynb#W0sZmlsZQ%3D%3D",
        "file://server/share/step.py",
        "file:///c%3A/project/step.py",
    ],
)
async def test_a_document_that_is_no_file_here_is_completed_and_does_not_run(editor: StartEditor, uri: str) -> None:
    client = await editor(sandbox=True)
    await accounts_known(client)
    assert "oauth_access_token" in await keys_at(client, uri)
    assert await run(client, uri, STEP) is None
    assert client.shown == ["Open the step as a file in the editor, then run it."]


async def test_a_file_outside_the_workspace_is_completed_and_does_not_run(editor: StartEditor, tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "open", tmp_path / "elsewhere"
    folder.mkdir()
    elsewhere.mkdir()
    file = elsewhere / "step.py"
    file.write_text(STEP)
    client = await editor(folder, sandbox=True)
    await accounts_known(client)
    assert "oauth_access_token" in await keys_at(client, file.as_uri())
    assert await run(client, file.as_uri(), STEP) is None
    [refusal] = client.shown
    assert refusal.startswith("elsewhere is not trusted, so nothing in it runs: trust the folder in the editor")


async def test_a_sentence_on_trust_names_the_nearest_folder_that_is_open(editor: StartEditor, tmp_path: Path) -> None:
    outer, inner = tmp_path / "outer", tmp_path / "outer" / "inner"
    (inner / "step").mkdir(parents=True)
    file = inner / "step" / "entry.py"
    file.write_text(STEP)
    named = []
    client = await editor(tmp_path / "other")
    for added, removed in (((outer, inner), ()), ((), (inner,)), ((), (outer,))):
        change_folders(client, added=added, removed=removed)
        await run(client, file.as_uri(), STEP)
        named.append(client.shown[-1].partition(" is not trusted")[0])
    assert named == ["inner", "outer", "step"]


async def test_a_folder_that_is_added_is_as_good_as_one_that_was_there(editor: StartEditor, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        folder.mkdir()
    uri = workspace(second).as_uri()
    client = await editor(first, sandbox=True)
    await accounts_known(client)
    change_folders(client, added=(second,))
    client.protocol.notify("pd/trustedFolders", {"folders": [first.as_uri(), second.as_uri()]})
    assert "github_1" in await keys_at(client, uri, 'def handler(pd):\n    pd.inputs["$0')


async def test_one_file_under_two_spellings_is_two_documents(editor: StartEditor, tmp_path: Path) -> None:
    uri = (tmp_path / "step.py").as_uri()
    other = uri.replace("step.py", "st%65p.py")
    client = await editor(sandbox=True)
    await accounts_known(client)
    assert "oauth_access_token" in await keys_at(client, uri)
    assert await keys_at(client, other, 'def handler(pd):\n    return pd.inputs["openai"]["$auth"]["$0') == ["api_key"]
    assert "oauth_access_token" in await labels_again(client, uri)


async def labels_again(client: EditorClient, uri: str) -> list[str]:
    """What is offered at the end of the text that is open there already."""
    last = HALF.removesuffix("$0").split("\n")
    return [item.label for item in (await complete_at(client, uri, lsp.Position(1, len(last[1])))).items]


@pytest.mark.parametrize("name", ["a b.py", "é.py", "50%.py", "x#y.py", "q?.py"])
async def test_a_name_that_a_uri_has_to_escape_is_found(editor: StartEditor, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(STEP)
    client = await editor()
    result: Any = await run(client, (tmp_path / name).as_uri(), STEP)
    assert result["returned"] == 1


async def test_a_text_with_a_byte_order_mark_runs(editor: StartEditor, tmp_path: Path) -> None:
    (tmp_path / "step.py").write_text("\ufeff" + STEP)
    client = await editor()
    result: Any = await run(client, (tmp_path / "step.py").as_uri(), "\ufeff" + STEP)
    assert result["returned"] == 1


async def test_in_a_text_past_the_budget_a_key_is_completed_from_the_lines_around_it(
    editor: StartEditor, tmp_path: Path
) -> None:
    uri = (tmp_path / "step.py").as_uri()
    client = await editor(sandbox=True)
    await accounts_known(client)
    filler = "def f(x):\n    return [x] * 40\n" * 40_000
    position = open_marked(client, uri, f"{filler}{HALF}\n{filler}")
    found = {item.label: item.text_edit for item in (await complete_at(client, uri, position)).items}
    edit = found["oauth_access_token"]
    assert isinstance(edit, lsp.TextEdit)
    assert (edit.range, edit.new_text) == (lsp.Range(position, position), 'oauth_access_token"]')
    assert len(client.shown) == 1
    assert "completes from the lines around the caret" in client.shown[0]
