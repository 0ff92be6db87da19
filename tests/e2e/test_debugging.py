"""`pd.debugStep` over the wire: the same trust and consent as for a run, then a real debug adapter."""

import asyncio
import shlex
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
import pytest_asyncio
from lsprotocol import types as lsp

from pd_lsp.cli.demo_client import EditorClient
from pd_lsp.configuration import agree_to_debugging, read_configuration
from pd_lsp.private_files import state_folder
from pd_lsp.runs.consent import DEBUGGING
from pd_lsp.sandbox import Sandbox
from tests.debug_client import DebugClient
from tests.e2e.conftest import StartEditor
from tests.e2e.signing_in import handed_out, signed_in
from tests.e2e.test_running import step, until
from tests.execution.running import is_gone

READS = """\
import os

def handler(pd):
    key = pd.inputs["openai"]["$auth"]["api_key"]
    print("The key is", key)
    return [len(key), key]
"""
ONE = "def handler(pd):\n    return 1\n"


class Person:
    """Agrees to everything, and remembers what they were asked; `refuses` names a word of what they cancel."""

    def __init__(self, refuses: str | None = None) -> None:
        self.asked: list[str] = []
        self._refuses = refuses

    def __call__(self, question: str) -> str:
        self.asked.append(question)
        if self._refuses and self._refuses in question:
            return "Cancel"
        return "Debug" if "Debug steps?" in question else "Run once"


@pytest_asyncio.fixture
async def debugger() -> AsyncIterator[DebugClient]:
    client = await DebugClient.start()
    yield client
    if client.process.returncode is None:
        await client.end()


@pytest.fixture
def sandbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    with Sandbox() as running:
        yield running


def debug(client: EditorClient, uri: str, text: str) -> "asyncio.Task[Any]":
    """Opens the step and debugs it; the task gives the result."""
    client.open(uri, text)
    command = lsp.ExecuteCommandParams(command="pd.debugStep", arguments=[{"uri": uri, "handler": "handler"}])
    return asyncio.ensure_future(client.workspace_execute_command_async(command))


async def test_a_step_is_debugged_with_its_real_values_and_its_result_is_redacted(
    editor: StartEditor, tmp_path: Path, debugger: DebugClient
) -> None:
    client = await editor(sandbox=True, answer=Person())
    uri = step(tmp_path, READS)
    running = debug(client, uri, READS)
    session = await client.debug_sessions.get()
    await debugger.debug(tmp_path / "step.py", 5, session=session)
    frame = await debugger.stopped()
    key = (await debugger.evaluate(frame, "key")).strip("'")
    assert key.startswith("sk-")
    await debugger.go_on(frame)
    result = await running
    assert (result["outcome"], result["returned"]) == ("succeeded", [len(key), "‹openai.api_key›"])
    assert ("stdout", "The key is ‹openai.api_key›\n") in client.output
    await debugger.event("terminated")
    assert not list((state_folder() / "debug").iterdir())


async def test_a_person_is_told_once_what_a_debugger_shows_and_at_each_run_that_there_is_one(
    editor: StartEditor, tmp_path: Path
) -> None:
    person = Person()
    client, uri = await editor(answer=person), step(tmp_path, ONE)
    for _ in range(2):
        running = debug(client, uri, ONE)
        session = await client.debug_sessions.get()
        debugger = await DebugClient.start()
        await debugger.debug(tmp_path / "step.py", session=session)
        assert (await running)["returned"] == 1
        await debugger.leave()
    assert [DEBUGGING in asked for asked in person.asked] == [True, False, False]
    assert all("Under a debugger, which shows real values" in asked for asked in person.asked[1:])
    assert read_configuration().debugs


@pytest.mark.parametrize("refuses", ["Debug steps?", "with live credentials?"])
async def test_without_a_yes_nothing_waits_for_a_debugger_and_no_credential_is_asked_for(
    editor: StartEditor, tmp_path: Path, sandbox: Sandbox, refuses: str
) -> None:
    signed_in(sandbox)
    client = await editor(answer=Person(refuses=refuses))
    assert await debug(client, step(tmp_path, READS), READS) is None
    assert client.debug_sessions.empty()
    assert not (state_folder() / "debug").exists()
    assert handed_out(sandbox) == []


async def test_in_a_folder_that_is_not_trusted_nothing_is_debugged(
    editor: StartEditor, tmp_path: Path, sandbox: Sandbox
) -> None:
    signed_in(sandbox)
    agree_to_debugging()
    trusted, other = tmp_path / "trusted", tmp_path / "other"
    trusted.mkdir()
    other.mkdir()
    person = Person()
    client = await editor(trusted, answer=person)
    assert await debug(client, step(other, READS), READS) is None
    assert "pd-lsp trust" in client.shown[0]
    assert person.asked == []
    assert not (state_folder() / "debug").exists()
    assert sandbox.requests == []


