"""`pd-lsp listen`: an HTTP trigger on this machine, which makes an event of each request and runs nothing."""

import json
import re
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace, _SubParsersAction
from pathlib import Path
from typing import Any

from pd_lsp.cli.errors import SUCCEEDED, CommandError
from pd_lsp.cli.screen import say

_NAME = re.compile(r"[\w-]{1,100}", re.ASCII)


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
    from pd_lsp.cli.listening import LOOPBACK, Trigger

    file = _file(*arguments.save) if arguments.save else None
    try:
        server = Trigger(arguments.port)
    except OSError as error:
        raise CommandError(f"Port {arguments.port} can't be listened on ({error.strerror}): name another.") from None
    with server:
        print(f"Listening at http://{LOOPBACK}:{server.server_address[1]}/ (Ctrl+C ends it)", file=sys.stderr)
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


def _take(event: Any, file: Path | None) -> None:
    say(json.dumps(event, ensure_ascii=False), sys.stdout)
    if file is None:
        return
    _refuse_link(file)
    try:
        file.parent.mkdir(exist_ok=True)
        text = json.dumps({"event": event}, indent=2, ensure_ascii=False) + "\n"
        file.write_text(text, "utf-8", "backslashreplace")  # JSON writes a lone surrogate as this escape
    except OSError as error:
        raise CommandError(f"{file} can't be written ({error.strerror}): check the folder.") from None
    print(f"Saved as {file}.", file=sys.stderr)


def _file(workflow: str, name: str) -> Path:
    """Where an event of this name is kept. Raises CommandError."""
    folder = Path(workflow)
    if not (folder / "workflow.yaml").is_file():
        raise CommandError(f"{folder} has no workflow.yaml: name the folder of a workflow.")
    if not _NAME.fullmatch(name):
        raise CommandError(f"{name!r} is no name for an event: take letters, digits, - and _.")
    file = folder / "events" / f"{name}.json"
    _refuse_link(file)
    return file


def _refuse_link(file: Path) -> None:
    """Raises CommandError where the folder, which may be a stranger's, would have another file written over."""
    if file.parent.is_symlink() or file.is_symlink() or (file.exists() and not file.is_file()):
        raise CommandError(
            f"{file} is a link or a device, or lies in a linked folder: take another name, or remove it."
        )


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65_536:  # noqa: PLR2004 - ports end there
        raise ArgumentTypeError("it takes a port from 1 to 65535")
    return int(text)
