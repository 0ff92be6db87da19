"""A step under a real debugger: an adapter over stdio, which the step connects to (docs/debugging.md)."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pytest
import pytest_asyncio

from pd_lsp.execution.debug_session import Debugger, debugger_for
from pd_lsp.execution.run import StepEvent, StepResult, run_step
from tests.debug_client import DebugClient, RefusedError
from tests.execution.running import SLACK, TOKEN, eventually, is_gone, request

STEP = """\
import os, time

def plus_one(number):
    result = number + 1
    return result

def handler(pd):
    token = pd.inputs["slack"]["$auth"]["oauth_access_token"]
    number = 1  # line 9
    number = plus_one(number)
    print("The token is", token)
    return {"number": number}
"""
FOREVER = STEP.replace("print(", "while True: time.sleep(0.01)\n    print(")


@dataclass
class Debugged:
    """A step that is debugged, and stands at a breakpoint where one was set."""

    client: DebugClient
    debugger: Debugger
    run: asyncio.Task[StepResult]
    cancelled: asyncio.Event
    events: list[StepEvent]

    async def processes(self, frame: Any) -> list[int]:
        """Those of the run, the step's own first."""
        step = int(await self.client.evaluate(frame, "os.getpid()"))
        return [step, *(parent.pid for parent in psutil.Process(step).parents()[:2])]


Debug = Callable[..., Awaitable[Debugged]]


@pytest_asyncio.fixture
async def debug(tmp_path: Path) -> AsyncIterator[Debug]:
    """Starts a step under a debugger that has a breakpoint on each of `lines`."""
    clients: list[DebugClient] = []

    async def start(source: str, *lines: int, arguments: Any = None, **options: Any) -> Debugged:
        file = tmp_path / "entry.py"
        file.write_text(source)
        client = await DebugClient.start()
        clients.append(client)
        announced = asyncio.Event()
        cancelled = asyncio.Event()
        waiting = asyncio.ensure_future(debugger_for(file, lambda _: announced.set(), cancelled))
        await announced.wait()
        attaching = asyncio.ensure_future(client.debug(file, *lines, **(arguments or {})))
        debugger = await waiting
        assert debugger
        events: list[StepEvent] = []
        asked = request(source, **{"file": str(file), "accounts": {"slack": SLACK}, "debugger": debugger, **options})
        run = asyncio.ensure_future(run_step(asked, events.append, cancelled=cancelled))
        await attaching
        return Debugged(client, debugger, run, cancelled, events)

    yield start
    for client in clients:
        if client.process.returncode is None:
            await client.end()


async def test_a_breakpoint_in_the_handler_stops_the_step_where_its_values_are_real(debug: Debug) -> None:
    step = await debug(STEP, 9)
    frame = await step.client.stopped()
    assert (frame["name"], frame["line"]) == ("handler", 9)
    assert await step.client.evaluate(frame, "token") == repr(TOKEN)
    assert await step.client.evaluate(frame, 'pd.inputs["slack"]["$auth"]["oauth_access_token"]') == repr(TOKEN)
    await step.client.go_on(frame)
    assert (await step.run).ok


async def test_a_step_is_gone_through_line_by_line(debug: Debug) -> None:
    step = await debug(STEP, 9)
    frame = await step.client.stopped()
    lines = []
    for how in ("next", "stepIn", "next", "stepOut", "next"):
        await step.client.go_on(frame, how)
        frame = await step.client.stopped()
        lines.append((frame["name"], frame["line"]))
    assert lines == [("handler", 10), ("plus_one", 4), ("plus_one", 5), ("handler", 10), ("handler", 11)]
    await step.client.go_on(frame)
    assert (await step.run).returned == {"number": 2}


async def test_nothing_of_what_runs_the_step_is_shown(debug: Debug) -> None:
    step = await debug(STEP, 4, arguments={"justMyCode": False})
    frame = await step.client.stopped()
    assert [(one["name"], Path(one["source"]["path"]).name) for one in frame["frames"]] == [
        ("plus_one", "entry.py"),
        ("handler", "entry.py"),
    ]
    await step.client.go_on(frame)
    assert (await step.run).ok