async def test_an_editor_that_can_not_ask_is_told_the_command_that_allows_debugging(
    editor: StartEditor, tmp_path: Path, debugger: DebugClient
) -> None:
    client = await editor(asks=False)
    assert await debug(client, step(tmp_path, ONE), ONE) is None
    assert f"pd-lsp allow {tmp_path.resolve() / 'step.py'} --debug" in client.shown[0]
    assert "real values" in client.shown[0]
    command = shlex.split(client.shown[0].partition("`")[2].partition("`")[0])
    subprocess.run([sys.executable, "-m", "pd_lsp", *command[1:]], check=True, stdout=subprocess.DEVNULL)  # noqa: ASYNC221 - it is short
    running = debug(client, step(tmp_path, ONE), ONE)
    await debugger.debug(tmp_path / "step.py", session=await client.debug_sessions.get())
    assert (await running)["returned"] == 1


async def test_a_step_that_waits_for_its_debugger_can_be_stopped(editor: StartEditor, tmp_path: Path) -> None:
    client, uri = await editor(answer=Person()), step(tmp_path, ONE)
    running = debug(client, uri, ONE)
    await client.debug_sessions.get()
    stop = lsp.ExecuteCommandParams(command="pd.stopRun", arguments=[{"uri": uri}])
    await client.workspace_execute_command_async(stop)
    assert await running is None
    assert client.shown == []  # it did not wait for the debugger until it had to say so
    assert not list((state_folder() / "debug").iterdir())


async def test_a_step_at_a_breakpoint_can_be_stopped(
    editor: StartEditor, tmp_path: Path, debugger: DebugClient
) -> None:
    text = "import os\n" + ONE
    client, uri = await editor(answer=Person()), step(tmp_path, text)
    running = debug(client, uri, text)
    await debugger.debug(tmp_path / "step.py", 3, session=await client.debug_sessions.get())
    frame = await debugger.stopped()
    process = int(await debugger.evaluate(frame, "os.getpid()"))
    stop = lsp.ExecuteCommandParams(command="pd.stopRun", arguments=[{"uri": uri}])
    await client.workspace_execute_command_async(stop)
    assert (await running)["outcome"] == "cancelled"
    assert is_gone(process)


async def test_the_progress_of_a_debugged_step_counts_up_to_no_limit(
    editor: StartEditor, tmp_path: Path, debugger: DebugClient
) -> None:
    client, uri = await editor(answer=Person()), step(tmp_path, ONE)
    running = debug(client, uri, ONE)
    await debugger.debug(tmp_path / "step.py", 2, session=await client.debug_sessions.get())
    frame = await debugger.stopped()
    await until(lambda: len(client.shown_progress) > 1)
    await debugger.go_on(frame)
    assert (await running)["returned"] == 1
    values = [progress.value for progress in client.shown_progress[1:-1]]
    messages = [value["message"] if isinstance(value, dict) else value.message for value in values]
    assert messages == [f"{second} s" for second in range(1, len(messages) + 1)]


async def test_a_client_without_the_capability_is_told_in_words(
    editor: StartEditor, tmp_path: Path, debugger: DebugClient
) -> None:
    client = await editor(answer=Person(), speaks_pd=False)
    running = debug(client, step(tmp_path, ONE), ONE)
    await until(lambda: bool(client.shown))
    assert "waits for a debugger" in client.shown[0]
    await debugger.debug(tmp_path / "step.py")  # the only one that waits
    assert (await running)["returned"] == 1


async def test_an_editor_that_can_debug_has_a_lens_for_it(editor: StartEditor, tmp_path: Path) -> None:
    uri = step(tmp_path, ONE)
    titles = []
    for options in ({"debug": True}, {}):
        client = await editor(options=options)
        client.open(uri, ONE)
        asked = lsp.CodeLensParams(text_document=lsp.TextDocumentIdentifier(uri=uri))
        lenses = await client.text_document_code_lens_async(asked) or []
        titles.append([(lens.command.title, lens.command.command) for lens in lenses if lens.command])
    run_it = ("▶ Run step", "pd.runStep")
    assert titles == [[run_it, ("Debug step", "pd.debugStep")], [run_it]]


async def test_a_killed_server_takes_the_debugged_step_with_it(
    editor: StartEditor, tmp_path: Path, debugger: DebugClient
) -> None:
    text = "import os\n" + ONE
    client = await editor(answer=Person())
    running = debug(client, step(tmp_path, text), text)
    await debugger.debug(tmp_path / "step.py", 3, session=await client.debug_sessions.get())
    frame = await debugger.stopped()
    process = int(await debugger.evaluate(frame, "os.getpid()"))
    family = [process, *(parent.pid for parent in psutil.Process(process).parents()[:3])]
    psutil.Process(family[-1]).kill()
    await debugger.event("terminated")
    await until(lambda: all(map(is_gone, family)))
    running.cancel()
    await debugger.leave()
