"""Passes the request to the step and what it says to the server (D11)."""

import os
import select
import signal
import sys
import time
from contextlib import suppress

assert sys.platform != "win32"

from pd_lsp.execution.supervisor import frames
from pd_lsp.execution.supervisor.ending import Ending
from pd_lsp.execution.supervisor.posix.control import Control
from pd_lsp.execution.supervisor.posix.launch import Launched
from pd_lsp.execution.supervisor.posix.outlet import Outlet
from pd_lsp.execution.supervisor.posix.processes import end_all, reap

_QUIET = 0.5
"""Seconds of silence after which an ended step has said all: a process out of our reach may hold its pipes open."""
_SINGLE_PIECES = 1000
"""Pieces of output that are passed on at once; the lines of a longer one are gathered for _GATHERING seconds."""
_GATHERING = 0.002
_SERVER_SAYS, _SERVER_HEARS = 0, 1


def relay(step: Launched, keeper: int, seconds: float) -> None:
    """Serves one run to its end. When the server or the keeper is gone, the run ends at once."""
    with suppress(_GoneError, ConnectionError):
        _Relay(step, keeper, seconds).serve()
    step.kill()
    end_all()


class _GoneError(Exception):
    """Nobody is there any more for whom to run."""


class _Relay:
    def __init__(self, step: Launched, keeper: int, seconds: float) -> None:
        self._step = step
        self._keeper = keeper
        self._child_ended = _wake_when_a_child_ends()
        self._sources = {step.stdout: frames.STDOUT, step.stderr: frames.STDERR, step.messages: frames.MESSAGE}
        self._server = Outlet(_SERVER_HEARS)
        self._control = Control(Outlet(step.request))
        self._ending = Ending(step, seconds)
        self._status: int | None = None
        self._pieces = 0

    def serve(self) -> None:
        if not self._step.process:
            self._server.write(frames.frame(frames.NOT_STARTED, b"%d" % self._step.error))
        else:
            self._server.write(frames.frame(frames.STARTED, b"%d" % self._step.process))
            self._serve_step()
        while self._server.waiting:
            self._wait(None)

    def _serve_step(self) -> None:
        while not self._step_ended():
            self._wait(self._ending.rest())
            self._ending.look()
        left = end_all()
        while self._sources and (self._wait(_QUIET) or self._server.waiting):
            pass
        words = b"%d %s %d" % (self._status or 0, self._ending.why, left)
        self._server.write(frames.frame(frames.ENDED, words))

    def _step_ended(self) -> bool:
        exits: dict[int, int] = {}
        reap(exits)
        self._status = exits.get(self._step.process)
        return self._status is not None

    def _wait(self, seconds: float | None) -> bool:
        """Sleeps until something happens and deals with it; whether anything did.

        While the server has not taken all, nothing is read from the step: it waits too.
        """
        request = self._control.request
        watched = [self._keeper, self._child_ended, _SERVER_SAYS]
        watched += [] if self._server.waiting else self._sources
        blocked = [outlet.descriptor for outlet in (self._server, request) if outlet.waiting]
        readable, writable, _ = select.select(watched, blocked, [], seconds)
        if request.waiting and request.descriptor in writable:
            self._control.pass_on()
        if _SERVER_HEARS in writable:
            self._server.flush()
        for descriptor in readable:
            self._read(descriptor)
        return bool(readable or writable)

    def _read(self, descriptor: int) -> None:
        if descriptor in self._sources and self._server.waiting:
            return
        content = os.read(descriptor, frames.LARGEST)
        if descriptor in self._sources:
            self._pass_to_server(descriptor, content)
        elif descriptor == _SERVER_SAYS and content:
            for wish in self._control.take(content):
                if self._status is None:
                    self._ending.follow(bytes((wish,)))
        elif descriptor != self._child_ended:
            raise _GoneError

    def _pass_to_server(self, source: int, content: bytes) -> None:
        if not content:
            del self._sources[source]
            return
        self._server.write(frames.frame(self._sources[source], content))
        self._pieces += 1
        if self._pieces > _SINGLE_PIECES and len(content) < frames.LARGEST:
            time.sleep(_GATHERING)


def _wake_when_a_child_ends() -> int:
    """A descriptor that can be read once a child has ended."""
    woken, wakes = os.pipe()
    for descriptor in (woken, wakes):
        os.set_blocking(descriptor, False)
    signal.set_wakeup_fd(wakes, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    return woken
