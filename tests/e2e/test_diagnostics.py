"""Diagnostics over the wire: asked for or sent, and found anew when anything that they depend on has changed."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcMethodNotFound

from pd_lsp.cli.demo_client import EditorClient
from tests.e2e.conftest import StartEditor
from tests.e2e.test_editing import accounts_known
from tests.e2e.test_running import until

WORKFLOW = """\
name: Flow
steps:
- {namespace: first, uses: ./first/entry.py}
- {namespace: second, uses: ./second/entry.py}
"""
FIRST = 'def handler(pd):\n    return {"a": 1}\n'
WRONG_STEP = 'def handler(pd: "pipedream"):\n    return pd.steps["frist"]\n'
WRONG_OUTPUT = 'def handler(pd: "pipedream"):\n    return pd.steps["first"]["total"]\n'
WRONG_APP = 'def handler(pd: "pipedream"):\n    return len(pd.inputs["trello"]["$auth"]["oauth_access_token"])\n'
pytestmark = pytest.mark.usefixtures("workspace")


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workflow of two steps in a folder of the workspace."""
    folder = tmp_path / "flow-p_1"
    for step, text in {"first": FIRST, "second": ""}.items():
        (folder / step).mkdir(parents=True)
        (folder / step / "entry.py").write_text(text)
    (folder / "workflow.yaml").write_text(WORKFLOW)
    return folder


@pytest.fixture
def uri(workspace: Path) -> str:
    return (workspace / "second" / "entry.py").as_uri()


async def pulled(client: EditorClient, uri: str) -> list[str]:
    """The codes of the diagnostics that the editor gets when it asks."""
    asked = lsp.DocumentDiagnosticParams(text_document=lsp.TextDocumentIdentifier(uri=uri))
    report = await client.text_document_diagnostic_async(asked)
    assert isinstance(report, lsp.RelatedFullDocumentDiagnosticReport)
    return [str(item.code) for item in report.items]


async def sent(client: EditorClient, uri: str, codes: list[str | None]) -> lsp.PublishDiagnosticsParams:
    """Waits until the server has sent just these codes for a document."""

    def last() -> list[lsp.PublishDiagnosticsParams]:
        return client.published.get(uri, [])[-1:]

    await until(lambda: [[item.code for item in one.diagnostics] for one in last()] == [codes])
    return last()[0]


async def asked_again(client: EditorClient, times: int) -> None:
    """Waits until the server has asked more often than `times` to be asked."""
    await until(lambda: client.asked_to_pull > times)


async def until_pulled(client: EditorClient, uri: str, codes: list[str]) -> None:
    """Asks each time that the server asks to be asked, until it answers with just these codes."""
    asked = client.asked_to_pull
    while await pulled(client, uri) != codes:
        await asked_again(client, asked)
        asked = client.asked_to_pull


async def until_pulled_after(client: EditorClient, uri: str, codes: list[str]) -> None:
    """Asks once more after the server has asked to be asked."""
    await asked_again(client, client.asked_to_pull)
    assert await pulled(client, uri) == codes


def has_changed(client: EditorClient, file: Path) -> None:
    """What an editor says that watches the file."""
    event = lsp.FileEvent(uri=file.as_uri(), type=lsp.FileChangeType.Changed)
    client.workspace_did_change_watched_files(lsp.DidChangeWatchedFilesParams(changes=[event]))


async def test_an_editor_that_asks_is_answered_and_sent_nothing(editor: StartEditor, uri: str) -> None:
    client = await editor()
    client.open(uri, WRONG_STEP)
    assert await pulled(client, uri) == ["unknown-step"]
    client.change(uri, WRONG_STEP.replace("frist", "first"), 2)
    assert await pulled(client, uri) == []
    assert client.published == {}


async def test_an_editor_that_never_asks_is_sent_them_with_their_version(editor: StartEditor, uri: str) -> None:
    client = await editor(pulls=False)
    client.open(uri, WRONG_STEP)
    found = await sent(client, uri, ["unknown-step"])
    assert (found.version, found.diagnostics[0].range.start) == (1, lsp.Position(1, 20))
    client.change(uri, WRONG_STEP.replace("frist", "first"), 2)
    assert (await sent(client, uri, [])).version == 2


