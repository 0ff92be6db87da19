"""A pipe that is written to without ever waiting for its reader."""

import os
import sys

assert sys.platform != "win32"


class Outlet:
    """Keeps what the reader has not taken yet; who writes should pause while there is any."""

    def __init__(self, descriptor: int) -> None:
        """Takes the writing end of a pipe or socket."""
        os.set_blocking(descriptor, False)
        self.descriptor = descriptor
        self.waiting = bytearray()

    def write(self, content: bytes) -> None:
        """Writes what the reader takes now, and keeps the rest. Raises OSError where the reader is gone."""
        self.waiting += content
        self.flush()

    def flush(self) -> None:
        """Writes more of what was kept."""
        try:
            while self.waiting:
                del self.waiting[: os.write(self.descriptor, self.waiting)]
        except BlockingIOError:
            return
