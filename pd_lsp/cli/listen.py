"""`pd-lsp listen`: an HTTP trigger on this machine, which makes an event of each request and runs nothing."""

import json
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace, _SubParsersAction
from pathlib import Path
from typing import Any

from pd_lsp.cli.errors import SUCCEEDED, CommandError
from pd_lsp.cli.screen import say

_LOOKED_AT = 0.1
"""Seconds between two looks at whether it is to end."""


def add_parser(commands: "_SubParsersAction[ArgumentParser]") -> None:
    """Adds the command."""
    parser = commands.add_parser("listen", help="make an event of each HTTP request to this machine")
    parser.add_argument(
        "--save", nargs=2, metavar=("WORKFLOW", "NAME"), help="keep it as a saved event of a workflow's folder"
    )
    parser.add_argument("--port", type=_port, default=0, metavar="PORT", help="the port; without one, a free one")
    parser.add_argument(
        "--host", action="append", default=[], metavar="NAME", help="answer to this name too, such as that of a tunnel"
    )
    parser.add_argument("--once", action="store_true", help="end after the first request")
    parser.set_defaults(call=listen)


def listen(arguments: Namespace) -> int:
    """Prints the event of each request on standard output, one JSON document a line, until it is interrupted."""
    from functools import partial

    from pd_lsp.cli.http_trigger import HttpTrigger

    file = _file(*arguments.save) if arguments.save else None
    take, tell = partial(_take, file=file), partial(say, stream=sys.stderr)
    try:
        trigger = HttpTrigger(arguments.port, take, tell, hosts=arguments.host, once=arguments.once)
    except OSError as error:
        raise CommandError(f"Port {arguments.port} can't be listened on ({error.strerror}): name another.") from None
    with trigger:
        print(f"Listening at {trigger.url} (Ctrl+C ends it)", file=sys.stderr)
        try:
            trigger.serve_forever(_LOOKED_AT)
        except KeyboardInterrupt:
            print(file=sys.stderr)
        trigger.end()
    if trigger.failure:
        raise trigger.failure
    return SUCCEEDED


def _take(event: Any, file: Path | None) -> None:
    from pd_lsp.workflows.event_writing import EventNotSavedError, write_event
    from pd_lsp.workflows.events import SavedEvent

    try:
        line = json.dumps(event, ensure_ascii=False)
    except RecursionError:
        say("A request was nested too deep, as on the platform it would be, and is left out.", sys.stderr)
        return
    say(line, sys.stdout)
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