async def test_an_editor_that_can_not_be_told_to_ask_again_is_sent_them_and_does_not_ask(
    editor: StartEditor, uri: str
) -> None:
    client = await editor(told_to=False)
    client.open(uri, WRONG_STEP)
    await sent(client, uri, ["unknown-step"])
    with pytest.raises(JsonRpcMethodNotFound):
        await pulled(client, uri)
    client.change(uri, "def handler(pd):\n    raise ValueError(1)\n", 2)
    await client.workspace_execute_command_async(lsp.ExecuteCommandParams("pd.runStep", [{"uri": uri}]))
    found = await sent(client, uri, [None])
    assert found.diagnostics[0].message == "ValueError: 1"
    assert client.asked_to_pull == 0


async def test_only_an_editor_that_asks_is_told_that_it_may(tmp_path: Path) -> None:
    said = {}
    for capabilities in ({}, {"pulls": False}, {"told_to": False}):
        client = EditorClient()
        await client.start([sys.executable, "-m", "pd_lsp", "serve", "--stdio"])
        joined = await client.join(tmp_path, **capabilities)
        said[str(capabilities)] = joined.capabilities.diagnostic_provider is not None
        await client.leave()
    assert [*said.values()] == [True, False, False]


async def test_closing_takes_back_what_was_sent(editor: StartEditor, uri: str) -> None:
    client = await editor(pulls=False)
    client.open(uri, WRONG_STEP)
    await sent(client, uri, ["unknown-step"])
    client.close(uri)
    assert (await sent(client, uri, [])).version is None


async def test_the_fix_of_a_diagnostic_is_offered_with_it(editor: StartEditor, uri: str) -> None:
    client = await editor()
    client.open(uri, WRONG_STEP)
    place = lsp.Range(lsp.Position(1, 22), lsp.Position(1, 22))
    asked = lsp.CodeActionParams(
        text_document=lsp.TextDocumentIdentifier(uri=uri), range=place, context=lsp.CodeActionContext(diagnostics=[])
    )
    actions: Any = await client.text_document_code_action_async(asked)
    fixes = {action.title: action for action in actions if getattr(action, "kind", None) == lsp.CodeActionKind.QuickFix}
    assert list(fixes) == ["Change to 'first'", "Ignore unknown-step on this line"]
    [edit] = fixes["Change to 'first'"].edit.changes[uri]
    assert edit.new_text == '"first"'


async def test_an_editor_that_asks_is_asked_to_ask_again_when_the_accounts_arrive(
    editor: StartEditor, uri: str, workspace: Path
) -> None:
    (workspace / "workflow.yaml").unlink()
    client = await editor(sandbox=True)
    client.open(uri, WRONG_APP)
    await accounts_known(client)
    await asked_again(client, 0)
    await until_pulled(client, uri, ["app-not-connected"])


async def test_an_editor_that_never_asks_is_sent_them_anew_when_the_accounts_arrive(
    editor: StartEditor, uri: str, workspace: Path
) -> None:
    (workspace / "workflow.yaml").unlink()
    client = await editor(sandbox=True, pulls=False)
    client.open(uri, WRONG_APP)
    await sent(client, uri, ["app-not-connected"])


async def test_nothing_is_said_before_the_accounts_are_known(editor: StartEditor, uri: str, workspace: Path) -> None:
    (workspace / "workflow.yaml").unlink()
    client = await editor()
    client.open(uri, WRONG_APP)
    assert await pulled(client, uri) == []


@pytest.mark.parametrize("pulls", [True, False])
async def test_a_workflow_that_changes_on_disk_counts_at_once(
    editor: StartEditor, uri: str, workspace: Path, pulls: bool
) -> None:
    client = await editor(pulls=pulls)
    client.open(uri, WRONG_STEP)
    file = workspace / "workflow.yaml"
    for name, codes in (("frist", []), ("first", ["unknown-step"]), ("frist", []), ("first", ["unknown-step"])):
        file.write_text(WORKFLOW.replace("namespace: first", f"namespace: {name}"))
        has_changed(client, file)
        if pulls:
            await until_pulled_after(client, uri, codes)
        else:
            await sent(client, uri, codes)


async def test_a_step_before_it_counts_as_it_is_in_the_editor_and_then_on_disk(
    editor: StartEditor, uri: str, workspace: Path
) -> None:
    client = await editor(pulls=False)
    client.open(uri, WRONG_OUTPUT)
    await sent(client, uri, ["unknown-output"])
    first = workspace / "first" / "entry.py"
    client.open(first.as_uri(), 'def handler(pd):\n    pd.export("total", 1)\n')
    await sent(client, uri, [])
    client.close(first.as_uri())
    await sent(client, uri, ["unknown-output"])
    first.write_text('def handler(pd):\n    pd.export("total", 2)\n')
    has_changed(client, first)
    await sent(client, uri, [])


