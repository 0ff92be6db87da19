"""Where imported names are defined, asked of real processes: jedi's, and some that hang, crash or answer rubbish."""

import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from pd_lsp.workflows.definition_process import DefinitionProcess, Place, Question

READY = "import sys, json; print(json.dumps({'ready': True}), flush=True)\n"


@pytest_asyncio.fixture
async def jedi() -> AsyncIterator[DefinitionProcess]:
    process = DefinitionProcess()
    yield process
    await process.end()


def question(folder: Path, text: str = "from accounts import slack_auth\n", column: int = 21) -> Question:
    return Question(text, str(folder / "entry.py"), 1, column, str(folder), (str(folder),))


async def answered(process: DefinitionProcess, asked: Question) -> Place | None:
    """What it answers, where a slow machine may need the deadline more than once."""
    for _ in range(20):
        found = await process.ask(asked)
        if found:
            return found
    return None


async def test_a_name_is_found_in_the_module_beside_the_text(jedi: DefinitionProcess, tmp_path: Path) -> None:
    (tmp_path / "accounts.py").write_text("x = 1\n\n\ndef slack_auth(pd):\n    pass\n")
    assert await answered(jedi, question(tmp_path)) == Place(tmp_path / "accounts.py", 3, 4)


async def test_a_name_is_found_behind_a_module_that_only_passes_it_on(jedi: DefinitionProcess, tmp_path: Path) -> None:
    (tmp_path / "accounts.py").write_text("from others import auth as slack_auth\n")
    (tmp_path / "others.py").write_text("auth = 1\n")
    assert await answered(jedi, question(tmp_path)) == Place(tmp_path / "others.py", 0, 0)


async def test_a_module_is_found_as_a_whole(jedi: DefinitionProcess, tmp_path: Path) -> None:
    (tmp_path / "accounts.py").write_text("x = 1\n")
    found = await answered(jedi, question(tmp_path, "import accounts\n", 8))
    assert found == Place(tmp_path / "accounts.py", 0, None)


async def test_what_is_not_there_is_not_found_and_nothing_of_the_folder_is_run(
    jedi: DefinitionProcess, tmp_path: Path
) -> None:
    (tmp_path / "json.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\n")
    (tmp_path / "jedi.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\n")
    assert await jedi.ask(question(tmp_path)) is None
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize(
    "does",
    [
        "import time; time.sleep(60)",
        "raise SystemExit(1)",
        "sys.stdin.readline(); print('rubbish', flush=True); sys.stdin.read()",
        "sys.stdin.readline(); print('[1]', flush=True); sys.stdin.read()",
        "sys.stdin.readline(); print(json.dumps({'path': 1, 'line': 2, 'column': 3}), flush=True); sys.stdin.read()",
        "sys.stdin.readline(); print(json.dumps({'path': '/x', 'line': -2, 'column': 3}), flush=True)",
        "sys.stdin.readline(); print('x' * 1000000, flush=True); sys.stdin.read()",
        "sys.stdin.readline(); print('[' * 50000, flush=True); sys.stdin.read()",
    ],
)
async def test_a_process_that_hangs_crashes_or_answers_rubbish_costs_its_answer(does: str, tmp_path: Path) -> None:
    process = DefinitionProcess((sys.executable, "-c", READY + does))
    assert await process.ask(question(tmp_path)) is None
    assert await process.ask(question(tmp_path)) is None
    await process.end()
    assert not process.is_running


async def test_a_command_that_is_none_costs_the_answer_alone(tmp_path: Path) -> None:
    assert await DefinitionProcess((str(tmp_path / "nothing"),)).ask(question(tmp_path)) is None


async def test_a_process_is_ended_when_nobody_asks(tmp_path: Path) -> None:
    process = DefinitionProcess((sys.executable, "-c", READY + "print('{}', flush=True); sys.stdin.read()"), patience=0)
    await process.ask(question(tmp_path))
    while process.is_running:
        await asyncio.sleep(0)
    assert process._ending
    await process._ending  # until its pipes are closed, too


async def test_a_process_that_was_killed_is_started_again(jedi: DefinitionProcess, tmp_path: Path) -> None:
    (tmp_path / "accounts.py").write_text("slack_auth = 1\n")
    assert await answered(jedi, question(tmp_path))
    await jedi.end()
    assert not jedi.is_running
    assert await answered(jedi, question(tmp_path))
