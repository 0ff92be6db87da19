"""D6, D8: every road to a run, without trust or without a yes. Nothing runs, and no credential is asked for.

A road is a row. A command that nobody has put into a row, or among those that start nothing, fails a test here.
"""

import asyncio
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types as lsp

from pd_lsp.cli.commands import COMMANDS
from pd_lsp.cli.demo_client import EditorClient
from pd_lsp.sandbox import Sandbox
from tests.conftest import ROOT
from tests.e2e.conftest import StartEditor
from tests.e2e.signing_in import handed_out, signed_in
from tests.e2e.test_running import until

STEP = """\
def handler(pd):
    with open({ran!r}, "a") as ran:
        ran.write(str(len(pd.inputs["openai"]["$auth"]["api_key"])))
    return 1
"""
TWO_ACCOUNTS = """\
steps:
- namespace: one
  uses: ./one/entry.py
  props:
    __configurableProps:
    - {{app: github, name: gh, type: app}}
    gh: {{authProvisionId: {account}}}
"""


class World:
    """A step that leaves a trace when it runs, and somebody who is signed in."""

    def __init__(self, folder: Path, sandbox: Sandbox) -> None:
        self.folder = folder / "project"
        self.folder.mkdir()
        self.file = self.folder / "step.py"
        self.ran = folder / "ran"
        self.text = STEP.format(ran=str(self.ran))
        self.file.write_text(self.text)
        self.uri = self.file.as_uri()
        self.sandbox = sandbox
        (folder / "events").mkdir()
        self.events = folder / "events"
        (self.events / "one.json").write_text('{"event": {}}')

    def nothing_has_run(self) -> None:
        assert not self.ran.exists()
        assert handed_out(self.sandbox) == []


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with Sandbox() as sandbox:
        signed_in(sandbox)
        yield World(tmp_path, sandbox)


async def execute(client: EditorClient, command: str, *arguments: Any) -> Any:
    return await client.workspace_execute_command_async(lsp.ExecuteCommandParams(command, list(arguments)))


async def by_code_lens(client: EditorClient, world: World) -> Any:
    lenses = await client.text_document_code_lens_async(lsp.CodeLensParams(lsp.TextDocumentIdentifier(world.uri)))
    [command] = [lens.command for lens in lenses or [] if lens.command and lens.command.command == "pd.runStep"]
    return await execute(client, command.command, *(command.arguments or []))


async def by_protocol(client: EditorClient, world: World) -> Any:
    return await execute(client, "pd.runStep", {"uri": world.uri})


async def with_more_than_it_takes(client: EditorClient, world: World) -> Any:
    agreed = {"agreed": True, "yes": True, "consent": "always", "trusted": True, "production": True}
    return await execute(client, "pd.runStep", {"uri": world.uri, "handler": "handler", "event": None, **agreed}, True)


async def under_another_spelling(client: EditorClient, world: World) -> Any:
    uri = world.uri.replace("step.py", "%73tep.py")
    client.open(uri, world.text)
    return await execute(client, "pd.runStep", {"uri": uri})


async def under_a_debugger(client: EditorClient, world: World) -> Any:
    return await execute(client, "pd.debugStep", {"uri": world.uri})


STARTS_A_RUN = {"pd.runStep", "pd.debugStep"}
STARTS_NOTHING = {
    "pd.stopRun",
    "pd.lastRuns",
    "pd.showRun",
    "pd.saveEvent",
    "pd.recentEvents",
    "pd.pullEvents",
    "pd.savedEvents",
    "pd.templates",
    "pd.insertTemplate",
    "pd.writeStub",
    "pd.accounts",
    "pd.useAccount",
    "pd.refreshAccounts",
    "pd.workflows",
    "pd.stepPython",
    "pd.debugInformation",
}
ROADS: dict[str, Callable[[EditorClient, World], Awaitable[Any]]] = {
    "pd.runStep, by the code lens": by_code_lens,
    "pd.runStep, by the protocol": by_protocol,
    "pd.runStep, with more than it takes": with_more_than_it_takes,
    "pd.runStep, under another spelling of the file": under_another_spelling,
    "pd.debugStep, by the protocol": under_a_debugger,
}
"""Roads through the server; each begins with the command that it takes."""
road = pytest.mark.parametrize("road", ROADS.values(), ids=ROADS)
WITHOUT_DEBUGGER = {name: way for name, way in ROADS.items() if way is not under_a_debugger}
"""How a debugged step runs after all, once a debugger is there, is in `test_debugging.py`."""
road_to_its_end = pytest.mark.parametrize("road", WITHOUT_DEBUGGER.values(), ids=WITHOUT_DEBUGGER)


