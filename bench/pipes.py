"""LSP's base protocol over the pipes of a process, with an end to every wait."""

import json
import os
import select
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import subprocess

_PART = 1 << 16
_BLANK = b"\r\n\r\n"


class NoAnswerError(Exception):
    """A server did not answer in time, refused, or has ended."""


def encoded(message: dict[str, Any]) -> bytes:
    """A message as it goes through a pipe."""
    body = json.dumps({"jsonrpc": "2.0", **message}).encode()
    return b"Content-Length: %d\r\n\r\n%b" % (len(body), body)


class Pipes:
    """Both directions at once: a server that writes before it has read all does not hold us up."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        assert process.stdin
        assert process.stdout
        self._process = process
        self._in, self._out = process.stdin.fileno(), process.stdout.fileno()
        os.set_blocking(self._in, False)
        self._unread = bytearray()
        self.read_at = 0.0
        """When the last part of what has come was read: what it takes to decode it is not the server's doing."""

    def send(self, message: dict[str, Any], patience: float) -> None:
        """Writes a message; raises NoAnswerError where it is not taken in time."""
        self.write(encoded(message), patience)

    def write(self, messages: bytes, patience: float) -> None:
        """Writes messages that are encoded already."""
        until = time.perf_counter() + patience
        unsent = memoryview(messages)
        while unsent:
            readable, writable, _ = select.select([self._out], [self._in], [], max(until - time.perf_counter(), 0))
            if not (readable or writable):
                raise NoAnswerError("It took no message in time.")
            if readable:
                self._fill(0)
            if writable:
                unsent = unsent[self._written(unsent) :]

    def receive(self, patience: float) -> dict[str, Any]:
        """The next message; raises NoAnswerError where none comes in time."""
        until = time.perf_counter() + patience
        while (message := self._next()) is None:
            if not self._fill(until - time.perf_counter()):
                raise NoAnswerError("It did not answer in time.")
        return message

    def waiting(self) -> Iterator[dict[str, Any]]:
        """The messages that have come already."""
        while self._fill(0):
            pass
        while (message := self._next()) is not None:
            yield message

    def close(self) -> None:
        """Closes both."""
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                pipe.close()

    def _written(self, part: memoryview) -> int:
        try:
            return os.write(self._in, part[:_PART])
        except BlockingIOError:
            return 0
        except BrokenPipeError:
            raise NoAnswerError("It has ended.") from None

    def _fill(self, patience: float) -> bool:
        """Reads what there is; False where nothing came."""
        if not select.select([self._out], [], [], max(patience, 0))[0]:
            return False
        part = os.read(self._out, _PART)
        if not part:
            raise NoAnswerError("It has ended.")
        self.read_at = time.perf_counter()
        self._unread += part
        return True

    def _next(self) -> dict[str, Any] | None:
        start = self._unread.find(_BLANK) + len(_BLANK)
        if start < len(_BLANK):
            return None
        head = self._unread[:start].lower().split(b"\r\n")
        length = next(int(line.split(b":")[1]) for line in head if line.startswith(b"content-length"))
        if len(self._unread) < start + length:
            return None
        message: dict[str, Any] = json.loads(self._unread[start : start + length])
        del self._unread[: start + length]
        return message
