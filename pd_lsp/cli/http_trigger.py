"""The HTTP trigger of `pd-lsp listen`: it takes requests to this machine, and none that a web page makes."""

import os
import threading
from collections.abc import Callable, Collection
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from socketserver import ThreadingTCPServer
from typing import Any
from urllib.parse import urlsplit

LOOPBACK = "127.0.0.1"
_HERE = frozenset({LOOPBACK, "localhost", "::1"})
_SUCCESS = (
    b"<!DOCTYPE html><title>Success!</title><h1>Success!</h1>"
    b"<p>To customize this response, a step can call pd.respond() on the platform.</p>\n"
)
_PATIENCE = 10.0
"""Seconds that each part of a request may take to arrive."""
_MOST_DIGITS = 9
_ENDED = "It has had its request."


class HttpTrigger(ThreadingTCPServer):
    """Hands on the event of each request, one at a time, as long as `serve_forever` runs.

    Each request has a thread: browsers open connections that they may never use.
    """

    daemon_threads = True
    allow_reuse_address = os.name == "posix"  # on Windows that would let another program take the port over

    def __init__(
        self, port: int, take: Callable[[Any], None], say: Callable[[str], None], *, hosts: Collection[str], once: bool
    ) -> None:
        """`take` gets each event; what it raises ends the listening, as its end does where there is only `once` one.

        `hosts` are the names that are answered to beside this machine's own, such as that of a tunnel. `say` tells the
        person of requests that are refused. Port 0 is any that is free. Raises OSError where a port is taken.
        """
        self._take = take
        self.say = say
        self._hosts = (_HERE | {_host_in(host) for host in hosts}) - {""}
        self._once = once
        self._turn = threading.Lock()
        self._has_ended = False
        self.failure: Exception | None = None
        """What `take` has raised."""
        super().__init__((LOOPBACK, port), _Request)

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://{LOOPBACK}:{self.server_address[1]}/"

    def is_known(self, address: str) -> bool:
        """Whether the host in an address, or in a `Host` header, is this machine or one of the `hosts`."""
        return _host_in(address) in self._hosts

    def hand_on(self, event: Any, answer: Callable[[], None]) -> bool:
        """Lets `answer` answer the request, and hands its event on; False where no more are taken."""
        with self._turn:
            if self._has_ended:
                return False
            self._has_ended = self._once
            with suppress(OSError):  # whoever asked may be gone, and has asked all the same
                answer()
            try:
                self._take(event)
            except Exception as error:  # noqa: BLE001 - whoever listens raises it again
                self.failure, self._has_ended = error, True
            if self._has_ended:
                self.shutdown()
            return True

    def end(self) -> None:
        """Takes no more, and waits for the event that is just handed on."""
        with self._turn:
            self._has_ended = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A request that breaks off costs nothing but itself."""


class _Request(BaseHTTPRequestHandler):
    """Answers as the platform does where no step answers."""

    timeout = _PATIENCE
    server: HttpTrigger

    def _take(self) -> None:
        from pd_lsp.workflows.http_event import http_event

        body = self._body() if self._is_welcome() else None
        if body is None:
            return
        event = http_event(self.command, self.path, self.headers.items(), body, self.client_address[0])
        if not self.server.hand_on(event, self._succeed):
            self._refuse(503, _ENDED)

    def _is_welcome(self) -> bool:
        """Whether it may be meant: a web page can send requests here, but not hide that it does.

        One that has its own name lead here (DNS rebinding) shows it as `Host`, any other one as `Origin`, or as
        `Sec-Fetch-Site` where it only loads something.
        """
        host, origin = self.headers.get("host"), self.headers.get("origin")
        if host is not None and not self.server.is_known(host):
            self._say_refused(f"for the host {host[:100]}", f"add --host {host[:100]} if that is a tunnel of yours")
            return False
        if origin is not None:
            welcome = self.server.is_known(origin)
        else:
            welcome = self.headers.get("sec-fetch-site") != "cross-site"
        if not welcome:
            where = f" of {origin[:100]}" if origin else ""
            self._say_refused(f"of a web page{where}", "send it from a program, or from a page of this machine")
        return welcome

    def _say_refused(self, what: str, advice: str) -> None:
        self.server.say(f"A request {what} was refused: {advice}.")
        self._refuse(403, "Requests to this machine are taken, and none of web pages elsewhere.")

    def _body(self) -> bytes | None:
        """The body; None where it was refused, or did not come."""
        from pd_lsp.workflows.http_event import LARGEST_BODY

        length = self.headers.get("content-length", "0")
        if "transfer-encoding" in self.headers:
            self._refuse(411, "A body in pieces is not taken: send it with its length.")
        elif not length.isdecimal():
            self._refuse(400, "Content-Length is no number.")
        elif len(length) > _MOST_DIGITS or int(length) > LARGEST_BODY:
            self._refuse(413, f"A body has {LARGEST_BODY // 1024} kB at the most, as on the platform.")
        else:
            body = self.rfile.read(int(length))
            if len(body) == int(length):
                return body
            self._refuse(400, "The body broke off.")
        return None

    def _succeed(self) -> None:
        self._answer(200, "text/html", _SUCCESS)

    def _refuse(self, status: int, sentence: str) -> None:
        self._answer(status, "text/plain", f"{sentence}\n".encode())

    def _answer(self, status: int, kind: str, content: bytes) -> None:
        self.send_response(status)
        self.send_header("content-type", f"{kind}; charset=utf-8")
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = _take  # noqa: N815 - the library's names

    def log_message(self, *_: Any) -> None:
        """Logs nothing: a request can hold a secret (D16)."""


def _host_in(address: str) -> str:
    """The host in an address, with or without scheme and port; empty where there is none."""
    try:
        return urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""
