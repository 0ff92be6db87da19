"""Servers of a test's own, for what the sandbox does not do: decoys, odd certificates, odd bytes."""

import re
import socketserver
import ssl
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeAlias

Says: TypeAlias = Callable[[str], Iterable[bytes]]
_END_OF_HEAD = b"\r\n\r\n"
_LENGTH = re.compile(rb"\r\ncontent-length: ([0-9]+)", re.IGNORECASE)
_HELLO = b"\x16"
"""How somebody begins who speaks TLS; a server without it does not wait for more."""


def answer(body: bytes = b"{}", *headers: str, status: str = "200 OK") -> bytes:
    """The bytes of an answer."""
    head = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers]
    return "\r\n".join(head).encode() + _END_OF_HEAD + body


EMPTY = answer()
"""An empty object."""


class OwnServer(socketserver.ThreadingTCPServer):
    """Answers every request with the parts that `says` makes of it, and keeps what arrived."""

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True

    def __init__(self, says: Says, context: ssl.SSLContext | None) -> None:
        self.says = says
        self.context = context
        self.asked: list[str] = []
        super().__init__(("127.0.0.1", 0), _Connection)
        self.port: int = self.server_address[1]
        self.url = f"{'https' if context else 'http'}://localhost:{self.port}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that does not trust us is what some tests want."""


class _Connection(socketserver.BaseRequestHandler):
    server: OwnServer

    def handle(self) -> None:
        connection = self.server.context.wrap_socket(self.request, True) if self.server.context else self.request
        with connection:
            head = b""
            while _END_OF_HEAD not in head and head[:1] != _HELLO and (part := connection.recv(65_536)):
                head += part
            head, _, body = head.partition(_END_OF_HEAD)
            length = int(next(iter(_LENGTH.findall(head)), b"0"))
            while len(body) < length and (part := connection.recv(65_536)):
                body += part
            if head:
                self.server.asked.append((head + _END_OF_HEAD + body).decode("latin-1"))
                for part in self.server.says(self.server.asked[-1]):
                    connection.sendall(part)


@contextmanager
def own_server(says: bytes | Says = EMPTY, context: ssl.SSLContext | None = None) -> Iterator[OwnServer]:
    """A server on a loopback port, until the end of the block."""
    with OwnServer(says if callable(says) else lambda _: [says], context) as server:
        serving = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        serving.start()
        try:
            yield server
        finally:
            server.shutdown()
            serving.join()
