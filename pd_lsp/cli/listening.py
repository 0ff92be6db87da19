"""The HTTP trigger of `pd-lsp listen`; a file of its own, because no other command needs an HTTP server."""

from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

from pd_lsp.workflows.http_event import LARGEST_BODY, http_event

_SUCCESS = (
    b"<!DOCTYPE html><title>Success!</title><h1>Success!</h1>"
    b"<p>To customize this response, a step can call pd.respond() on the platform.</p>\n"
)
_PATIENCE = 10.0
"""Seconds that a request may take to arrive."""
LOOPBACK = "127.0.0.1"


class Trigger(HTTPServer):
    """Keeps the events that have come."""

    def __init__(self, port: int) -> None:
        """Listens at `port`, or at a free one where it is 0. Raises OSError."""
        super().__init__((LOOPBACK, port), _Request)
        self.events: list[Any] = []

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A request that breaks off costs nothing but itself."""


class _Request(BaseHTTPRequestHandler):
    """Answers as the platform does where no step answers."""

    timeout = _PATIENCE
    server: Trigger

    def _take(self) -> None:
        if "transfer-encoding" in self.headers:
            self.send_error(411)  # a body in pieces, which would be taken for an empty one
            return
        length = self.headers.get("content-length", "0")
        if not length.isdecimal():
            self.send_error(400)
            return
        if int(length) > LARGEST_BODY:
            self.send_error(413)
            return
        body = self.rfile.read(int(length))
        if len(body) < int(length):
            self.send_error(400)
            return
        event = http_event(self.command, self.path, self.headers.items(), body, self.client_address[0])
        self.server.events.append(event)
        self.send_response(200)
        self.send_header("content-type", "text/html; charset=utf-8")
        self.send_header("content-length", str(len(_SUCCESS)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(_SUCCESS)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = _take  # noqa: N815 - the library's names

    def log_message(self, *_: Any) -> None:
        """Logs nothing: a request can hold a secret (D16)."""
