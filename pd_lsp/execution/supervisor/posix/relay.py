"""Passes the request to the step and what it says to the server, and decides when it ends (D11)."""

import os
import select
import signal
import time
from contextlib import suppress

from pd_lsp.execution.supervisor import frames
from pd_lsp.execution.supervisor.posix.control import Control
from pd_lsp.execution.supervisor.posix.launch import Launched
from pd_lsp.execution.supervisor.posix.outlet import Outlet
from pd_lsp.execution.supervisor.posix.processes import count_descendants, end_all, end_group, reap

GRACE = 1.5
"""Seconds between asking a step to stop and killing it."""
MOST_PROCESSES = 256
"""Processes that a run may have at once (D13), the step's own among them."""
_COUNTING = 0.25
"""Seconds between two counts; reading all of /proc takes some milliseconds."""
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
    if step.process:
        end_group(step.process)
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
        self._why = frames.BY_ITSELF
        self._end_at = time.monotonic() + seconds
        self._count_at = time.monotonic() + _COUNTING
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
            self._wait(min(_COUNTING, max(0, self._end_at - time.monotonic())))
            self._keep_time()
            self._keep_count()
        left = end_all()
        while self._sources and (self._wait(_QUIET) or self._server.waiting):
            pass
        words = b"%d %s %d" % (self._status or 0, self._why, left)
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
            if self._control.take(content):
                self._ask_to_stop(frames.BY_CANCEL)
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

    def _keep_time(self) -> None:
        if time.monotonic() < self._end_at:
            return
        if self._why == frames.BY_ITSELF:
            self._ask_to_stop(frames.BY_TIME_LIMIT)
        else:
            end_group(self._step.process)

    def _keep_count(self) -> None:
        now = time.monotonic()
        if now >= self._count_at:
            self._count_at = now + _COUNTING
            if count_descendants() > MOST_PROCESSES:
                self._why = frames.BY_PROCESSES
                end_group(self._step.process)

    def _ask_to_stop(self, why: bytes) -> None:
        """Raises KeyboardInterrupt in the step, which may still clean up; GRACE later it is killed."""
        if self._why == frames.BY_ITSELF and self._status is None:
            self._why = why
            self._end_at = time.monotonic() + GRACE
            os.kill(self._step.process, signal.SIGINT)


def _wake_when_a_child_ends() -> int:
    """A descriptor that can be read once a child has ended."""
    woken, wakes = os.pipe()
    for descriptor in (woken, wakes):
        os.set_blocking(descriptor, False)
    signal.set_wakeup_fd(wakes, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    return woken
