"""The editor's ends of the standard streams: read and written without a thread where the system can tell when (D23).

It can of pipes and sockets, except on Windows. Of a file or a terminal it can't: those have a thread each.
"""

import asyncio
import logging
import os
import queue
import select
import stat
import sys
import threading
import time
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Protocol

from pd_lsp.server.framing import framed

logger = logging.getLogger(__name__)

_READ_AT_ONCE = 262_144
_MOST_WAITING = 1_048_576
"""Bytes that may wait for the editor to read on, before output of a step has to."""
_MOST_MESSAGES, _LOOKED_AT = 16, 0.01
"""The same for messages that wait for a thread, and seconds between two looks at how many there are."""
Gate = Callable[[bytes], bytes]
"""What sees each body last (D17)."""


class Writer(Protocol):
    """What pygls writes its messages to."""

    def write(self, data: bytes) -> None:
        """Takes one message, headers included, and never waits for the editor to read it."""

    def room(self) -> Awaitable[None] | None:
        """What to wait for before much more is written; None as long as the editor reads fast enough."""

    def close(self, patience: float = 1.0) -> None:
        """Writes what is left, or gives up after `patience` seconds."""


def read_from(file: int, on_data: Callable[[bytes], None]) -> Callable[[], None]:
    """Hands over what comes in, in the running loop, and nothing at its end. What it returns stops that."""
    if not _tells_when(file):
        return _read_in_thread(file, on_data)
    loop = asyncio.get_running_loop()

    def stop() -> None:
        loop.remove_reader(file)

    def read() -> None:
        try:
            data = os.read(file, _READ_AT_ONCE)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            stop()
        on_data(data)

    loop.add_reader(file, read)
    return stop


def open_writer(file: int, gate: Gate) -> Writer:
    """The writer for a file of this kind."""
    return PipeWriter(file, gate) if _tells_when(file) else ThreadWriter(file, gate)


class PipeWriter:
    """Writes at once what the pipe takes; only what it does not take waits until the editor has read on.

    It belongs to the loop that was running when it was made, and to its thread.
    """

    def __init__(self, file: int, gate: Gate) -> None:
        self._file = file
        self._gate = gate
        self._waiting: deque[memoryview] = deque()
        self._left = 0
        self._has_room = asyncio.Event()
        self._is_gone = False
        self._loop = asyncio.get_running_loop()
        if sys.platform != "win32":  # where none is ever made
            os.set_blocking(file, False)

    def write(self, data: bytes) -> None:
        """Takes one message, headers included, as pygls hands it over."""
        message = framed(self._gate(data.partition(b"\r\n\r\n")[2]))
        if self._is_gone:
            return
        self._waiting.append(memoryview(message))
        self._left += len(message)
        if len(self._waiting) == 1:
            self._write_on()
            if self._waiting:
                self._loop.add_writer(self._file, self._write_on)

    def room(self) -> Awaitable[None] | None:
        """What to wait for before much more is written; None as long as the editor reads fast enough."""
        if self._left <= _MOST_WAITING:
            return None
        self._has_room.clear()
        return self._until_room()

    async def _until_room(self) -> None:
        await self._has_room.wait()

    def close(self, patience: float = 1.0) -> None:
        """Writes what is left, or gives up after `patience` seconds."""
        end = time.monotonic() + patience
        while self._waiting and (left := end - time.monotonic()) > 0:
            select.select([], [self._file], [], left)
            self._write_on()
        self._loop.remove_writer(self._file)

    def _write_on(self) -> None:
        try:
            while self._waiting:
                rest = self._waiting[0]
                written = os.write(self._file, rest)
                self._left -= written
                if written == len(rest):
                    self._waiting.popleft()
                else:
                    self._waiting[0] = rest[written:]
        except BlockingIOError:
            return
        except OSError:
            logger.info("The editor no longer reads.")
            self._is_gone = True
            self._waiting.clear()
            self._left = 0
        self._has_room.set()
        self._loop.remove_writer(self._file)


class ThreadWriter:
    """Queues whole messages and writes them in a thread of its own."""

    def __init__(self, file: int, gate: Gate) -> None:
        self._file = file
        self._gate = gate
        self._waiting: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._write, name="pd-lsp-writer", daemon=True)
        self._thread.start()

    def write(self, data: bytes) -> None:
        """Queues one message, headers included, as pygls hands it over."""
        self._waiting.put(framed(self._gate(data.partition(b"\r\n\r\n")[2])))

    def room(self) -> Awaitable[None] | None:
        """What to wait for before much more is written; None as long as the editor reads fast enough."""
        return self._until_room() if self._waiting.qsize() > _MOST_MESSAGES else None

    async def _until_room(self) -> None:
        while self._waiting.qsize() > _MOST_MESSAGES and self._thread.is_alive():  # noqa: ASYNC110 - a thread takes them
            await asyncio.sleep(_LOOKED_AT)

    def close(self, patience: float = 1.0) -> None:
        """Writes what is left, or gives up after `patience` seconds."""
        self._waiting.put(None)
        self._thread.join(patience)

    def _write(self) -> None:
        with suppress(OSError), os.fdopen(self._file, "wb", closefd=False) as stream:
            while (message := self._waiting.get()) is not None:
                stream.write(message)
                stream.flush()
            return
        logger.info("The editor no longer reads.")


def _tells_when(file: int) -> bool:
    """Whether the loop can be told when there is something to read from a file, or room to write into it."""
    mode = os.fstat(file).st_mode
    return os.name == "posix" and (stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode))


def _read_in_thread(file: int, on_data: Callable[[bytes], None]) -> Callable[[], None]:
    loop = asyncio.get_running_loop()
    stopped = threading.Event()

    def read() -> None:
        data = b"-"
        while data and not stopped.is_set():
            try:
                data = os.read(file, _READ_AT_ONCE)
            except OSError:
                data = b""
            with suppress(RuntimeError):  # the loop is closed
                loop.call_soon_threadsafe(on_data, data)

    threading.Thread(target=read, name="pd-lsp-reader", daemon=True).start()
    return stopped.set
