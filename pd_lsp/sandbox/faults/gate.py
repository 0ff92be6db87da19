"""What an answer waits at."""

import threading

_PATIENCE = 20.0


class Gate:
    """Holds answers back until it is opened, or for `seconds` each where they are given.

    `Sandbox.heal` and `Sandbox.close` open it, too: no client is left waiting by a test that failed.
    """

    def __init__(self, seconds: float | None = None) -> None:
        self._seconds = seconds
        self._reached = threading.Event()
        self._opened = threading.Event()

    def hold(self) -> None:
        """Waits here, as an answer does."""
        self._reached.set()
        self._opened.wait(self._seconds)

    def wait_until_reached(self, timeout: float = _PATIENCE) -> None:
        """Returns when an answer has come to the gate, which is after its request was read. Raises TimeoutError.

        Asynchronous tests call it with `asyncio.to_thread`.
        """
        if not self._reached.wait(timeout):
            raise TimeoutError("No answer has come to the gate.")

    def open(self) -> None:
        """Lets go what waits, and whatever comes later."""
        self._opened.set()
