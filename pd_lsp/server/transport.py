"""The server's side of the connection: messages in, one after the other, and whatever they are, answers out (D23)."""

import asyncio
import inspect
import json
import logging
import signal
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any, BinaryIO

from lsprotocol import types as lsp
from pygls.protocol import LanguageServerProtocol

from pd_lsp.execution.process_alive import is_alive
from pd_lsp.server.framing import Cutter, FramingError
from pd_lsp.server.pipes import open_writer, read_from
from pd_lsp.server.short_way import plain, read_params

logger = logging.getLogger(__name__)

_INVALID_REQUEST, _INVALID_PARAMS, _PARSE_ERROR = -32600, -32602, -32700


async def serve(
    protocol: LanguageServerProtocol, stdin: BinaryIO, stdout: BinaryIO, gate: Callable[[bytes], bytes]
) -> int:
    """Answers messages from `stdin` on `stdout` until the stream ends or `exit` comes; the process's exit code."""
    loop = asyncio.get_running_loop()
    ended = asyncio.Event()
    writer = open_writer(stdout.fileno(), gate)
    protocol.set_writer(writer)
    stop_reading = read_from(stdin.fileno(), _Session(protocol, ended).take)
    for asked_to_end in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows
            loop.add_signal_handler(asked_to_end, ended.set)
    editor = asyncio.create_task(_watch_editor(protocol, ended))
    try:
        await ended.wait()
    finally:
        stop_reading()
        editor.cancel()
        writer.close()
    return 0 if protocol._shutdown else 1  # noqa: SLF001 - pygls keeps it there, and the exit code depends on it


class _Session:
    """What the editor says, until it says `exit` or nothing more."""

    def __init__(self, protocol: LanguageServerProtocol, ended: asyncio.Event) -> None:
        self._protocol = protocol
        self._ended = ended
        self._cutter = Cutter()

    def take(self, data: bytes) -> None:
        """Takes what came in, as many messages as there are; nothing means the end."""
        if self._ended.is_set():
            return
        try:
            for body in self._cutter.feed(data):
                if take_message(self._protocol, body):
                    self._ended.set()
                    return
            if not data:
                self._ended.set()
                self._cutter.end()
        except FramingError as error:
            logger.error("The connection ends: %s.", error)
            self._ended.set()


def take_message(protocol: LanguageServerProtocol, body: bytes) -> bool:
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
        if isinstance(method, str) and _took_short_way(protocol, method, document):
            return
        message = protocol.structure_message(document)
        if not isinstance(message, dict):
            protocol.handle_message(message)
    except Exception as error:  # noqa: BLE001 - whatever a message makes of our types must cost that message only
        logger.warning("A message does not fit its type (%s).", type(error).__name__)
        if method is not None and number is not None:
            _refuse(protocol, number, _INVALID_PARAMS, "The parameters do not fit the method.")
        elif number is not None:  # an answer that can't be read: whoever waits for it goes on without
            protocol._handle_response(number, None)  # noqa: SLF001 - pygls has no public way


def _took_short_way(protocol: LanguageServerProtocol, method: str, document: dict[str, Any]) -> bool:
    """Whether a message of a keystroke was handed to its handler, and the answer sent."""
    params = read_params(method, document.get("params"))
    handler = protocol.fm.features.get(method)
    if params is None or handler is None or ("id" in document) == (method == lsp.TEXT_DOCUMENT_DID_CHANGE):
        return False
    answer, number = handler(params), document.get("id")
    if inspect.isawaitable(answer):
        task = asyncio.ensure_future(answer)
        protocol._request_futures[number] = task  # type: ignore[index,assignment] # noqa: SLF001 - so that it can be cancelled
        task.add_done_callback(partial(protocol._send_handler_result, msg_id=number))  # type: ignore[arg-type] # noqa: SLF001
    elif "id" in document:
        _send(protocol, {"jsonrpc": "2.0", "id": number, "result": plain(answer)})
    return True


def _send(protocol: LanguageServerProtocol, message: dict[str, Any]) -> None:
    if protocol.writer is not None:
        protocol.writer.write(b"\r\n\r\n" + json.dumps(message).encode())


def _refuse(protocol: LanguageServerProtocol, request_id: Any, code: int, message: str) -> None:
    _send(protocol, {"jsonrpc": "2.0", "id": request_id, "error": {"code": code, "message": message}})


async def _watch_editor(protocol: LanguageServerProtocol, ended: asyncio.Event) -> None:
    """Ends the server when the process that the editor named in `initialize` is gone."""
    while True:
        await asyncio.sleep(1.0)
        process_id = protocol._server.process_id  # noqa: SLF001 - pygls keeps it there
        if process_id and not is_alive(process_id):
            ended.set()
            return
