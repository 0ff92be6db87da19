"""The sandbox's one port: plain HTTP for the API, and an HTTPS proxy that answers for the hosts it knows."""

import json
import ssl
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from pd_lsp.sandbox.exchange import Answer, Request
from pd_lsp.sandbox.hosts import refusal

_LARGEST_BODY = 10_000_000
_PATIENCE = 30.0
"""Seconds that a client may be silent."""

Answerer = Callable[[Request], Answer]


class Listener(ThreadingHTTPServer):
    """Serves each connection in a thread. `answer` makes an answer of a request, `certify` a TLS context for a host."""

    daemon_threads = True
    block_on_close = False

    def __init__(
        self, port: int, answer: Answerer, knows: Callable[[str], bool], certify: Callable[[str], ssl.SSLContext]
    ) -> None:
        self.answer = answer
        self.knows = knows
        self.certify = certify
        super().__init__(("127.0.0.1", port), _Connection)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hung up, or does not trust our certificate, is no news."""


class _Connection(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = _PATIENCE
    server: Listener
    tunnel = ""
    """The host that a CONNECT named; from then on the connection speaks for it."""

    def do_CONNECT(self) -> None:
        host = self.path.rpartition(":")[0].strip("[]").lower()
        if not self.server.knows(host):
            self._send(403, {"error": refusal(host)}, reason=f"The sandbox does not stand in for {host}")
            return
        self.send_response_only(200, "Connection established")
        self.end_headers()
        self.connection = self.server.certify(host).wrap_socket(self.connection, server_side=True)
        self.rfile = self.connection.makefile("rb", -1)
        self.wfile = self.connection.makefile("wb", 0)
        self.tunnel = host
        self.close_connection = False

    def _any(self) -> None:
        body = self._body()
        if body is None:
            return
        parts = urlsplit(self.path)
        host = self.tunnel or parts.hostname or ""
        target = self.path if not parts.netloc else parts._replace(scheme="", netloc="").geturl() or "/"
        if parts.netloc and not self.tunnel and not self.server.knows(host):
            self._send(403, {"error": refusal(host)})
            return
        headers = {name.lower(): value for name, value in self.headers.items()}
        answer = self.server.answer(Request(self.command, host, target, headers, body))
        self._send(answer.status, answer.document, answer.headers)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_OPTIONS = _any  # noqa: N815 - http.server looks for them

    def _body(self) -> bytes | None:
        if "chunked" in self.headers.get("transfer-encoding", "").lower():
            return self._chunks()
        length = self.headers.get("content-length", "0")
        if not length.isdigit() or int(length) > _LARGEST_BODY:
            self.close_connection = True
            self._send(413, {"error": "The body is larger than 10 MB."})
            return None
        return self.rfile.read(int(length))

    def _chunks(self) -> bytes | None:
        body = bytearray()
        while True:
            size = int(self.rfile.readline(100).partition(b";")[0].strip() or b"0", 16)
            body += self.rfile.read(size)
            self.rfile.readline(100)
            if not size:
                return bytes(body)
            if len(body) > _LARGEST_BODY:
                self.close_connection = True
                self._send(413, {"error": "The body is larger than 10 MB."})
                return None

    def _send(self, status: int, document: Any, headers: dict | None = None, reason: str | None = None) -> None:
        body = b"" if document is None else json.dumps(document).encode()
        self.send_response(status, reason)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_arguments: Any) -> None:
        """The sandbox keeps its own list of requests, and prints none."""
