"""A run ends when it should, and nothing of it is left, because Windows keeps its processes in a job (D11)."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pd_lsp.execution.request import encode
from pd_lsp.execution.run import Output, StepEvent, run_step
from pd_lsp.execution.supervised import supervised
from pd_lsp.execution.supervisor import frames
from tests.execution.running import FILE, eventually, handle, is_gone, request

CLINGING = """\
import json, os, signal, subprocess, sys, time

CLING = "import signal, time; signal.signal(signal.SIGINT, signal.SIG_IGN); print(1, flush=True); time.sleep(3600)"
OUTSIDE = subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP

def handler(pd):
    started = [
        subprocess.Popen([sys.executable, "-c", CLING], stdout=subprocess.PIPE, creationflags=flags)
        for flags in (0, OUTSIDE)
    ]
    for process in started:
        process.stdout.readline()
    with open("left", "w") as file:
        file.write("something")
    said = {"folder": os.getcwd(), "supervisor": os.getppid()}
    print(json.dumps({**said, "processes": [os.getpid(), *(process.pid for process in started)]}), flush=True)
    BODY
"""
"""A step that starts two processes which are deaf to Ctrl+C, one of them without our console, and says where it is."""

FOREVER = CLINGING.replace("BODY", "time.sleep(3600)")
DEAF = CLINGING.replace(
    "BODY",
    """while True:
        try:
            time.sleep(3600)
        except BaseException:
            pass""",
)


class Watched:
    """A run under way, and every process of it."""

    def __init__(self, source: str, **options: object) -> None:
        self.cancelled = asyncio.Event()
        self.ready = asyncio.Event()
        self.folder = Path()
        self.supervisor = 0
        self.processes: list[int] = []
        self.task = asyncio.ensure_future(run_step(request(source, **options), self._hear, cancelled=self.cancelled))

    def _hear(self, event: StepEvent) -> None:
        if isinstance(event, Output) and event.stream == "stdout" and not self.ready.is_set():
            said = json.loads(event.text)
            self.folder, self.supervisor = Path(said["folder"]), said["supervisor"]
            self.processes = [said["supervisor"], *said["processes"]]
            self.ready.set()

    async def under_way(self) -> "Watched":
        await asyncio.wait({asyncio.ensure_future(self.ready.wait()), self.task}, return_when=asyncio.FIRST_COMPLETED)
        assert self.ready.is_set(), self.task.result()
        assert not any(is_gone(process) for process in self.processes)
        return self

    def left_nothing(self) -> bool:
        return all(is_gone(process) for process in self.processes) and not self.folder.exists()


async def test_a_step_that_sleeps_for_ever_is_cancelled_and_nothing_is_left() -> None:
    run = await Watched(FOREVER).under_way()
    run.cancelled.set()
    result = await run.task
    assert result.outcome == "cancelled"
    assert run.left_nothing()


async def test_a_step_that_is_asked_to_stop_may_clean_up(tmp_path: Path) -> None:
    cleaned = tmp_path / "cleaned"
    body = f"try:\n        time.sleep(3600)\n    finally:\n        open({str(cleaned)!r}, 'w')"
    run = await Watched(CLINGING.replace("BODY", body)).under_way()
    run.cancelled.set()
    assert (await run.task).outcome == "cancelled"
    assert cleaned.exists()


async def test_a_step_that_does_not_listen_is_killed() -> None:
    run = await Watched(DEAF).under_way()
    run.cancelled.set()
    assert (await run.task).outcome == "cancelled"
    assert run.left_nothing()


async def test_the_time_limit_ends_a_step() -> None:
    run = await Watched(FOREVER, time_limit=8).under_way()
    result = await run.task
    assert result.outcome == "timed out"
    assert run.left_nothing()


async def test_what_a_step_leaves_running_is_ended_after_success_too() -> None:
    run = Watched(CLINGING.replace("BODY", "return 'done'"))
    result = await run.task
    assert len(run.processes) == 4  # the supervisor, the step, and the two that cling
    assert (result.outcome, result.returned) == ("succeeded", "done")
    assert "The step left 2 running processes behind" in "".join(result.notices)
    assert run.left_nothing()


async def test_cancelling_the_task_ends_the_run_first() -> None:
    run = await Watched(DEAF).under_way()
    run.task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await run.task
    assert run.left_nothing()


async def test_a_killed_supervisor_takes_everything_with_it() -> None:
    run = await Watched(FOREVER).under_way()
    os.kill(run.supervisor, signal.SIGTERM)  # which kills, on Windows
    result = await run.task
    assert result.outcome == "crashed"
    assert result.error
    assert "was ended from outside" in result.error.message
    await eventually(run.left_nothing)


SERVER = """
import asyncio, sys
from pathlib import Path
from pd_lsp.execution.run import StepRequest, run_step

request = StepRequest(file={file!r}, source=sys.argv[1], interpreter=Path(sys.executable))
asyncio.run(run_step(request, lambda event: print(event.text, flush=True)))
"""


@pytest.mark.parametrize("source", [FOREVER, DEAF], ids=["forever", "deaf"])
async def test_a_killed_server_leaves_nothing(source: str) -> None:
    command = [sys.executable, "-c", SERVER.format(file=FILE), source]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)  # noqa: ASYNC220 - its end is the test
    assert server.stdout
    said = json.loads(server.stdout.readline())
    processes = [said["supervisor"], *said["processes"]]
    server.kill()
    server.wait()
    server.stdout.close()
    await eventually(lambda: all(is_gone(process) for process in processes))
    await eventually(lambda: not Path(said["folder"]).exists())


async def test_a_step_that_starts_too_many_processes_is_ended() -> None:
    done = await handle(
        """
        import subprocess, time
        waiting = []
        for _ in range(300):
            command = [os.environ["COMSPEC"], "/c", "set /p x="]
            waiting.append(subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL))
        time.sleep(600)""",
        time_limit=120,
    )
    assert done.result.outcome == "crashed"
    assert done.result.error
    assert "more than 256 processes" in done.result.error.message


async def test_a_crash_in_a_library_is_told_as_one() -> None:
    done = await handle("import faulthandler\nfaulthandler._read_null()")
    assert done.result.outcome == "crashed"
    assert done.result.error
    assert "0xC0000005: a library written in C has crashed" in done.result.error.message
    assert f'File "{FILE}", line 4 in handler' in done.result.stderr


async def test_the_python_of_an_environment_is_started_itself_and_not_by_its_launcher(tmp_path: Path) -> None:
    python = tmp_path / "Scripts" / "python.exe"
    python.parent.mkdir()
    python.write_text("a launcher that nobody starts")
    home = Path(sys._base_executable).parent  # type: ignore[attr-defined]
    (tmp_path / "pyvenv.cfg").write_text(f"home = {home}\nversion = {sys.version.split()[0]}\n")
    wanted = request("import os, sys\ndef handler(pd):\n    return [sys.prefix, os.getpid()]", interpreter=python)
    said = dict.fromkeys((frames.STARTED, frames.MESSAGE), b"")
    async with supervised(wanted) as step:
        step.send(encode(wanted, {}, "made-up"))
        async for kind, content in step.frames():
            said[kind] = said.get(kind, b"") + content
    finished = json.loads(said[frames.MESSAGE].splitlines()[-1])
    assert finished["returned"] == [str(tmp_path), int(said[frames.STARTED])]
