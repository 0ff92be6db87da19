"""Packages of a step, over the wire and from the command line: asked for once, and only where somebody can be asked."""

import asyncio
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import psutil
import pytest
from lsprotocol import types as lsp

from tests.conftest import ROOT
from tests.e2e.conftest import StartEditor
from tests.e2e.test_running import run, step
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


async def test_a_run_can_be_stopped_while_the_index_does_not_answer(
    editor: StartEditor, tmp_path: Path, index: Path, own_folders: Path
) -> None:
    connected = asyncio.Event()

    async def hang(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connected.set()
        await reader.read()  # until whoever asked is gone
        writer.close()
        await writer.wait_closed()

    assert index.is_dir()
    server = await asyncio.start_server(hang, "127.0.0.1", 0)
    address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/simple"
    (own_folders / "config" / "uv" / "uv.toml").write_text(f'[[index]]\nurl = "{address}"\ndefault = true\n')
    client = await editor(python=False, answer=Person("Install"))
    running = asyncio.ensure_future(run(client, step(tmp_path, TABULATE), TABULATE))
    await connected.wait()
    await client.workspace_execute_command_async(lsp.ExecuteCommandParams(command="pd.stopRun", arguments=[{}]))
    assert await running is None
    assert not [one for one in psutil.Process(client._server.pid).children(recursive=True) if "uv" in one.name()]
    server.close()
    await server.wait_closed()


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
