"""Trust and consent over the wire, and the ways in which they end."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types as lsp

from pd_lsp.cli.demo_client import EditorClient
from tests.e2e.conftest import StartEditor
from tests.e2e.test_running import FOR_EVER, run, started, step, until

ONE = "def handler(pd):\n    return 1\n"
OTHER = "def handler(pd):\n    return 'from elsewhere'\n"
PRINTS = "def handler(pd):\n    print('ran')\n"


async def again(client: EditorClient, uri: str, **argument: str) -> Any:
    """Runs a step that is open."""
    command = lsp.ExecuteCommandParams(command="pd.runStep", arguments=[{"uri": uri, **argument}])
    return await client.workspace_execute_command_async(command)


def save(client: EditorClient, uri: str, text: str) -> None:
    """As an editor saves: the file first, then the word of it."""
    Path(uri.removeprefix("file://")).write_text(text)
    client.text_document_did_save(lsp.DidSaveTextDocumentParams(text_document=lsp.TextDocumentIdentifier(uri=uri)))


class Person:
    """Says "always" the first time, and cancels whenever they are asked once more."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, question: str) -> str:
        self.asked.append(question)
        return "Always for this file" if len(self.asked) == 1 else "Cancel"


async def test_always_goes_on_for_what_the_editor_types_and_saves(editor: StartEditor, tmp_path: Path) -> None:
    person = Person()
    client, uri = await editor(answer=person), step(tmp_path, ONE)
    assert (await run(client, uri, ONE))["returned"] == 1
    client.change(uri, ONE.replace("1", "2"), 2)
    assert (await again(client, uri))["returned"] == 2
    client.change(uri, ONE.replace("1", "3"), 3)
    lenses = lsp.CodeLensParams(text_document=lsp.TextDocumentIdentifier(uri=uri))
    assert await client.text_document_code_lens_async(lenses)  # by now the server has the change, as in any editor
    save(client, uri, ONE.replace("1", "3"))
    client.change(uri, ONE.replace("1", "4"), 4)
    assert (await again(client, uri))["returned"] == 4
    assert len(person.asked) == 1


Reload = Callable[[EditorClient, str], None]


def reloaded(client: EditorClient, uri: str) -> None:
    client.change(uri, OTHER, 2)


def reloaded_and_typed(client: EditorClient, uri: str) -> None:
    client.change(uri, OTHER, 2)
    client.change(uri, OTHER + "\n", 3)


def reloaded_typed_and_saved(client: EditorClient, uri: str) -> None:
    reloaded_and_typed(client, uri)
    save(client, uri, OTHER + "\n")


def reloaded_in_another_form(client: EditorClient, uri: str) -> None:
    client.change(uri, OTHER.rstrip("\n"), 2)


@pytest.mark.parametrize("reload", [reloaded, reloaded_and_typed, reloaded_typed_and_saved, reloaded_in_another_form])
async def test_always_is_not_carried_over_to_what_came_from_elsewhere(
    editor: StartEditor, tmp_path: Path, reload: Reload
) -> None:
    person = Person()
    client, uri = await editor(answer=person), step(tmp_path, ONE)
    await run(client, uri, ONE)
    step(tmp_path, OTHER)
    reload(client, uri)
    assert await again(client, uri) is None
    assert len(person.asked) == 2


async def test_always_falls_when_a_dotenv_file_appears(editor: StartEditor, tmp_path: Path) -> None:
    person = Person()
    client, uri = await editor(answer=person), step(tmp_path, ONE)
    await run(client, uri, ONE)
    (tmp_path / ".env").write_text("A=1\n")
    assert await again(client, uri) is None
    assert f"Variables from {tmp_path.resolve() / '.env'}." in person.asked[1]


async def test_trust_that_is_lost_while_the_question_is_open_stops_the_run(editor: StartEditor, tmp_path: Path) -> None:
    def lose_trust(_question: str) -> str:
        client.protocol.notify("pd/trustedFolders", {"folders": []})
        return "Run once"

    client = await editor(sandbox=True, answer=lose_trust)
    text = 'def handler(pd):\n    print("ran")\n    return pd.inputs["openai"]["$auth"]\n'
    assert await run(client, step(tmp_path, text), text) is None
    assert client.output == []


async def test_a_stop_while_the_question_is_open_is_a_no(editor: StartEditor, tmp_path: Path) -> None:
    def stop(_question: str) -> str:
        client.workspace_execute_command(lsp.ExecuteCommandParams(command="pd.stopRun"))
        return "Run once"

    client = await editor(answer=stop)
    assert await run(client, step(tmp_path, PRINTS), PRINTS) is None
    assert client.output == []


