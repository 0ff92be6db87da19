"""The sandbox's one port: plain HTTP for the API, and an HTTPS proxy that answers for the hosts it knows.

Nothing is ever forwarded: whoever asks for another host hears so.
"""

import os
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from typing import Any
from urllib.parse import urlsplit

from pd_lsp.sandbox.bodies import UnreadableError, read_body
from pd_lsp.sandbox.exchange import Answer, Request
from pd_lsp.sandbox.sending import send

_LOOPBACK = "127.0.0.1"
_PATIENCE = 30.0
"""Seconds that a client may be silent."""


class Listener(ThreadingHTTPServer):
    """Serves each connection in a thread.

    `answer` makes an answer of a request, a `CONNECT` to a host that `knows` refuses included; `certify` a TLS context
    for a host that it accepts. Raises OSError where the port is taken.
    """

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = os.name == "posix"  # elsewhere two programs could hold one port
    request_queue_size = 128

    def __init__(
        self,
        port: int,
        answer: Callable[[Request], Answer],
        knows: Callable[[str], bool],
        certify: Callable[[str], ssl.SSLContext],
    ) -> None:
        self.answer = answer
        self.knows = knows
        self.certify = certify
        self.connections: set[_Connection] = set()
        super().__init__((_LOOPBACK, port), _Connection)

    @property
    def authority(self) -> str:
        """Host and port, as they stand in its address."""
        return f"{_LOOPBACK}:{self.server_address[1]}"

    def server_bind(self) -> None:
        """Binds without asking the name service for its own name, which can take seconds."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = _LOOPBACK, self.server_address[1]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hung up, or does not trust our certificate, is no news."""

    def server_close(self) -> None:
        """Ends the service and hangs up on everybody, also on those who only kept their connection."""
        super().server_close()
        for connection in self.connections.copy():
            with suppress(OSError):
                connection.connection.shutdown(socket.SHUT_RDWR)


class _Connection(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    default_request_version = "HTTP/1.0"  # what is no HTTP gets a whole answer, too
    server_version, sys_version = "pd-lsp-sandbox", ""
    timeout = _PATIENCE
    wbufsize = -1
    disable_nagle_algorithm = True
    server: Listener
    tunnel = ""
    """The host that a CONNECT named; from then on the connection speaks for it."""

    def setup(self) -> None:
        super().setup()
        self.server.connections.add(self)

    def finish(self) -> None:
        self.server.connections.discard(self)
        with suppress(OSError, ValueError):
            super().finish()
        if self.tunnel:
            self.connection.close()

    def do_CONNECT(self) -> None:
        host, _, port = self.path.lower().rpartition(":")
        if self.tunnel or port != "443" or not self.server.knows(host):
            send(self, self.server.answer(Request("CONNECT", host, self.path, {})))
            return
        self.send_response_only(200, "Connection established")
        self.end_headers()
        self.wfile.flush()
        self._speak_as(host)

    def _speak_as(self, host: str) -> None:
        self.tunnel = host
        self.rfile.close()
        self.wfile.close()
        secured = self.server.certify(host).wrap_socket(
            self.connection, server_side=True, do_handshake_on_connect=False
        )
        self.connection = secured
        self.rfile = secured.makefile("rb")
        self.wfile = secured.makefile("wb")
        secured.do_handshake()
        self.close_connection = False

    def _exchange(self) -> None:
        try:
            host, target = self._aimed()
            headers = {name.lower(): value for name, value in self.headers.items()}
            request = Request(self.command, host, target, headers, read_body(headers, self.rfile))
        except UnreadableError as error:
            self.send_error(error.status, error.sentence)
            return
        send(self, self.server.answer(request))

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_OPTIONS = _exchange  # noqa: N815 - http.server looks for them

    def _aimed(self) -> tuple[str, str]:
        """The host that is meant, and the target there; a client of a proxy writes both into the request line."""
        if self.path.startswith("/") or self.path == "*":
            return self.tunnel, self.path
        try:
            parts = urlsplit(self.path)
            host = parts.hostname
        except ValueError:
            host = None
        if not host:
            raise UnreadableError(400, "The request names no path and no address.")
        own = self.tunnel or parts.netloc == self.server.authority
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        return self.tunnel if own else host, target

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Refuses what can't be read, and hangs up: nobody knows where the next request would begin."""
        self.close_connection = True
        send(self, Answer(code, {"error": message or explain or "The sandbox can't read this request."}))

    def handle_expect_100(self) -> bool:
        """Lets a client go on that asked before it sends its body."""
        going_on = super().handle_expect_100()
        self.wfile.flush()
        return going_on

    def log_message(self, *_arguments: Any) -> None:
        """The sandbox keeps its own list of requests, and prints none."""
