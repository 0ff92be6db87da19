"""`pd-lsp serve`: the language server, over standard input and output."""

import asyncio
import logging
import os
from argparse import ArgumentParser, Namespace, _SubParsersAction

from pd_lsp.cli import signed_in


def add_parser(commands: "_SubParsersAction[ArgumentParser]") -> None:
    """Adds the command."""
    parser = commands.add_parser("serve", help="answer an editor, over standard input and output")
    parser.add_argument("--stdio", action="store_true", help="accepted because clients add it; there is no other way")
    parser.add_argument("--log-level", choices=("debug", "info", "warning", "error"), default="warning")
    signed_in.add_arguments(parser)
    signed_in.add_step_folder(parser)
    parser.set_defaults(call=serve)


def serve(arguments: Namespace) -> int:
    """Serves until the editor says `exit`, closes the pipe, or is gone."""
    from pd_lsp.server.app import create_server
    from pd_lsp.server.transport import serve as serve_messages

    _log_at(arguments.log_level)
    # Neither is ever closed: on Windows that waits for a thread that reads, and it for an editor that says nothing.
    stdin, stdout = os.fdopen(os.dup(0), "rb", closefd=False), os.fdopen(os.dup(1), "wb", closefd=False)
    _keep_standard_streams_free()
    with signed_in.signed_in(arguments) as (settings, accounts):
        server = create_server(settings, accounts)
        code = asyncio.run(serve_messages(server.protocol, stdin, stdout, server.gate))
    logging.shutdown()
    return code


def _log_at(level: str) -> None:
    """Our own log; libraries stay at warning, and pygls, which logs whole messages, below its errors (D16)."""
    logging.getLogger("pd_lsp").setLevel(level.upper())
    logging.getLogger("pygls").setLevel(logging.CRITICAL)


def _keep_standard_streams_free() -> None:
    """Points fd 0 and 1 elsewhere: no `print` and no child may read from or write into the protocol."""
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(2, 1)
    os.close(null)
