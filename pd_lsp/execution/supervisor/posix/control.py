"""What the server writes: four bytes of length, the request, and later its wishes, a byte each."""

import os
import sys

assert sys.platform != "win32"

from pd_lsp.execution.supervisor.posix.outlet import Outlet

_LENGTH = 4


class Control:
    """Passes the request on and closes its pipe behind it; what follows is for us."""

    def __init__(self, request: Outlet) -> None:
        """Takes the pipe that the step reads its request from."""
        self.request = request
        self._head = b""
        self._left: int | None = None
        self._open = True

    def take(self, content: bytes) -> bytes:
        """Takes the next piece, and returns the wishes in it: `CANCEL`, `PAUSE`, `RESUME`."""
        if self._left is None:
            self._head += content
            if len(self._head) < _LENGTH:
                return b""
            self._left, content = int.from_bytes(self._head[:_LENGTH], "big"), self._head[_LENGTH:]
        part, content = content[: self._left], content[self._left :]
        self._left -= len(part)
        self.pass_on(part)
        return content

    def pass_on(self, part: bytes = b"") -> None:
        """Writes what can be written; a step that does not read it has ended, or will."""
        if not self._open:
            return
        try:
            self.request.write(part)
        except OSError:
            self.request.waiting.clear()
            self._left = 0
        if not self._left and not self.request.waiting:
            os.close(self.request.descriptor)
            self._open = False
