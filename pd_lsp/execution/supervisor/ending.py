"""Decides when a step has to end, and why; the same on every system (D11, D13)."""

import math
import time

from pd_lsp.execution.supervisor import frames

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol

    class Step(Protocol):
        """A process that was started, and all that it starts."""

        def interrupt(self) -> None:
            """Raises KeyboardInterrupt in the step, which may still clean up."""

        def kill(self) -> None:
            """Ends the step, whatever it does."""

        def count(self) -> int:
            """How many processes there are, its own among them; 0 where the system does not tell."""


GRACE = 1.5
"""Seconds between asking a step to stop and killing it."""
MOST_PROCESSES = 256
"""Processes that a run may have at once (D13), the step's own among them."""
_COUNTING = 0.25
"""Seconds between two counts; reading all of /proc takes some milliseconds."""


class Ending:
    """Watches one step; somebody asks it to look again and again, until the step has ended."""

    def __init__(self, step: "Step", seconds: float) -> None:
        """Gives `step` that many seconds from now."""
        self.why = frames.BY_ITSELF
        self._step = step
        self._seconds = seconds
        self._end_at = time.monotonic() + seconds
        self._count_at = time.monotonic() + _COUNTING

    def rest(self) -> float:
        """Seconds until it has to look again."""
        return min(_COUNTING, max(0, self._end_at - time.monotonic()))

    def look(self) -> None:
        """Keeps the time and the number of processes."""
        self._keep_time()
        self._keep_count()

    def follow(self, wish: bytes) -> None:
        """Does what the server wishes: `CANCEL`, or that the time limit is lifted and begins anew."""
        if wish == frames.CANCEL:
            self._ask_to_stop(frames.BY_CANCEL)
        elif self.why == frames.BY_ITSELF:
            self._end_at = math.inf if wish == frames.PAUSE else time.monotonic() + self._seconds

    def _keep_time(self) -> None:
        if time.monotonic() < self._end_at:
            return
        if self.why == frames.BY_ITSELF:
            self._ask_to_stop(frames.BY_TIME_LIMIT)
        else:
            self._step.kill()

    def _keep_count(self) -> None:
        now = time.monotonic()
        if now >= self._count_at:
            self._count_at = now + _COUNTING
            if self._step.count() > MOST_PROCESSES:
                self.why = frames.BY_PROCESSES
                self._step.kill()

    def _ask_to_stop(self, why: bytes) -> None:
        """GRACE later it is killed."""
        if self.why == frames.BY_ITSELF:
            self.why = why
            self._end_at = time.monotonic() + GRACE
            self._step.interrupt()
