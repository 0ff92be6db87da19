"""Passes the request to the step and what it says to the server, in threads: Windows can't wait for several pipes."""

import os
import queue
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress

assert sys.platform == "win32"

from pd_lsp.execution.supervisor import frames
from pd_lsp.execution.supervisor.ending import Ending
from pd_lsp.execution.supervisor.windows.job import Job
from pd_lsp.execution.supervisor.windows.launch import Launched

_QUIET = 0.5
"""Seconds of silence after which an ended step has said all: a process outside the job may hold its pipes open."""
_SINGLE_PIECES = 1000
"""Pieces of output that are passed on at once; the lines of a longer one are gathered for _GATHERING seconds."""
_GATHERING = 0.002
_SERVER_SAYS, _SERVER_HEARS = 0, 1
_LENGTH = 4
_ENDED, _GONE = b"ended", b"gone"
"""What can happen beside the wishes of the server, which are a byte each."""


def relay(step: Launched, job: Job, seconds: float) -> None:
    """Serves one run to its end. When the server is gone, the run ends at once."""
    with suppress(_GoneError, OSError):
        _Relay(step, job, seconds).serve()


class _GoneError(Exception):
    """Nobody is there any more for whom to run."""


class _Relay:
    def __init__(self, step: Launched, job: Job, seconds: float) -> None:
        self._step = step
        self._job = job
        self._ending = Ending(step, seconds)
        self._happened: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._writing = threading.Lock()
        self._pieces = 0
        self._status = 0

    def serve(self) -> None:
        if not self._step.process:
            self._send(frames.NOT_STARTED, b"%d" % self._step.error)
            return
        self._send(frames.STARTED, b"%d" % self._step.process)
        sources = {
            self._step.stdout: frames.STDOUT,
            self._step.stderr: frames.STDERR,
            self._step.messages: frames.MESSAGE,
        }
        readers = [_in_thread(self._pass_to_server, pipe, kind) for pipe, kind in sources.items()]
        _in_thread(self._listen_to_server)
        _in_thread(self._await_end)
        while not self._step_ended():
            self._ending.look()
        left = self._job.end_others()
        for reader in readers:
            self._finish(reader)
        self._send(frames.ENDED, b"%d %s %d" % (self._status, self._ending.why, left))

    def _step_ended(self) -> bool:
        """Waits for something to happen, or for the next look; whether it was the end of the step."""
        try:
            happened = self._happened.get(timeout=self._ending.rest())
        except queue.Empty:
            return False
        if happened == _GONE:
            raise _GoneError
        if happened != _ENDED:
            self._ending.follow(happened)
        return happened == _ENDED

    def _finish(self, reader: threading.Thread) -> None:
        """Waits until it has read all, as long as anything comes and is taken."""
        seen = -1
        while reader.is_alive() and (seen != self._pieces or self._writing.locked()):
            seen = self._pieces
            reader.join(_QUIET)

    def _await_end(self) -> None:
        self._status = self._step.wait()
        self._happened.put(_ENDED)

    def _listen_to_server(self) -> None:
        """Takes the request, and then its wishes; the end of it is the end of the run."""
        with suppress(OSError, EOFError):
            size = int.from_bytes(_exactly(_LENGTH), "big")
            _in_thread(_give, self._step.request, _exactly(size))
            while content := os.read(_SERVER_SAYS, frames.LARGEST):
                for wish in content:
                    self._happened.put(bytes((wish,)))
        self._happened.put(_GONE)

    def _pass_to_server(self, pipe: int, kind: bytes) -> None:
        """Reads what the step says; while the server does not take it, the step waits too."""
        with suppress(OSError):
            while content := os.read(pipe, frames.LARGEST):
                self._pieces += 1
                try:
                    self._send(kind, content)
                except OSError:
                    self._happened.put(_GONE)
                    return
                if self._pieces > _SINGLE_PIECES and len(content) < frames.LARGEST:
                    time.sleep(_GATHERING)

    def _send(self, kind: bytes, content: bytes) -> None:
        with self._writing:
            _write(_SERVER_HEARS, frames.frame(kind, content))


def _in_thread(function: Callable[..., None], *arguments: object) -> threading.Thread:
    thread = threading.Thread(target=function, args=arguments, daemon=True)
    thread.start()
    return thread


def _exactly(size: int) -> bytes:
    """So many bytes of what the server says. Raises EOFError where it has ended before."""
    content = bytearray()
    while len(content) < size:
        piece = os.read(_SERVER_SAYS, min(frames.LARGEST, size - len(content)))
        if not piece:
            raise EOFError
        content += piece
    return bytes(content)


def _give(pipe: int, request: bytes) -> None:
    """Hands the request to a step; one that does not read it has ended, or will."""
    with suppress(OSError):
        _write(pipe, request)
    os.close(pipe)


def _write(pipe: int, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(pipe, rest) :]
