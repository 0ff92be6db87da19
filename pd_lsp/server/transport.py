"""A strict reader of LSP's base protocol, and a writer that cannot block the loop (D23).

Reader and writer have a thread each: a pipe of the standard streams can be read without one on some systems only,
and an editor that stops reading must not stop the server.
"""

import asyncio
import json
import logging
import os
import queue
import re
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any, BinaryIO

from pygls.protocol import LanguageServerProtocol

logger = logging.getLogger(__name__)

_LONGEST_HEADER = 8_000
_LARGEST_BODY = 64_000_000
_CONTENT_LENGTH = re.compile(rb"content-length[ \t]*:[ \t]*(\d{1,10})[ \t]*", re.IGNORECASE)
_INVALID_REQUEST, _INVALID_PARAMS, _PARSE_ERROR = -32600, -32602, -32700


class FramingError(Exception):
    """What came in can't be cut into messages any more; the only way on is to end."""


def read_message(stream: BinaryIO) -> bytes | None:
    """The body of the next message, or None at an orderly end of the stream. Raises FramingError."""
    length: int | None = None
    size = 0
    while True:
        line = stream.readline(_LONGEST_HEADER + 1)
        size += len(line)
        if not line and size == 0:
            return None
        if not line.endswith(b"\n") or size > _LONGEST_HEADER:
            raise FramingError("a header has no end")
        line = line.rstrip(b"\r\n")
        if not line:
            break
        if named := _CONTENT_LENGTH.fullmatch(line):
            length = int(named[1])
    if length is None or length > _LARGEST_BODY:
        raise FramingError("a message has no length, or is too large")
    body = stream.read(length)
    if len(body) < length:
        raise FramingError("the stream ends inside a message")
    return body


class Writer:
    """Queues whole messages and writes them in a thread of its own. `gate` sees each body last (D17)."""

    def __init__(self, stream: BinaryIO, gate: Callable[[bytes], bytes]) -> None:
        self._stream = stream
        self._gate = gate
        self._waiting: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._write, name="pd-lsp-writer", daemon=True)
        self._thread.start()

    def write(self, data: bytes) -> None:
        """Queues one message, headers included, as pygls hands it over."""
        self._waiting.put(data)

    def close(self, patience: float = 1.0) -> None:
        """Writes what is queued, or gives up after `patience` seconds."""
        self._waiting.put(None)
        self._thread.join(patience)

    def _write(self) -> None:
        try:
            while (data := self._waiting.get()) is not None:
                body = self._gate(data.partition(b"\r\n\r\n")[2])
                self._stream.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
                self._stream.flush()
        except (OSError, ValueError):
            logger.info("The editor no longer reads.")


async def serve(
    protocol: LanguageServerProtocol, stdin: BinaryIO, stdout: BinaryIO, gate: Callable[[bytes], bytes]
) -> int:
    """Answers messages from `stdin` on `stdout` until the stream ends or `exit` comes; the process's exit code."""
    loop = asyncio.get_running_loop()
    messages: asyncio.Queue[bytes | None] = asyncio.Queue()
    writer = Writer(stdout, gate)
    protocol.set_writer(writer)

    def read() -> None:
        body: bytes | None = b""
        while body is not None:
            try:
                body = read_message(stdin)
            except FramingError as error:
                logger.error("The connection ends: %s.", error)
                body = None
            except (OSError, ValueError):
                body = None
            try:
                loop.call_soon_threadsafe(messages.put_nowait, body)
            except RuntimeError:
                return

    threading.Thread(target=read, name="pd-lsp-reader", daemon=True).start()
    for asked_to_end in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows
            loop.add_signal_handler(asked_to_end, messages.put_nowait, None)
    editor = asyncio.create_task(_watch_editor(protocol, messages))
    try:
        while (body := await messages.get()) is not None:
            if _is_exit(protocol, body):
                break
    finally:
        editor.cancel()
        writer.close()
    return 0 if protocol._shutdown else 1  # noqa: SLF001 - pygls keeps it there, and the exit code depends on it


def _is_exit(protocol: LanguageServerProtocol, body: bytes) -> bool:
    """Hands one message to pygls; whether it was `exit`. A message that does not fit gets an error answer."""
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        _refuse(protocol, None, _PARSE_ERROR, "The message is not JSON.")
        return False
    if not isinstance(document, dict) or document.get("jsonrpc") != "2.0":
        _refuse(protocol, None, _INVALID_REQUEST, "The message is no JSON-RPC 2.0 message.")
        return False
    if document.get("method") == "exit":
        return True
    _hand_over(protocol, document)
    return False


def _hand_over(protocol: LanguageServerProtocol, document: dict[str, Any]) -> None:
    number, method = document.get("id"), document.get("method")
    if not isinstance(number, (str, int, type(None))):
        _refuse(protocol, None, _INVALID_REQUEST, "An id is a number or a string.")
        return
    if method is not None and protocol._shutdown:  # noqa: SLF001 - pygls would give no answer at all
        if number is not None:
            _refuse(protocol, number, _INVALID_REQUEST, "The server was shut down.")
        return
    try:
        message = protocol.structure_message(document)
        if not isinstance(message, dict):
            protocol.handle_message(message)
    except Exception as error:  # noqa: BLE001 - whatever a message makes of our types must cost that message only
        logger.warning("A message does not fit its type (%s).", type(error).__name__)
        if method is not None and number is not None:
            _refuse(protocol, number, _INVALID_PARAMS, "The parameters do not fit the method.")
        elif number is not None:  # an answer that can't be read: whoever waits for it goes on without
            protocol._handle_response(number, None)  # noqa: SLF001 - pygls has no public way


def _refuse(protocol: LanguageServerProtocol, request_id: Any, code: int, message: str) -> None:
    if protocol.writer is not None:
        answer = {"jsonrpc": "2.0", "id": request_id, "error": {"code": code, "message": message}}
        protocol.writer.write(b"\r\n\r\n" + json.dumps(answer).encode())


async def _watch_editor(protocol: LanguageServerProtocol, messages: "asyncio.Queue[bytes | None]") -> None:
    """Ends the server when the process that the editor named in `initialize` is gone."""
    while os.name == "posix":
        await asyncio.sleep(1.0)
        process_id = protocol._server.process_id  # noqa: SLF001 - pygls keeps it there
        if process_id and not _is_alive(process_id):
            await messages.put(None)
            return


def _is_alive(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
