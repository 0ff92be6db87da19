"""`pd-lsp run --debug`: a person at a terminal, and the debugger of their editor."""

import asyncio
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pd_lsp.configuration import agree_to_debugging, read_configuration
from pd_lsp.private_files import state_folder
from tests.cli.person import Person
from tests.cli.terminal import CTRL_C
from tests.cli.test_through import workflow as workflow  # noqa: PLC0414 - a fixture
from tests.conftest import ROOT
from tests.debug_client import DebugClient

READS = """\
def handler(pd):
    key = pd.inputs["openai"]["$auth"]["api_key"]
    print("The key is", key)
    return len(key)
"""


@pytest.fixture
def step(tmp_path: Path) -> Path:
    file = tmp_path / "step.py"
    file.write_text(READS)
    return file


class Command:
    """`pd-lsp run --debug` under way."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    @classmethod
    async def start(cls, *arguments: object, python: Path) -> "Command":
        program = [sys.executable, "-m", "pd_lsp", "run", *map(str, arguments), "--debug", "--python", str(python)]
        pipe = asyncio.subprocess.PIPE
        return cls(
            await asyncio.create_subprocess_exec(
                *program, stdin=asyncio.subprocess.DEVNULL, stdout=pipe, stderr=pipe, cwd=ROOT
            )
        )

    async def waits(self) -> str:
        """What it says until it waits for a debugger."""
        assert self._process.stderr
        said = ""
        while "waits for a debugger" not in said:
            line = await self._process.stderr.readline()
            assert line, said
            said += line.decode()
        return said

    async def ends(self) -> tuple[int, str, str]:
        """Exit code, output, and what it complains of."""
        out, err = await self._process.communicate()
        return self._process.returncode or 0, out.decode(), err.decode()


async def test_a_step_is_debugged_from_a_terminal(step: Path, steps_python: Path) -> None:
    command = await Command.start(step, "--sandbox", "--yes", "--json", python=steps_python)
    said = await command.waits()
    assert "real values" in said
    debugger = await DebugClient.start()
    await debugger.debug(step, 3)
    frame = await debugger.stopped()
    key = (await debugger.evaluate(frame, "key")).strip("'")
    await debugger.go_on(frame)
    code, out, err = await command.ends()
    await debugger.leave()
    document = json.loads(out)
    assert (code, document["returned"], document["stdout"]) == (0, len(key), "The key is ‹openai.api_key›\n")
    assert key not in out + err + said


async def test_what_a_debugger_shows_is_said_once(step: Path, steps_python: Path) -> None:
    agree_to_debugging()
    command = await Command.start(step, "--sandbox", "--yes", python=steps_python)
    assert "real values" not in await command.waits()
    debugger = await DebugClient.start()
    await debugger.debug(step)
    assert (await command.ends())[0] == 0
    await debugger.leave()


def test_a_person_at_a_terminal_is_asked_before_the_first_time(without_keyring: Person, step: Path) -> None:
    for answer, agreed in (("n", False), ("y", True)):
        with without_keyring.at_terminal("run", step, "--debug", "--sandbox", "--python", sys.executable) as terminal:
            terminal.answers("Debug steps? [y/N]", answer)
            if agreed:
                terminal.waits_with("waits for a debugger")
                terminal.types(CTRL_C)
            code = terminal.ends()
        assert code == 2
        assert "Not run" in terminal.shown
        assert read_configuration().debugs is agreed
    assert not list((state_folder() / "debug").iterdir())


def test_logging_out_forgets_that_somebody_wants_to_debug(without_keyring: Person) -> None:
    agree_to_debugging()
    assert without_keyring.types("logout").code == 0
    assert not read_configuration().debugs


def test_allow_agrees_to_debugging_in_advance(without_keyring: Person, step: Path) -> None:
    done = without_keyring.types("allow", step, "--debug", "--sandbox", "--python", sys.executable)
    assert done.code == 0, done.all
    assert "real values" in done.out
    assert read_configuration().debugs


@pytest.mark.parametrize("options", [["--watch", "--yes"], []])
def test_what_can_not_be_debugged_is_refused_in_words(step: Path, options: list[str]) -> None:
    command = [sys.executable, "-m", "pd_lsp", "run", step, "--debug", *options]
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, cwd=ROOT, check=False)
    assert done.returncode == 2
    assert "--debug" in done.stderr or "--yes" in done.stderr
    assert not (state_folder() / "debug").exists()


async def test_on_the_way_through_a_workflow_the_last_step_is_debugged(workflow: Path, steps_python: Path) -> None:
    agree_to_debugging()
    second = workflow / "second" / "entry.py"
    arguments: tuple[Any, ...] = (second, "--through", "--sandbox", "--yes", "--json")
    command = await Command.start(*arguments, python=steps_python)
    await command.waits()
    debugger = await DebugClient.start()
    await debugger.debug(second, 3)
    frame = await debugger.stopped()
    assert await debugger.evaluate(frame, 'token == pd.steps["first"]["$return_value"]["token"]') == "True"
    await debugger.go_on(frame)
    code, out, _ = await command.ends()
    await debugger.leave()
    assert code == 0
    assert [one["step"] for one in json.loads(out)["steps"]] == ["first", "second"]