async def test_behind_the_handlers_last_line_there_is_nothing_to_stop_in(debug: Debug) -> None:
    step = await debug(STEP, 12)
    await step.client.go_on(await step.client.stopped(), "stepIn")
    assert (await asyncio.wait_for(step.run, 20)).ok


async def test_the_result_and_the_output_come_by_the_usual_road_redacted(debug: Debug) -> None:
    step = await debug(STEP)
    result = await step.run
    assert result.ok
    assert result.returned == {"number": 2}
    assert result.stdout == "The token is ‹slack.oauth_access_token›\n"
    assert result.stderr == ""
    await step.client.event("terminated")
    shown = [event for event in step.client.events if event["event"] == "output"]
    assert {event["body"]["category"] for event in shown} <= {"telemetry"}


async def test_what_the_step_raises_is_its_result_as_without_a_debugger(debug: Debug) -> None:
    step = await debug(STEP.replace("print(", 'raise LookupError("nobody")\n    print('), 9)
    await step.client.go_on(await step.client.stopped())
    result = await step.run
    assert result.outcome == "raised"
    assert result.error
    assert (result.error.type, result.error.message, result.error.line) == ("LookupError", "nobody", 11)
    assert "pydevd" not in result.error.traceback


async def test_what_escapes_from_a_handler_stops_where_an_editor_stops_at_uncaught_exceptions(debug: Debug) -> None:
    source = """\
def handler(pd):
    try:
        raise LookupError("caught")
    except LookupError:
        pass
    raise LookupError("uncaught")
"""
    step = await debug(source, arguments={"exceptions": ["uncaught"]})
    frame = await step.client.stopped()
    assert frame["line"] == 6
    await step.client.go_on(frame)
    assert (await step.run).outcome == "raised"


async def test_breakpoints_bind_to_a_text_that_is_not_saved(debug: Debug, tmp_path: Path) -> None:
    (tmp_path / "entry.py").write_text("")
    unsaved = STEP.replace("import os, time", "import os, time\n# a line that is nowhere on disk")
    step = await debug(unsaved, 10)
    (tmp_path / "entry.py").write_text("")
    frame = await step.client.stopped()
    assert await step.client.evaluate(frame, "token") == repr(TOKEN)
    await step.client.go_on(frame)
    assert (await step.run).ok


async def test_a_configuration_of_the_editor_does_not_reach_the_step(debug: Debug, tmp_path: Path) -> None:
    hostile = {
        "env": {"PD_HOSTILE": "1"},
        "python": ["/bin/false"],
        "pathMappings": [{"localRoot": str(tmp_path), "remoteRoot": "/nowhere"}],
        "redirectOutput": True,
        "processId": os.getpid(),
        "listen": {"host": "0.0.0.0", "port": 5678},  # noqa: S104 - that it does not is what is tested
        "subProcess": True,
    }
    step = await debug(STEP, 9, arguments=hostile)
    frame = await step.client.stopped()
    assert await step.client.evaluate(frame, '"PD_HOSTILE" in os.environ') == "False"
    await step.client.go_on(frame)
    assert (await step.run).stdout == "The token is ‹slack.oauth_access_token›\n"
    assert not [event for event in step.client.events if event["event"] == "output" and "token" in str(event["body"])]


async def test_the_step_sees_neither_our_packages_nor_a_changed_environment(debug: Debug) -> None:
    source = "import os, sys\ndef handler(pd):\n    return [sys.path, sorted(os.environ), sys.argv]\n"
    without = await run_step(request(source), lambda _: None)
    step = await debug(source)
    with_debugger = await step.run
    assert isinstance(without.returned, list)
    assert isinstance(with_debugger.returned, list)
    assert with_debugger.returned[:2] == without.returned[:2]