async def test_a_run_ends_when_a_terminal_takes_the_trust_away(editor: StartEditor, tmp_path: Path) -> None:
    def trust(*arguments: str) -> None:
        command = [sys.executable, "-m", "pd_lsp", "trust", str(tmp_path), *arguments]
        subprocess.run(command, check=True, capture_output=True)

    trust()
    client = await editor()
    client.protocol.notify("pd/trustedFolders", {"folders": []})
    request, process = await started(client, step(tmp_path, FOR_EVER))
    trust("--remove")
    await until(lambda: not process.is_running())
    assert (await request)["outcome"] == "cancelled"


async def test_trust_in_something_that_is_no_uri_is_no_trust(editor: StartEditor, tmp_path: Path) -> None:
    client = await editor()
    client.protocol.notify("pd/trustedFolders", {"folders": ["file://[", 7, None]})
    assert await run(client, step(tmp_path, PRINTS), PRINTS) is None
    assert client.output == [("notice", client.shown[0])]


async def test_nobody_is_asked_for_accounts_without_trust(editor: StartEditor) -> None:
    client = await editor()
    client.protocol.notify("pd/trustedFolders", {"folders": []})
    command = lsp.ExecuteCommandParams(command="pd.refreshAccounts")
    assert await client.workspace_execute_command_async(command) is None
    assert "nobody is asked for accounts" in client.shown[0]


async def test_an_event_from_outside_of_the_folder_is_refused(editor: StartEditor, tmp_path: Path) -> None:
    folder, outside = tmp_path / "flow", tmp_path / "outside.json"
    folder.mkdir()
    outside.write_text('{"a": "private"}')
    person = Person()
    client = await editor(folder, answer=person)
    assert await run(client, step(folder, ONE), ONE, event=str(outside)) is None
    assert "leads out of flow" in client.shown[0]
    assert person.asked == []


async def test_one_file_under_two_names_is_run_once_at_a_time(editor: StartEditor, tmp_path: Path) -> None:
    client = await editor()
    request, _ = await started(client, step(tmp_path, FOR_EVER))
    other = (tmp_path / "step.py").as_uri().replace("step.py", "%73tep.py")
    assert await run(client, other, FOR_EVER) is None
    assert "still going" in client.shown[0]
    client.workspace_execute_command(lsp.ExecuteCommandParams(command="pd.stopRun", arguments=[{"uri": other}]))
    assert (await request)["outcome"] == "cancelled"


async def test_an_always_that_can_not_be_kept_is_a_sentence(
    editor: StartEditor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    client = await editor(answer="Always for this file")
    assert await run(client, step(tmp_path, ONE), ONE) is None
    assert "can't be made" in client.shown[0]


async def test_a_ranged_change_is_applied_though_whole_texts_were_asked_for(
    editor: StartEditor, tmp_path: Path
) -> None:
    def change(start: tuple[int, int], end: tuple[int, int], text: str, version: int) -> None:
        place = lsp.Range(start=lsp.Position(*start), end=lsp.Position(*end))
        client.text_document_did_change(
            lsp.DidChangeTextDocumentParams(
                text_document=lsp.VersionedTextDocumentIdentifier(uri=uri, version=version),
                content_changes=[lsp.TextDocumentContentChangePartial(range=place, text=text)],
            )
        )

    client, uri = await editor(), step(tmp_path, ONE)
    client.open(uri, ONE)
    change((1, 11), (1, 12), "'🙂'", 2)
    change((1, 15), (1, 15), " * 2", 3)
    assert (await again(client, uri))["returned"] == "🙂🙂"
    change((1, 5), (0, 0), "backwards", 4)
    assert await again(client, uri) is None
    client.change(uri, ONE, 5)
    assert (await again(client, uri))["returned"] == 1


async def test_of_several_accounts_the_person_chooses_one(editor: StartEditor, tmp_path: Path) -> None:
    asked: list[str] = []

    def choose(question: str) -> str:
        asked.append(question)
        return "octo-home (apn_githubhome)" if len(asked) == 1 else "Run once"

    client = await editor(sandbox=True, answer=choose)
    text = 'def handler(pd):\n    return sorted(pd.inputs["github"]["$auth"])\n'
    assert (await run(client, step(tmp_path, text), text))["outcome"] == "succeeded"
    assert asked[0] == "Which account of GitHub is pd.inputs['github'] in this run?"
    assert "github (octo-home)" in asked[1]


async def test_the_command_to_type_names_what_the_server_was_started_with(editor: StartEditor, tmp_path: Path) -> None:
    client = await editor(sandbox=True, asks=False)
    assert await run(client, step(tmp_path, ONE), ONE) is None
    assert "--sandbox --python /" in client.shown[0]
