"""A run ends when it should, and nothing of it is left (D11)."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from pd_lsp.execution.run import Output, StepEvent, run_step
from tests.execution.running import FILE, eventually, handle, is_gone, request

CLINGING = """\
import json, os, signal, sys, time

def cling():
    os.setsid()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    while True:
        time.sleep(60)

def detached():
    child = os.fork()
    if not child:
        if not os.fork():
            cling()
        os._exit(0)
    os.waitpid(child, 0)

def handler(pd):
    detached()
    child = os.fork()
    if not child:
        cling()
    with open("left", "w") as file:
        file.write("something")
    print(json.dumps({"folder": os.getcwd(), "step": os.getpid(), "supervisor": os.getppid()}), flush=True)
    BODY
"""
"""A step that starts two processes which leave its group and ignore every request, and says where it is."""

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
        self.step = self.supervisor = 0
        self.processes: list[int] = []
        self.task = asyncio.ensure_future(run_step(request(source, **options), self._hear, cancelled=self.cancelled))

    def _hear(self, event: StepEvent) -> None:
        if isinstance(event, Output) and event.stream == "stdout" and not self.ready.is_set():
            said = json.loads(event.text)
            self.folder, self.step, self.supervisor = Path(said["folder"]), said["step"], said["supervisor"]
            self.processes = family(psutil.Process(self.supervisor).ppid())
            self.ready.set()

    async def under_way(self) -> "Watched":
        await asyncio.wait_for(self.ready.wait(), 20)
        assert len(self.processes) >= 5  # keeper, supervisor, step, and the two that cling
        return self


def family(process: int) -> list[int]:
    return [process, *(child.pid for child in psutil.Process(process).children(recursive=True))]


async def test_a_step_that_sleeps_for_ever_is_cancelled_and_nothing_is_left() -> None:
    run = await Watched(FOREVER).under_way()
    run.cancelled.set()
    result = await run.task
    assert result.outcome == "cancelled"
    assert result.error
    assert result.error.type == "Cancelled"
    assert all(is_gone(process) for process in run.processes)
    assert not run.folder.exists()


async def test_a_step_that_does_not_listen_is_killed() -> None:
    run = await Watched(DEAF).under_way()
    run.cancelled.set()
    assert (await run.task).outcome == "cancelled"
    assert all(is_gone(process) for process in run.processes)


async def test_a_step_that_is_asked_to_stop_may_clean_up(tmp_path: Path) -> None:
    cleaned = tmp_path / "cleaned"
    careful = (
        f"def handler(pd):\n    try:\n        work()\n    finally:\n        open({str(cleaned)!r}, 'w')\n\ndef work():"
    )
    run = await Watched(FOREVER.replace("def handler(pd):", careful)).under_way()
    run.cancelled.set()
    assert (await run.task).outcome == "cancelled"
    assert cleaned.exists()


async def test_a_run_that_was_cancelled_before_it_began_does_not_stay() -> None:
    cancelled = asyncio.Event()
    cancelled.set()
    done = await handle("import time\ntime.sleep(3600)", cancelled=cancelled)
    assert done.result.outcome == "cancelled"


async def test_a_supervisor_that_does_not_listen_is_killed_with_its_step() -> None:
    run = await Watched(FOREVER).under_way()
    for process in (psutil.Process(run.supervisor).ppid(), run.supervisor):
        os.kill(process, signal.SIGSTOP)
    run.cancelled.set()
    assert (await run.task).outcome == "cancelled"
    await eventually(lambda: is_gone(run.step) and is_gone(run.supervisor))
    for process in filter(psutil.pid_exists, run.processes):
        os.kill(process, signal.SIGKILL)


async def test_cancelling_the_task_ends_the_run_first() -> None:
    run = await Watched(DEAF).under_way()
    run.task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await run.task
    assert all(is_gone(process) for process in run.processes)
    assert not run.folder.exists()


async def test_cancelling_the_task_twice_still_ends_the_run_first() -> None:
    run = await Watched(DEAF).under_way()
    run.task.cancel()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    run.task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await run.task
    assert all(is_gone(process) for process in run.processes)


async def test_a_listener_that_fails_ends_the_run() -> None:
    processes: list[int] = []

    def fail(event: StepEvent) -> None:
        processes.extend(family(psutil.Process(json.loads(event.text)["supervisor"]).ppid()))
        raise LookupError

    with pytest.raises(LookupError):
        await run_step(request(FOREVER), fail)
    assert processes
    await eventually(lambda: all(is_gone(process) for process in processes))


async def test_the_time_limit_ends_a_step() -> None:
    run = await Watched(FOREVER, time_limit=1).under_way()
    result = await run.task
    assert result.outcome == "timed out"
    assert result.error
    assert result.error.type == "Timeout"
    assert "did not come to its end within 1 s" in result.error.message
    assert all(is_gone(process) for process in run.processes)


async def test_what_a_step_leaves_running_is_ended_after_success_too() -> None:
    run = await Watched(CLINGING.replace("BODY", "return 'done'")).under_way()
    result = await run.task
    assert result.outcome == "succeeded"
    assert result.returned == "done"
    assert "The step left 2 running processes behind" in "".join(result.notices)
    assert all(is_gone(process) for process in run.processes)
    assert not run.folder.exists()


async def test_a_background_process_that_holds_the_output_open_is_ended() -> None:
    done = await handle('import subprocess\nsubprocess.Popen(["sleep", "3600"])\nreturn 1')
    assert done.result.ok
    assert "1 running process behind" in done.notices


async def test_a_thread_that_goes_on_is_ended_with_the_time_limit_and_the_result_stands() -> None:
    done = await handle(
        "import threading, time\nthreading.Thread(target=time.sleep, args=(3600,)).start()\nreturn 1", time_limit=1
    )
    assert done.result.outcome == "succeeded"
    assert done.result.returned == 1
    assert "a thread it started went on" in done.notices


@pytest.mark.parametrize("victim", ["keeper", "supervisor", "both"])
async def test_a_killed_supervisor_leaves_nothing(victim: str) -> None:
    run = await Watched(FOREVER).under_way()
    keeper = psutil.Process(run.supervisor).ppid()
    victims = {"keeper": [keeper], "supervisor": [run.supervisor], "both": [keeper, run.supervisor]}[victim]
    for process in victims:
        os.kill(process, signal.SIGKILL)
    result = await run.task
    assert result.outcome == "crashed"
    assert result.error
    assert "was ended from outside" in result.error.message
    await eventually(lambda: is_gone(run.step))
    assert not run.folder.exists()
    if victim == "both":  # nobody is left who could find the two that detached
        for process in filter(psutil.pid_exists, run.processes):
            os.kill(process, signal.SIGKILL)
    await eventually(lambda: all(is_gone(process) for process in run.processes))


SERVER = """
import asyncio, sys
from pathlib import Path
from pd_lsp.execution.run import StepRequest, run_step