async def test_the_time_limit_does_not_run_while_a_debugger_is_there(debug: Debug) -> None:
    step = await debug(STEP, 9, time_limit=0.05)  # less than the step's Python needs to begin
    frame = await step.client.stopped()
    running = "time.monotonic() - globals().setdefault('_since', time.monotonic()) > 1"
    while await step.client.evaluate(frame, running) != "True":
        await asyncio.sleep(0)
    assert not step.run.done()
    await step.client.go_on(frame)
    result = await step.run
    assert result.ok
    assert result.returned == {"number": 2}


async def test_the_time_limit_counts_once_the_debugger_has_left(debug: Debug) -> None:
    step = await debug(FOREVER, 9, time_limit=0.5)
    await step.client.stopped()
    await step.client.leave()
    result = await step.run
    assert result.outcome == "timed out"


async def test_a_step_whose_debugger_leaves_runs_to_its_end(debug: Debug) -> None:
    step = await debug(STEP, 9)
    await step.client.stopped()
    await step.client.leave()
    assert (await step.run).returned == {"number": 2}


async def test_a_killed_adapter_lets_the_step_run_to_its_end_and_leaves_nothing(debug: Debug) -> None:
    step = await debug(STEP, 9)
    processes = await step.processes(await step.client.stopped())
    step.client.process.kill()
    assert (await step.run).returned == {"number": 2}
    await eventually(lambda: all(map(is_gone, processes)))


async def test_a_killed_adapter_does_not_free_a_step_from_its_limit(debug: Debug) -> None:
    step = await debug(FOREVER, 9, time_limit=0.5)
    processes = await step.processes(await step.client.stopped())
    step.client.process.kill()
    assert (await step.run).outcome == "timed out"
    await eventually(lambda: all(map(is_gone, processes)))


async def test_a_step_that_stands_at_a_breakpoint_is_cancelled(debug: Debug) -> None:
    step = await debug(STEP, 9)
    processes = await step.processes(await step.client.stopped())
    step.cancelled.set()
    assert (await step.run).outcome == "cancelled"
    assert all(map(is_gone, processes))
    await step.client.event("terminated")


async def test_an_editor_that_ends_the_step_with_its_session_leaves_nothing(debug: Debug) -> None:
    step = await debug(FOREVER, 9)
    processes = await step.processes(await step.client.stopped())
    await step.client.ask("disconnect", terminateDebuggee=True)
    result = await step.run
    assert result.outcome == "cancelled"
    assert result.error
    assert "debugger" in result.error.message
    await eventually(lambda: all(map(is_gone, processes)))


async def test_processes_of_a_debugged_step_run_undisturbed_and_are_ended(debug: Debug) -> None:
    source = """\
import os, subprocess, sys

def inner():
    return 42  # line 4

def handler(pd):
    child = os.fork()
    if not child:
        os._exit(inner())
    status = os.waitpid(child, 0)[1]
    said = subprocess.run([sys.executable, "-c", "print(1)"], capture_output=True, text=True, check=True).stdout
    subprocess.Popen(["sleep", "3600"])
    return [os.WEXITSTATUS(status), said]
"""
    step = await debug(source, 4)
    result = await asyncio.wait_for(step.run, 60)
    assert result.returned == [42, "1\n"]
    assert "1 running process behind" in "".join(result.notices)


async def test_neither_token_nor_credential_stands_in_an_argument_or_a_variable(debug: Debug) -> None:
    step = await debug(STEP, 9)
    frame = await step.client.stopped()
    processes = [*await step.processes(frame), step.client.process.pid]
    kept = b""
    for process in processes:
        for name in ("cmdline", "environ"):
            kept += Path(f"/proc/{process}/{name}").read_bytes()
    assert b"debug-adapter" in kept
    limits = Path(f"/proc/{step.client.process.pid}/limits").read_text()
    assert next(line for line in limits.splitlines() if "core file" in line).split()[4:6] == ["0", "0"]
    for secret in (TOKEN, step.debugger.step_token, step.debugger.adapter_token):
        assert secret.encode() not in kept
        assert secret not in repr(step.debugger)
    await step.client.go_on(frame)
    await step.run