async def test_every_command_of_the_server_is_a_road_or_starts_nothing(world: World) -> None:
    client = EditorClient()
    await client.start([sys.executable, "-m", "pd_lsp", "serve", "--stdio"])
    announced = (await client.join(world.folder)).capabilities.execute_command_provider
    await client.leave()
    assert announced
    assert set(announced.commands) == STARTS_A_RUN | STARTS_NOTHING
    assert {name.partition(",")[0] for name in ROADS} == STARTS_A_RUN


@road
async def test_no_road_leads_to_a_run_without_trust(editor: StartEditor, world: World, road: Any) -> None:
    client = await editor(world.folder)
    client.protocol.notify("pd/trustedFolders", {"folders": []})
    client.open(world.uri, world.text)
    assert await road(client, world) is None
    assert "is not trusted" in client.shown[-1]
    world.nothing_has_run()


@road
@pytest.mark.parametrize("answer", ["Cancel", None, "something else"])
async def test_no_road_leads_to_a_run_without_a_yes(
    editor: StartEditor, world: World, road: Any, answer: str | None
) -> None:
    asked: list[str] = []
    client = await editor(world.folder, answer=lambda question: asked.append(question) or answer)
    client.open(world.uri, world.text)
    assert await road(client, world) is None
    assert len(asked) == 1
    world.nothing_has_run()


@road
async def test_no_road_leads_to_a_run_where_nobody_can_be_asked(editor: StartEditor, world: World, road: Any) -> None:
    client = await editor(world.folder, asks=False)
    client.open(world.uri, world.text)
    assert await road(client, world) is None
    assert "in a terminal" in client.shown[-1]
    world.nothing_has_run()


@road_to_its_end
async def test_every_road_leads_to_a_run_with_both(editor: StartEditor, world: World, road: Any) -> None:
    client = await editor(world.folder)
    client.open(world.uri, world.text)
    assert (await road(client, world))["returned"] == 1
    assert world.ran.exists()
    assert len(handed_out(world.sandbox)) == 1


@road_to_its_end
async def test_to_agree_once_is_no_yes_to_the_next_run(editor: StartEditor, world: World, road: Any) -> None:
    answers = iter(["Run once", "Cancel"])
    client = await editor(world.folder, answer=lambda _question: next(answers))
    client.open(world.uri, world.text)
    assert (await road(client, world))["returned"] == 1
    assert await road(client, world) is None
    assert len(handed_out(world.sandbox)) == 1


@pytest.mark.parametrize(
    "arguments", [[], [None], ["step.py"], [{}], [{"uri": 7}], [{"uri": "file://["}], [[]]], ids=str
)
@pytest.mark.parametrize("name", sorted(STARTS_A_RUN))
async def test_a_command_that_names_no_open_step_runs_nothing(
    editor: StartEditor, world: World, name: str, arguments: list[Any]
) -> None:
    client = await editor(world.folder)
    client.open(world.uri, world.text)
    assert await execute(client, name, *arguments) is None
    world.nothing_has_run()


async def test_trust_that_ends_in_the_middle_of_a_run_ends_the_run(editor: StartEditor, world: World) -> None:
    text = "import time\n" + world.text.replace("    return 1\n", "    time.sleep(600)\n")
    world.file.write_text(text)
    client = await editor(world.folder)
    client.open(world.uri, text)
    running = client.workspace_execute_command_async(lsp.ExecuteCommandParams("pd.runStep", [{"uri": world.uri}]))
    ended = asyncio.ensure_future(running)
    await until(world.ran.exists)
    client.protocol.notify("pd/trustedFolders", {"folders": []})
    assert (await ended)["outcome"] == "cancelled"


async def test_always_falls_when_workflow_yaml_names_another_account(editor: StartEditor, world: World) -> None:
    workflow, step = world.folder / "flow" / "workflow.yaml", world.folder / "flow" / "one" / "entry.py"
    step.parent.mkdir(parents=True)
    workflow.write_text(TWO_ACCOUNTS.format(account="apn_githubwork"))
    text = 'def handler(pd):\n    return sorted(pd.inputs["gh"]["$auth"])\n'
    step.write_text(text)
    answers = iter(["Always for this file", "Cancel"])
    client = await editor(world.folder, answer=lambda _question: next(answers))
    client.open(step.as_uri(), text)
    assert (await execute(client, "pd.runStep", {"uri": step.as_uri()}))["outcome"] == "succeeded"
    workflow.write_text(TWO_ACCOUNTS.format(account="apn_githubhome"))
    changed = lsp.FileEvent(workflow.as_uri(), lsp.FileChangeType.Changed)
    client.workspace_did_change_watched_files(lsp.DidChangeWatchedFilesParams([changed]))
    assert await execute(client, "pd.runStep", {"uri": step.as_uri()}) is None
    assert handed_out(world.sandbox) == ["apn_githubwork"]