async def test_the_project_sets_levels_and_the_editor_counts_before_it(
    editor: StartEditor, uri: str, tmp_path: Path
) -> None:
    client = await editor(pulls=False)
    client.open(uri, WRONG_STEP)
    await sent(client, uri, ["unknown-step"])
    (tmp_path / "pd-lsp.json").write_text(json.dumps({"rules": {"unknown-step": "off"}}))
    has_changed(client, tmp_path / "pd-lsp.json")
    await sent(client, uri, [])
    settings = {"pdLsp": {"rules": {"unknown-step": "hint"}}}
    client.workspace_did_change_configuration(lsp.DidChangeConfigurationParams(settings=settings))
    found = await sent(client, uri, ["unknown-step"])
    assert found.diagnostics[0].severity == lsp.DiagnosticSeverity.Hint


async def test_levels_come_with_the_start_and_wrong_ones_are_said_once(editor: StartEditor, uri: str) -> None:
    rules = {"unknown-step": "off", "unknown-stepp": "off", "later-step": "loud"}
    client = await editor(options={"rules": rules})
    client.open(uri, WRONG_STEP)
    assert await pulled(client, uri) == []
    client.workspace_did_change_configuration(lsp.DidChangeConfigurationParams(settings={"pdLsp": {"rules": rules}}))
    assert await pulled(client, uri) == []
    assert sorted(client.shown) == [
        "There is no rule 'unknown-stepp', as your editor says. Did you mean unknown-step?",
        "your editor sets later-step to 'loud': write one of error, warning, information, hint, off.",
    ]


async def test_an_empty_list_of_rules_as_lua_writes_an_empty_table_sets_none(editor: StartEditor, uri: str) -> None:
    client = await editor(options={"rules": []}, settings=[])
    client.open(uri, WRONG_STEP)
    assert await pulled(client, uri) == ["unknown-step"]
    client.workspace_did_change_configuration(lsp.DidChangeConfigurationParams(settings={"pdLsp": {"rules": []}}))
    assert len(await pulled(client, uri)) == 1
    assert client.shown == []


async def test_nothing_is_asked_of_an_editor_before_it_has_an_answer_to_its_first_request(editor: StartEditor) -> None:
    client = await editor(options={"rules": {"unknown-step": "off"}})
    assert client.asked_to_pull == 0  # what came before the answer has been read by now


async def test_an_editor_is_asked_for_its_levels_when_it_can_be_asked(editor: StartEditor, uri: str) -> None:
    client = await editor(settings={"unknown-step": "off"})
    client.open(uri, WRONG_STEP)
    await until_pulled(client, uri, [])
    client.settings = {}
    client.workspace_did_change_configuration(lsp.DidChangeConfigurationParams(settings=None))
    await until_pulled(client, uri, ["unknown-step"])


async def test_the_server_asks_to_be_told_of_the_files_that_it_depends_on(editor: StartEditor, uri: str) -> None:
    client = await editor()
    client.open(uri, WRONG_STEP)
    wanted = {"workspace/didChangeWatchedFiles", "workspace/didChangeConfiguration"}
    await until(lambda: wanted <= {one.method for one in client.registered})
    registered = {one.method: one.register_options for one in client.registered}
    patterns = json.dumps(registered["workspace/didChangeWatchedFiles"], default=vars)
    for name in ("workflow.yaml", ".env", "pd-lsp.json", "entry.py"):
        assert name in patterns


async def test_a_document_that_no_file_holds_has_them_too(editor: StartEditor) -> None:
    client = await editor()
    client.open("untitled:Untitled-1", 'def handler(pd: "pipedream"):\n    return pd.env["KEY"]\n')
    assert await pulled(client, "untitled:Untitled-1") == ["unknown-member"]


async def test_a_document_that_is_no_step_has_none(editor: StartEditor, tmp_path: Path) -> None:
    client = await editor()
    uri = (tmp_path / "settings.py").as_uri()
    client.open(uri, 'def read(pd):\n    return pd.env["KEY"]\n')
    assert await pulled(client, uri) == []


async def test_a_folder_that_is_not_trusted_sets_no_levels_and_has_no_workflow(
    editor: StartEditor, workspace: Path, uri: str
) -> None:
    (workspace / "pd-lsp.json").write_text(json.dumps({"rules": {"unknown-member": "off"}}))
    client = await editor(workspace / "first")
    client.open(uri, 'def handler(pd: "pipedream"):\n    return pd.env["KEY"], pd.steps["frist"]\n')
    assert await pulled(client, uri) == ["unknown-member"]