async def test_whoever_does_not_know_the_word_is_no_step(tmp_path: Path) -> None:
    client = await DebugClient.start()
    announced = asyncio.Event()
    waiting = asyncio.ensure_future(debugger_for(tmp_path / "entry.py", lambda _: announced.set(), asyncio.Event()))
    await announced.wait()
    attaching = asyncio.ensure_future(client.debug(tmp_path / "entry.py", 9))
    debugger = await waiting
    assert debugger
    stranger = await Stranger.connect(debugger.port)
    asked = await stranger.read()
    assert asked["command"] == "pydevdAuthorize"
    assert asked["arguments"]["debugServerAccessToken"] == debugger.adapter_token
    stranger.answer(asked, {"clientAccessToken": "0" * 64})
    assert await stranger.is_sent_away()
    stranger.leave()
    (tmp_path / "entry.py").write_text(STEP)
    step = request(STEP, file=str(tmp_path / "entry.py"), accounts={"slack": SLACK}, debugger=debugger)
    run = asyncio.ensure_future(run_step(step, lambda _: None))
    await attaching
    frame = await client.stopped()
    with pytest.raises(OSError):  # noqa: PT011 - whichever the system has for a port where nobody listens
        await asyncio.open_connection("127.0.0.1", debugger.port)
    await client.go_on(frame)
    assert (await run).ok
    await client.leave()


class Stranger:
    """Somebody who speaks the protocol."""

    def __init__(self, streams: tuple[asyncio.StreamReader, asyncio.StreamWriter]) -> None:
        self._in, self._out = streams

    @classmethod
    async def connect(cls, port: int) -> "Stranger":
        return cls(await asyncio.open_connection("127.0.0.1", port))

    async def read(self) -> dict[str, Any]:
        size = int((await self._in.readline()).partition(b":")[2])
        await self._in.readline()
        message: dict[str, Any] = json.loads(await self._in.readexactly(size))
        return message

    def send(self, message: dict[str, Any]) -> None:
        content = json.dumps(message).encode()
        self._out.write(b"Content-Length: %d\r\n\r\n" % len(content) + content)

    def answer(self, asked: dict[str, Any], body: dict[str, Any]) -> None:
        about = {"request_seq": asked["seq"], "command": asked["command"], "success": True}
        self.send({"seq": 1, "type": "response", **about, "body": body})

    async def is_sent_away(self) -> bool:
        return await asyncio.wait_for(self._in.read(), 20) == b""

    def leave(self) -> None:
        self._out.close()


async def test_a_step_does_not_obey_whoever_does_not_know_the_word() -> None:
    met: asyncio.Queue[Stranger] = asyncio.Queue()
    listener = await asyncio.start_server(lambda *streams: met.put_nowait(Stranger(streams)), "127.0.0.1", 0)
    port = listener.sockets[0].getsockname()[1]
    step = request(STEP, accounts={"slack": SLACK}, debugger=Debugger(port, "a" * 64, "b" * 64))
    run = asyncio.ensure_future(run_step(step, lambda _: None))
    stranger = await asyncio.wait_for(met.get(), 20)
    answers = []
    for number, command in enumerate(("configurationDone", "pydevdAuthorize", "evaluate"), start=1):
        stranger.send(
            {
                "seq": number,
                "type": "request",
                "command": command,
                "arguments": {"debugServerAccessToken": "c" * 64, "expression": "1"},
            }
        )
        answers.append(await stranger.read())
    assert [answer["message"] for answer in answers] == ["Client not authenticated."] * 3
    assert "a" * 64 not in json.dumps(answers)
    stranger.leave()
    result = await run
    listener.close()
    assert result.error
    assert result.error.type == "NoDebugger"


