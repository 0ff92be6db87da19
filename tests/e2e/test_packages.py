"""Packages of a step, over the wire and from the command line: asked for once, and only where somebody can be asked."""

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import psutil
import pytest
import pytest_asyncio
from lsprotocol import types as lsp

from pd_lsp.cli.demo_client import EditorClient
from tests.conftest import ROOT
from tests.e2e.conftest import StartEditor
from tests.e2e.test_running import run, step, until
from tests.wheels import wheel

TABULATE = "import tabulate\n\ndef handler(pd):\n    return tabulate.VERSION\n"


class Person:
    """Answers what is asked about packages with one word, and agrees to every run."""

    def __init__(self, word: str) -> None:
        self.word = word
        self.asked: list[str] = []

    def __call__(self, question: str) -> str:
        self.asked.append(question)
        return self.word if question.startswith("The step imports packages") else "Run once"


@pytest.mark.usefixtures("index")
async def test_a_step_runs_with_the_packages_that_the_person_agreed_to(editor: StartEditor, tmp_path: Path) -> None:
    person = Person("Install")
    client = await editor(python=False, answer=person)
    result = await run(client, step(tmp_path, TABULATE), TABULATE)
    assert result["returned"] == "0.9.0"
    assert "tabulate 0.9.0, wcwidth-zz 1.2, from a folder of this machine." in person.asked[0]
    assert any("Installing tabulate 0.9.0" in text for _, text in client.output)


@pytest.mark.usefixtures("index")
async def test_nothing_is_installed_or_run_for_somebody_who_cancels(
    editor: StartEditor, tmp_path: Path, own_folders: Path
) -> None:
    person = Person("Cancel")
    client = await editor(python=False, answer=person)
    assert await run(client, step(tmp_path, TABULATE), TABULATE) is None
    assert len(person.asked) == 1
    assert not list(own_folders.rglob("tabulate.py"))
    assert [text.partition(".")[0] for text in client.shown] == ["Not run: its packages were not installed"]


@pytest.mark.usefixtures("index")
async def test_an_editor_that_can_not_ask_names_the_command(editor: StartEditor, tmp_path: Path) -> None:
    client = await editor(python=False, asks=False)
    assert await run(client, step(tmp_path, TABULATE), TABULATE) is None
    assert f"pd-lsp allow {tmp_path.resolve() / 'step.py'}" in client.shown[0]


@pytest.mark.usefixtures("index")
async def test_nothing_is_installed_in_a_folder_that_has_lost_its_trust(
    editor: StartEditor, tmp_path: Path, own_folders: Path
) -> None:
    def lose_trust(_question: str) -> str:
        client.protocol.notify("pd/trustedFolders", {"folders": []})
        return "Install"

    client = await editor(python=False, answer=lose_trust)
    assert await run(client, step(tmp_path, TABULATE), TABULATE) is None
    assert not list(own_folders.rglob("tabulate.py"))


@pytest_asyncio.fixture
async def silent_index(index: Path, own_folders: Path) -> AsyncIterator[asyncio.Event]:
    """An index that never answers; is set once it is asked."""
    asked = asyncio.Event()

    async def hang(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.set()
        await reader.read()  # until whoever asked is gone
        writer.close()
        await writer.wait_closed()

    assert index.is_dir()
    server = await asyncio.start_server(hang, "127.0.0.1", 0)
    address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/simple"
    (own_folders / "config" / "uv" / "uv.toml").write_text(f'[[index]]\nurl = "{address}"\ndefault = true\n')
    yield asked
    server.close()
    await server.wait_closed()


async def test_a_run_can_be_stopped_while_the_index_does_not_answer(
    editor: StartEditor, tmp_path: Path, silent_index: asyncio.Event
) -> None:
    client = await editor(python=False, answer=Person("Install"))
    running = asyncio.ensure_future(run(client, step(tmp_path, TABULATE), TABULATE))
    await silent_index.wait()
    assert _uv(client)
    await client.workspace_execute_command_async(lsp.ExecuteCommandParams(command="pd.stopRun", arguments=[{}]))
    assert await running is None
    assert not _uv(client)


async def test_an_editor_that_closes_the_pipe_ends_an_installation(
    editor: StartEditor, tmp_path: Path, silent_index: asyncio.Event
) -> None:
    client = await editor(python=False, answer=Person("Install"))
    running = asyncio.ensure_future(run(client, step(tmp_path, TABULATE), TABULATE))
    await silent_index.wait()
    below = _uv(client)
    assert below
    client._server.stdin.close()
    await client._server.wait()
    await until(lambda: not any(one.is_running() for one in below))
    with pytest.raises(RuntimeError):
        await running


def _uv(client: EditorClient) -> list[psutil.Process]:
    return [one for one in psutil.Process(client._server.pid).children(recursive=True) if "uv" in one.name()]


@pytest.fixture
def pd_lsp(index: Path) -> Any:
    assert index.is_dir()

    def call(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "pd_lsp", *map(str, arguments), "--sandbox"]
        return subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, cwd=ROOT, check=False)

    return call


def test_a_script_agrees_with_yes(pd_lsp: Any, tmp_path: Path) -> None:
    file = tmp_path / "step.py"
    file.write_text(TABULATE)
    done = pd_lsp("run", file, "--yes", "--json")
    assert json.loads(done.stdout)["returned"] == "0.9.0"
    assert "tabulate 0.9.0, wcwidth-zz 1.2, from a folder of this machine." in done.stderr


def test_a_script_does_not_agree_to_a_name_that_is_on_no_list(pd_lsp: Any, index: Path, tmp_path: Path) -> None:
    wheel(index, "reqeusts-zz", "6.6.6")
    file = tmp_path / "step.py"
    file.write_text("import reqeusts_zz\n\ndef handler(pd):\n    return 1\n")
    done = pd_lsp("run", file, "--yes")
    assert done.returncode == 2
    assert "reqeusts-zz is on no list, so --yes does not install it" in done.stderr
    file.write_text("# pipedream add-package reqeusts-zz\n" + file.read_text())
    assert pd_lsp("run", file, "--yes").returncode == 0


def test_allow_without_a_terminal_names_no_option_that_it_lacks(pd_lsp: Any, tmp_path: Path) -> None:
    file = tmp_path / "step.py"
    file.write_text(TABULATE)
    done = pd_lsp("allow", file)
    assert (done.returncode, "--yes" in done.stderr) == (2, False)
    assert "Nobody sits at a terminal to agree: type the command in one." in done.stderr
