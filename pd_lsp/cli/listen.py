"""`pd-lsp listen`: an HTTP trigger on this machine, which makes an event of each request and runs nothing."""

import json
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace, _SubParsersAction
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

from pd_lsp.cli.errors import SUCCEEDED, CommandError
from pd_lsp.cli.screen import say

_SUCCESS = (
    b"<!DOCTYPE html><title>Success!</title><h1>Success!</h1>"
    b"<p>To customize this response, a step can call pd.respond() on the platform.</p>\n"
)
_PATIENCE = 10.0
"""Seconds that a request may take to arrive."""
_LOOPBACK = "127.0.0.1"


def add_parser(commands: "_SubParsersAction[ArgumentParser]") -> None:
    """Adds the command."""
    parser = commands.add_parser("listen", help="make an event of each HTTP request to this machine")
    parser.add_argument(
        "--save", nargs=2, metavar=("WORKFLOW", "NAME"), help="keep it as a saved event of a workflow's folder"
    )
    parser.add_argument("--port", type=_port, default=0, metavar="PORT", help="the port; without one, a free one")
    parser.add_argument("--once", action="store_true", help="end after the first request")
    parser.set_defaults(call=listen)


def listen(arguments: Namespace) -> int:
    """Prints the event of each request on standard output, one JSON document a line, until it is interrupted."""
    file = _file(*arguments.save) if arguments.save else None
    try:
        server = _Trigger((_LOOPBACK, arguments.port), _Request)
    except OSError as error:
        raise CommandError(f"Port {arguments.port} can't be listened on ({error.strerror}): name another.") from None
    with server:
        print(f"Listening at http://{_LOOPBACK}:{server.server_address[1]}/ (Ctrl+C ends it)", file=sys.stderr)
        try:
            while not (arguments.once and server.events):
                server.handle_request()
                for event in server.events:
                    _take(event, file)
                if not arguments.once:
                    server.events.clear()
        except KeyboardInterrupt:
            print(file=sys.stderr)
    return SUCCEEDED


class _Trigger(HTTPServer):
    """Keeps the events that have come."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.events: list[Any] = []

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A request that breaks off costs nothing but itself."""


class _Request(BaseHTTPRequestHandler):
    """Answers as the platform does where no step answers."""

    timeout = _PATIENCE
    server: _Trigger

    def _take(self) -> None:
        from pd_lsp.workflows.http_event import LARGEST_BODY, http_event

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


def _take(event: Any, file: Path | None) -> None:
    from pd_lsp.workflows.event_writing import EventNotSavedError, write_event
    from pd_lsp.workflows.events import SavedEvent

    say(json.dumps(event, ensure_ascii=False), sys.stdout)
    if file is None:
        return
    try:
        write_event(file, SavedEvent(event), over=True)
    except EventNotSavedError as error:
        raise CommandError(str(error)) from None
    print(f"Saved as {file}.", file=sys.stderr)


def _file(workflow: str, name: str) -> Path:
    """Where an event of this name is kept. Raises CommandError."""
    from pd_lsp.workflows.event_writing import EventNotSavedError, event_file

    folder = Path(workflow)
    if not (folder / "workflow.yaml").is_file():
        raise CommandError(f"{folder} has no workflow.yaml: name the folder of a workflow.")
    try:
        return event_file(folder, name)
    except EventNotSavedError as error:
        raise CommandError(str(error)) from None


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65_536:  # noqa: PLR2004 - ports end there
        raise ArgumentTypeError("it takes a port from 1 to 65535")
    return int(text)