request = StepRequest(file={file!r}, source=sys.argv[1], interpreter=Path(sys.executable))
asyncio.run(run_step(request, lambda event: print(event.text, flush=True)))
"""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("source", [FOREVER, DEAF], ids=["forever", "deaf"])
async def test_a_killed_server_leaves_nothing(source: str, number: signal.Signals) -> None:
    command = [sys.executable, "-c", SERVER.format(file=FILE), source]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)  # noqa: ASYNC220 - its end is the test
    assert server.stdout
    said = json.loads(server.stdout.readline())
    processes = family(server.pid)
    assert len(processes) >= 6
    server.send_signal(number)
    await eventually(lambda: server.poll() is not None)
    server.stdout.close()
    await eventually(lambda: all(is_gone(process) for process in processes))
    await eventually(lambda: not Path(said["folder"]).exists())


async def test_two_runs_at_once_do_not_disturb_each_other() -> None:
    first, second = await asyncio.gather(
        handle("import time\nfor n in range(200):\n    print('one', n)\nreturn 1"),
        handle("import time\nfor n in range(200):\n    print('two', n)\nreturn 2"),
    )
    assert (first.result.returned, second.result.returned) == (1, 2)
    assert "two" not in first.result.stdout


async def test_a_step_that_stops_its_supervisor_does_not_outlive_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pd_lsp.execution.run._GRACE", 0.5)
    done = await handle("os.kill(os.getppid(), 19)\nimport time\ntime.sleep(600)", time_limit=0.5)
    assert done.result.outcome == "crashed"
    assert done.result.error
    assert "ended from outside" in done.result.error.message


async def test_a_step_that_starts_too_many_processes_is_ended() -> None:
    body = """\
        import time
        for _ in range(300):
            if os.fork() == 0:
                time.sleep(600)
                os._exit(0)
        time.sleep(600)"""
    done = await handle(body)
    assert done.result.outcome == "crashed"
    assert done.result.error
    assert "more than 256 processes" in done.result.error.message
