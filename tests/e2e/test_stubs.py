"""Type stubs over the wire: the action at a handler, and the command behind it."""

import os
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types as lsp

from pd_lsp.cli.demo_client import EditorClient
from tests.e2e.conftest import StartEditor
from tests.stubs.conftest import copy_of_examples

STUB = "typings/__builtins__.pyi"
TITLE = "Write type stubs for this project"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return copy_of_examples(tmp_path)


def opened(client: EditorClient, project: Path) -> str:
    """Opens a step of the project; its URI."""
    step = project / "new-sign-up-p_V9Ch2Lk" / "parse_body" / "entry.py"
    client.open(step.as_uri(), step.read_text())
    return step.as_uri()


async def is_offered(client: EditorClient, uri: str) -> bool:
    """Whether the action is offered at the handler."""
    place = lsp.Position(line=3, character=8)
    found = await client.text_document_code_action_async(
        lsp.CodeActionParams(lsp.TextDocumentIdentifier(uri), lsp.Range(place, place), lsp.CodeActionContext([]))
    )
    return TITLE in [one.title for one in found or []]


async def write_stub(client: EditorClient, *arguments: Any) -> Any:
    """What the command of the action answers."""
    return await client.workspace_execute_command_async(
        lsp.ExecuteCommandParams("pd.writeStub", arguments=[*arguments])
    )


async def test_the_action_writes_a_stub_and_is_then_gone_until_a_step_changes(
    editor: StartEditor, project: Path
) -> None:
    client = await editor(project, sandbox=True)
    uri = opened(client, project)
    assert await is_offered(client, uri)
    assert await write_stub(client, {"uri": uri}) == {
        "folder": str(project),
        "files": [{"name": STUB, "written": True}],
    }
    assert "class _Auth_openai(TypedDict):" in (project / STUB).read_text()
    assert not await is_offered(client, uri)
    later = (project / STUB).stat().st_mtime + 10
    os.utime(project / "new-sign-up-p_V9Ch2Lk" / "workflow.yaml", (later, later))
    assert await is_offered(client, uri)


async def test_a_file_of_the_persons_own_is_said_and_left(editor: StartEditor, project: Path) -> None:
    (project / "typings").mkdir()
    (project / STUB).write_text("answer: int\n")
    client = await editor(project)
    assert await write_stub(client, {"uri": opened(client, project)}) is None
    assert [one for one in client.shown if "is a file of your own" in one]
    assert (project / STUB).read_text() == "answer: int\n"


async def test_nothing_is_written_in_a_folder_that_is_not_trusted(
    editor: StartEditor, project: Path, tmp_path: Path
) -> None:
    trusted = tmp_path / "trusted"
    trusted.mkdir()
    client = await editor(trusted)
    uri = opened(client, project)
    assert not await is_offered(client, uri)
    assert await write_stub(client, {"uri": uri}) is None
    assert [one for one in client.shown if "trust its folder" in one]
    assert not (project / "typings").exists()


@pytest.mark.parametrize("argument", [[], [{}], [{"uri": "untitled:1"}], [{"uri": 1}], ["x"]])
async def test_an_odd_argument_writes_nothing(editor: StartEditor, project: Path, argument: list[Any]) -> None:
    client = await editor(project)
    assert await write_stub(client, *argument) is None
    assert not (project / "typings").exists()