async def test_a_text_that_is_not_what_it_seems_is_asked_about_after_always(editor: StartEditor, world: World) -> None:
    asked: list[str] = []
    client = await editor(
        world.folder,
        answer=lambda question: asked.append(question) or ("Always for this file", "Cancel")[len(asked) - 1],
    )
    text = world.text + "# \u202e\n"
    world.file.write_text(text)
    client.open(world.uri, text)
    assert (await execute(client, "pd.runStep", {"uri": world.uri}))["returned"] == 1
    assert await execute(client, "pd.runStep", {"uri": world.uri}) is None
    assert all("is not what it seems" in question for question in asked)
    assert len(handed_out(world.sandbox)) == 1


async def test_what_an_editor_does_by_itself_starts_no_run(editor: StartEditor, world: World) -> None:
    client = await editor(world.folder)
    document, start = lsp.TextDocumentIdentifier(world.uri), lsp.Position(0, 5)
    client.open(world.uri, world.text)
    client.change(world.uri, world.text + "\n", 2)
    client.text_document_will_save(lsp.WillSaveTextDocumentParams(document, lsp.TextDocumentSaveReason.Manual))
    client.text_document_did_save(lsp.DidSaveTextDocumentParams(document))
    changed = lsp.FileEvent(world.uri, lsp.FileChangeType.Changed)
    client.workspace_did_change_watched_files(lsp.DidChangeWatchedFilesParams([changed]))
    await client.text_document_hover_async(lsp.HoverParams(document, start))
    await client.text_document_completion_async(lsp.CompletionParams(document, start))
    lenses = await client.text_document_code_lens_async(lsp.CodeLensParams(document))
    everywhere, context = lsp.Range(start, start), lsp.CodeActionContext([])
    await client.text_document_code_action_async(lsp.CodeActionParams(document, everywhere, context))
    await client.text_document_diagnostic_async(lsp.DocumentDiagnosticParams(document))
    for method, what in [(lsp.CODE_LENS_RESOLVE, lenses[0]), (lsp.COMPLETION_ITEM_RESOLVE, lsp.CompletionItem("x"))]:
        with pytest.raises(Exception, match=method):  # the server offers no such request
            await client.protocol.send_request_async(method, what)
    client.close(world.uri)
    assert await execute(client, "pd.stopRun") is None
    world.nothing_has_run()


RUNS = {
    "run": ["run", "STEP"],
    "run --json": ["run", "STEP", "--json"],
    "run --through": ["run", "STEP", "--through"],
    "run --watch": ["run", "STEP", "--watch"],
    "run --debug": ["run", "STEP", "--debug"],
    "replay": ["replay", "STEP", "EVENTS"],
}
"""Roads of the command line, by the command that they take."""
RUN_NOTHING = {
    *("serve", "check", "listen", "runs", "login", "logout", "whoami", "accounts", "template", "init", "stub"),
    *("data-store", "trust", "allow", "doctor", "sandbox", "demo", "events", "env", "debug-adapter"),
}


def test_every_command_of_the_command_line_is_a_road_or_runs_nothing() -> None:
    names = {module.__name__.rpartition(".")[2].replace("_", "-") for module in COMMANDS}
    assert names == {name.partition(" ")[0] for name in RUNS} | RUN_NOTHING


def typed(world: World, arguments: list[str], *more: str) -> "subprocess.CompletedProcess[str]":
    words = [{"STEP": str(world.file), "EVENTS": str(world.events)}.get(word, word) for word in arguments]
    command = [sys.executable, "-m", "pd_lsp", *words, *more, "--python", sys.executable]
    return subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, cwd=ROOT, check=False)


@pytest.mark.parametrize("arguments", RUNS.values(), ids=RUNS)
def test_no_road_leads_to_a_run_without_a_terminal_or_yes(world: World, arguments: list[str]) -> None:
    done = typed(world, arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert "add --yes" in done.stderr
    world.nothing_has_run()


@pytest.mark.parametrize(
    "arguments", [RUNS["run"], RUNS["run --watch"], RUNS["replay"]], ids=["run", "watch", "replay"]
)
def test_no_road_leads_to_an_account_of_production_that_was_not_allowed(tmp_path: Path, arguments: list[str]) -> None:
    with Sandbox() as sandbox:
        signed_in(sandbox, environment="production")
        world = World(tmp_path, sandbox)
        done = typed(world, arguments, "--yes")
        assert done.returncode == 2, done.stderr
        world.nothing_has_run()
