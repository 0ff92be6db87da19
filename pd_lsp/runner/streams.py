"""Standard output and error of a step, which a reader gets in the order in which they were written.

Two pipes have no order between them: whoever reads them finds both full, and can't tell what came first. So what goes
to one stream waits until the other pipe was read, which takes some microseconds. A run has half a second for all of
that: one that prints more than anybody can read is no slower for it. What does not go through Python's own streams,
such as the output of other programs, is as ordered as its pipes are.
"""
# ruff: noqa: PLC0415 - a run waits for each import

from __future__ import annotations

import io
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_ALL_TURNS, _ONE_TURN = 0.5, 0.2
"""Seconds that a run waits altogether, and for one turn, where its reader is busy."""
_PAUSE = 0.00005


def order_streams() -> None:
    """Gives the process such streams, which show each line as it is printed."""
    turns = _Turns()
    sys.stdout = sys.__stdout__ = _text(sys.stdout, turns)  # type: ignore[misc] # nobody else does so
    sys.stderr = sys.__stderr__ = _text(sys.stderr, turns)  # type: ignore[misc] # as above


def _text(stream: Any, turns: _Turns) -> io.TextIOWrapper:
    raw = _Stream(stream.fileno(), turns)
    raw.name = stream.name
    return io.TextIOWrapper(io.BufferedWriter(raw), stream.encoding, stream.errors, "\n", line_buffering=True)


class _Turns:
    """Which of the streams was written to last."""

    def __init__(self) -> None:
        self._last = -1
        self._left = 0.0 if sys.platform == "win32" else _ALL_TURNS

    def take(self, descriptor: int) -> None:
        """Waits until the other stream was read, where that was written to last."""
        last, self._last = self._last, descriptor
        if last not in (-1, descriptor) and self._left > 0:
            self._left -= _wait_until_read(last)


class _Stream(io.FileIO):
    """A stream that waits for its turn."""

    name: Any

    def __init__(self, descriptor: int, turns: _Turns) -> None:
        super().__init__(descriptor, "w", closefd=False)
        self._turns = turns

    def write(self, content: Any) -> Any:
        self._turns.take(self.fileno())
        return super().write(content)


def _wait_until_read(descriptor: int) -> float:
    """Waits for the reader of a pipe; the seconds that took."""
    import time

    began = time.monotonic()
    while _unread(descriptor) and time.monotonic() - began < _ONE_TURN:
        time.sleep(_PAUSE)
    return time.monotonic() - began


def _unread(descriptor: int) -> int:
    """Bytes that nobody has read yet; none where that can't be told, as of a file or a descriptor that was closed."""
    if sys.platform != "win32":
        import fcntl
        import termios

        try:
            return int.from_bytes(fcntl.ioctl(descriptor, termios.FIONREAD, bytes(4)), sys.byteorder)
        except OSError:
            pass
    return 0