async def test_a_step_whose_debugger_is_gone_says_so_and_does_not_run() -> None:
    listener = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
    port = listener.sockets[0].getsockname()[1]
    listener.close()
    await listener.wait_closed()
    result = await run_step(
        request("print('ran')\ndef handler(pd): pass", debugger=Debugger(port, "a", "b")), lambda _: None
    )
    assert result.outcome == "raised"
    assert result.error
    assert result.error.type == "NoDebugger"
    assert "start it again" in result.error.message
    assert result.stdout + result.stderr == ""


async def test_an_adapter_that_starts_programs_is_not_to_be_had() -> None:
    client = await DebugClient.start()
    with pytest.raises(RefusedError, match='"request": "attach"'):
        await client.ask("launch", program=__file__)
    await client.leave()


async def test_what_goes_over_the_wire_is_written_to_no_file(
    debug: Debug, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    logs = tmp_path / "logs"
    logs.mkdir()
    for name in ("DEBUGPY_LOG_DIR", "PYDEVD_DEBUG_FILE"):
        monkeypatch.setenv(name, str(logs))
    variables = {"DEBUGPY_LOG_DIR": str(logs), "PYDEVD_DEBUG": "True", "PYDEVD_DEBUG_FILE": str(logs / "log.txt")}
    step = await debug(STEP, 9, environment=variables)
    frame = await step.client.stopped()
    await step.client.evaluate(frame, "token")
    await step.client.go_on(frame)
    assert (await step.run).stderr == ""
    assert not list(logs.iterdir())


SERVER = """
import asyncio, sys
from pathlib import Path
from pd_lsp.execution.debug_session import debugger_for
from pd_lsp.execution.run import StepRequest, run_step

async def main():
    debugger = await debugger_for(Path(sys.argv[1]), lambda session: print(session, flush=True), asyncio.Event())
    source = Path(sys.argv[1]).read_text()
    request = StepRequest(sys.argv[1], source, interpreter=Path(sys.executable), debugger=debugger)
    await run_step(request, lambda event: None)

asyncio.run(main())
"""


async def test_a_killed_server_leaves_neither_step_nor_debug_session(tmp_path: Path) -> None:
    file = tmp_path / "entry.py"
    file.write_text("import os\ndef handler(pd):\n    return os.getpid()\n")
    server = subprocess.Popen([sys.executable, "-c", SERVER, file], stdout=subprocess.PIPE)  # noqa: ASYNC220 - its end is the test
    assert server.stdout
    session = server.stdout.readline().decode().strip()
    client = await DebugClient.start()
    await client.debug(file, 3, session=session)
    frame = await client.stopped()
    step = int(await client.evaluate(frame, "os.getpid()"))
    os.kill(server.pid, signal.SIGKILL)
    await eventually(lambda: server.poll() is not None)
    server.stdout.close()
    await client.event("terminated")
    await eventually(lambda: is_gone(step))
    await client.leave()


def _python(version: str) -> Any:
    """An interpreter of that version that lies among those of pyenv; where there is none, the test is listed."""
    found = max(Path("~/.pyenv/versions").expanduser().glob(f"{version}.*/bin/python"), default=None)
    missing = pytest.mark.skipif(found is None, reason=f"this machine has no Python {version} of pyenv")
    return pytest.param(found, id=version, marks=missing)


@pytest.mark.parametrize("python", [_python(version) for version in ("3.8", "3.10", "3.12", "3.13")])
async def test_a_python_that_has_no_debugpy_is_debugged_all_the_same(debug: Debug, python: Path) -> None:
    has_none = subprocess.run([python, "-c", "import debugpy"], capture_output=True, check=False).returncode  # noqa: ASYNC221 - it is short
    assert has_none
    step = await debug(STEP, 9, interpreter=python)
    frame = await step.client.stopped()
    assert await step.client.evaluate(frame, "token") == repr(TOKEN)
    for line in (10, 11):
        await step.client.go_on(frame, "next")
        frame = await step.client.stopped()
        assert frame["line"] == line
    await step.client.go_on(frame)
    result = await step.run
    assert result.returned == {"number": 2}
    assert result.stderr == ""
