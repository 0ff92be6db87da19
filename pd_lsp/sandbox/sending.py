"""Sends an answer, whole or as broken as it is meant to be."""

import socket
import struct
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler

from pd_lsp.sandbox.exchange import Answer, Delivery

_NO_FAREWELL = struct.pack("ii", 1, 0)
"""For SO_LINGER: closing resets the connection."""
_BODILESS = frozenset({HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED})


def send(connection: BaseHTTPRequestHandler, answer: Answer) -> None:
    """Sends `answer` to the client of `connection`. After anything but a whole one, the connection ends."""
    if answer.delivery is not Delivery.WHOLE:
        connection.close_connection = True
    if answer.delivery in {Delivery.DROPPED, Delivery.RESET}:
        _drop(connection, reset=answer.delivery is Delivery.RESET)
        return
    body = answer.body()
    _send_head(connection, answer, len(body))
    if connection.command != "HEAD" and answer.status not in _BODILESS:
        _send_body(connection, body, answer.delivery)
    connection.wfile.flush()


def _send_head(connection: BaseHTTPRequestHandler, answer: Answer, length: int) -> None:
    headers = dict(answer.headers)
    if answer.status not in _BODILESS:
        headers = {"Content-Type": "application/json; charset=utf-8", "Content-Length": str(length), **headers}
    if answer.delivery is Delivery.ENDLESS:
        headers.pop("Content-Length", None)
    if connection.close_connection:
        headers["Connection"] = "close"
    connection.send_response(answer.status, answer.reason)
    for name, value in headers.items():
        connection.send_header(name, value)
    connection.end_headers()


def _send_body(connection: BaseHTTPRequestHandler, body: bytes, delivery: Delivery) -> None:
    if delivery is Delivery.CUT:
        connection.wfile.write(body[: len(body) // 2])
        return
    connection.wfile.write(body)
    while delivery is Delivery.ENDLESS:  # ends with the error of writing to a client that has hung up
        connection.wfile.write(body)


def _drop(connection: BaseHTTPRequestHandler, *, reset: bool) -> None:
    if reset:
        connection.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_FAREWELL)
    connection.connection.close()
