"""How a run and a debug adapter find each other, and what is left of that."""

import asyncio
import json
import os
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pd_lsp.execution import debug_session
from pd_lsp.execution.debug_session import Debugger, NoDebuggerError, NoSessionError, debugger_for, waiting_step
from pd_lsp.private_files import state_folder, write_json
from tests.debug_client import DebugClient, RefusedError

FILE = Path("/made-up/notify/entry.py")


class Waiting:
    """A run that waits for its debugger."""

    def __init__(self, file: Path = FILE) -> None:
        self.sessions: asyncio.Queue[str] = asyncio.Queue()
        self.cancelled = asyncio.Event()
        self.debugger = asyncio.ensure_future(debugger_for(file, self.sessions.put_nowait, self.cancelled))


def left() -> list[Path]:
    """The files of all sessions."""
    return sorted((state_folder() / "debug").iterdir())


async def test_a_run_gets_the_debugger_that_answers_it_and_nothing_is_left() -> None:
    run = Waiting()
    session = await run.sessions.get()
    answered = waiting_step(session).answer(4711)
    debugger = await run.debugger
    assert debugger == answered
    assert debugger.port == 4711
    assert len({debugger.step_token, debugger.adapter_token}) == 2
    assert left() == []


async def test_words_are_others_each_time() -> None:
    seen = set()
    for _ in range(2):
        run = Waiting()
        debugger = waiting_step(await run.sessions.get()).answer(4711)
        seen |= {debugger.step_token, debugger.adapter_token}
        await run.debugger
    assert len(seen) == 4
    assert min(map(len, seen)) == 64


async def test_the_only_run_that_waits_need_not_be_named() -> None:
    run = Waiting()
    session = await run.sessions.get()
    assert waiting_step(None).session == session
    run.cancelled.set()
    assert await run.debugger is None
    assert left() == []


async def test_of_several_runs_one_has_to_be_named() -> None:
    runs = [Waiting(), Waiting(Path("/made-up/other/entry.py"))]
    sessions = [await run.sessions.get() for run in runs]
    with pytest.raises(NoSessionError, match=r"notify/entry.py.*other/entry.py|other/entry.py.*notify/entry.py"):
        waiting_step(None)
    assert waiting_step(sessions[1]).file == "/made-up/other/entry.py"
    for run in runs:
        run.cancelled.set()
        await run.debugger


async def test_a_run_has_one_debugger() -> None:
    run = Waiting()
    session = await run.sessions.get()
    first, second = waiting_step(session), waiting_step(session)
    answered = first.answer(4711)
    with pytest.raises(NoSessionError, match="start it again"):
        second.answer(4712)
    assert await run.debugger == answered


async def test_where_nothing_waits_a_sentence_says_what_to_do() -> None:
    client = await DebugClient.start()
    with pytest.raises(RefusedError, match="pd-lsp run STEP --debug"):
        await client.ask("attach")
    with pytest.raises(RefusedError, match="No step waits for a debugger"):
        await client.ask("attach", session="../../etc/passwd")
    await client.leave()


async def test_a_debugger_that_does_not_come_ends_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(debug_session, "PATIENCE", 0.2)
    with pytest.raises(NoDebuggerError, match="docs/debugging.md"):
        await Waiting().debugger
    assert left() == []


async def test_files_of_a_session_are_the_persons_alone() -> None:
    run = Waiting()
    session = await run.sessions.get()
    folder = state_folder() / "debug"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [stat.S_IMODE(place.stat().st_mode) for place in left()] == [0o600]
    assert json.loads(left()[0].read_text()).keys() == {"file", "process", "time"}
    waiting_step(session).answer(4711)
    answer = folder / f"{session}.answer.json"
    assert not answer.exists() or stat.S_IMODE(answer.stat().st_mode) == 0o600
    await run.debugger


async def test_what_a_killed_run_has_left_is_no_session_and_goes_with_the_next() -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])  # noqa: ASYNC220 - it ends at once
    ended.wait()
    folder = state_folder() / "debug"
    write_json(folder / "0123.session.json", {"file": str(FILE), "process": ended.pid, "time": time.time()})
    write_json(folder / "4567.session.json", {"file": str(FILE), "process": os.getpid(), "time": time.time() - 3600})
    write_json(folder / "89ab.session.json", ["damaged"])
    write_json(folder / "cdef.answer.json", {"port": 1, "step_token": "a", "adapter_token": "b"})
    os.utime(folder / "cdef.answer.json", (0, 0))
    with pytest.raises(NoSessionError, match="No step waits"):
        waiting_step(None)
    run = Waiting()
    session = await run.sessions.get()
    assert [place.name for place in left()] == [f"{session}.session.json"]
    run.cancelled.set()
    await run.debugger


def test_the_words_of_a_debugger_are_not_shown() -> None:
    assert "secret" not in repr(Debugger(1, "secret-1", "secret-2"))
