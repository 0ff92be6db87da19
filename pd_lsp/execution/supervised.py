"""A step under its supervisor, as the server sees it: a request goes in, frames come out (D11)."""

import asyncio
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from pd_lsp.execution.environment import process_environment
from pd_lsp.execution.errors import RunError
from pd_lsp.execution.request import StepRequest
from pd_lsp.execution.supervisor import frames
from pd_lsp.execution.supervisor.folder import remove

_SUPERVISOR = Path(__file__).parent / "supervisor" / "__main__.py"
_RUNNER = Path(__file__).parent.parent / "runner" / "__main__.py"
_BUFFER = 262_144
"""Bytes that are read ahead; past twice as many the supervisor waits, and with it the step."""
_PATIENCE = 3.0
"""Seconds for a supervisor to leave once its lifeline is closed; then it is killed."""


class SupervisedStep:
    """The server's end of a run that was started."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        """Takes the supervisor's process, whose standard input is its lifeline."""
        assert process.stdin  # noqa: S101 - it was started with pipes
        assert process.stdout  # noqa: S101 - it was started with pipes
        self._process = process
        self._lifeline = process.stdin
        self._frames = process.stdout
        self._group: int | None = None
        """The process group of the step, as long as nobody has said that it has ended."""

    def send(self, request: bytes) -> None:
        """Gives the request to the step."""
        self._lifeline.write(len(request).to_bytes(4, "big"))
        self._lifeline.write(request)

    def cancel(self) -> None:
        """Asks the step to stop; the supervisor kills it if it does not."""
        self._lifeline.write(frames.CANCEL)

    def pause_limit(self) -> None:
        """Lifts the time limit."""
        self._lifeline.write(frames.PAUSE)

    def resume_limit(self) -> None:
        """Lets all of it begin again."""
        self._lifeline.write(frames.RESUME)

    def kill(self) -> None:
        """Kills supervisor and step, for a supervisor that does not listen."""
        _kill(self._process, self._group)

    async def frames(self) -> AsyncIterator[tuple[bytes, bytes]]:
        """Kind and content of each frame, until the supervisor has left."""
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                header = await self._frames.readexactly(frames.HEADER)
                size = int.from_bytes(header[1:], "big")
                if size > frames.LARGEST:
                    return  # no supervisor of ours: it is killed, and the run counts as ended from outside
                content = await self._frames.readexactly(size)
                self._note(header[:1], content)
                yield header[:1], content
                await asyncio.sleep(0)  # a flood of output leaves time for others

    async def end(self) -> None:
        """Ends what is left of the run, and waits for it."""
        self._lifeline.close()
        leaving = asyncio.ensure_future(self._leave())
        await asyncio.wait({leaving}, timeout=_PATIENCE)
        if self._group or not leaving.done():
            self.kill()
        await leaving

    async def _leave(self) -> None:
        with suppress(ConnectionError):
            while await self._frames.read(_BUFFER):
                pass
        await self._process.wait()

    def _note(self, kind: bytes, content: bytes) -> None:
        if kind == frames.STARTED and content.isdigit():
            self._group = int(content)
        elif kind == frames.ENDED:
            self._group = None


@asynccontextmanager
async def supervised(request: StepRequest) -> AsyncIterator[SupervisedStep]:
    """Starts the step's Python in a private working folder; at the end neither process nor folder is left.

    Raises RunError where the system can't start a process.
    """
    folder = tempfile.mkdtemp(prefix="pd-lsp-run-")
    try:
        step = SupervisedStep(await _start(request, folder))
        try:
            yield step
        finally:
            await step.end()
    finally:
        remove(folder)


async def _start(request: StepRequest, folder: str) -> asyncio.subprocess.Process:
    step = (str(request.interpreter), "-I", "-X", "utf8", "-X", "faulthandler", str(_RUNNER))
    try:
        return await asyncio.create_subprocess_exec(
            _own_python(),
            *("-I", "-S", str(_SUPERVISOR), folder, str(request.time_limit), str(request.memory_limit or 0), *step),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env=process_environment(request.process_environment),
            cwd=folder if os.name == "posix" else tempfile.gettempdir(),
            start_new_session=True,  # the terminal's Ctrl-C is for us: the supervisor follows its lifeline
            creationflags=_HIDDEN_CONSOLE,
            limit=_BUFFER,
        )
    except OSError as error:
        raise RunError(
            f"The system can't start a process for the run ({type(error).__name__}): close some programs and try again."
        ) from None


def _own_python() -> str:
    """Our own Python; on Windows not the one of a virtual environment, which starts the real one as its child (D9)."""
    return getattr(sys, "_base_executable", sys.executable) if sys.platform == "win32" else sys.executable


if sys.platform == "win32":
    _HIDDEN_CONSOLE = subprocess.CREATE_NO_WINDOW  # its own: the terminal's Ctrl+C is for us, and the step's not for it

    def _kill(process: asyncio.subprocess.Process, _group: int | None) -> None:
        with suppress(OSError):
            process.kill()  # and Windows ends what is in its job

else:
    _HIDDEN_CONSOLE = 0

    def _kill(process: asyncio.subprocess.Process, group: int | None) -> None:
        for leader in (process.pid, group):
            if leader:
                with suppress(OSError):
                    os.killpg(leader, signal.SIGKILL)
