"""`pd-lsp COMMAND`: the list of commands, and the way to one of them."""

import argparse
import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress

from pd_lsp import __version__
from pd_lsp.cli import (
    accounts,
    allow,
    check,
    data_store,
    debug_adapter,
    demo,
    doctor,
    env,
    events,
    init,
    listen,
    login,
    logout,
    replay,
    run,
    runs,
    sandbox,
    serve,
    stub,
    template,
    trust,
    whoami,
)
from pd_lsp.cli.errors import MISTAKE, STEP_FAILED, SUCCEEDED, CommandError
from pd_lsp.cli.own_words import speak_in_own_words, told
from pd_lsp.cli.screen import say

COMMANDS = (
    serve,
    run,
    check,
    replay,
    listen,
    events,
    runs,
    login,
    logout,
    whoami,
    accounts,
    template,
    init,
    stub,
    data_store,
    debug_adapter,
    trust,
    allow,
    env,
    doctor,
    sandbox,
    demo,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; its exit code."""
    parser = argparse.ArgumentParser(prog="pd-lsp", description="Pipedream's Python code steps, in your editor.")
    parser.add_argument("--version", action="version", version=f"pd-lsp {__version__}")
    parser.add_argument(
        "--stay", action="store_true", help="wait for Enter at the end, in a terminal that closes with its command"
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in COMMANDS:
        command.add_parser(commands)
    _have_standard_streams()
    speak_in_own_words()
    chosen = parser.parse_args(arguments)
    code = _called(chosen)
    if chosen.stay and sys.stdin.isatty():
        with suppress(EOFError, KeyboardInterrupt):
            input("\nPress Enter to close. ")
        return SUCCEEDED  # the person has seen what came of it
    return code


def _called(chosen: argparse.Namespace) -> int:
    try:
        code: int = chosen.call(chosen)
        sys.stdout.flush()
    except CommandError as error:
        say(f"pd-lsp: {error}", sys.stderr)
        return MISTAKE
    except KeyboardInterrupt:
        return STEP_FAILED
    except BrokenPipeError:
        # The reader of our output has enough; Python would complain once more when it flushes at its end.
        _drop_output()
        return STEP_FAILED
    except OSError as error:
        _drop_output()
        print(f"pd-lsp: The output can't be written ({error.strerror}): write it somewhere else.", file=sys.stderr)
        return MISTAKE
    except Exception as error:  # noqa: BLE001 - its text could hold anything (D15)
        say(f"pd-lsp: {told(error)}", sys.stderr)
        return MISTAKE
    return code


def _have_standard_streams() -> None:
    """Lets every command rely on three streams that take any text, whatever it was started with."""
    sys.stdin = sys.stdin or open(os.devnull, encoding="utf-8")  # noqa: SIM115, PTH123 - stays open to the end
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - as above
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - as above
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _drop_output() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
