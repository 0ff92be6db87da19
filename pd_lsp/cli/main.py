"""`pd-lsp COMMAND`: from a start to an exit code, whatever the command meets."""

import argparse
import io
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

from pd_lsp.cli.errors import MISTAKE, STEP_FAILED, SUCCEEDED, CommandError
from pd_lsp.cli.own_words import speak_in_own_words, told
from pd_lsp.cli.screen import say


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; its exit code."""
    with _ended_by_interrupts():
        from pd_lsp.cli.commands import parser

        _have_standard_streams()
        speak_in_own_words()
        chosen = parser().parse_args(arguments)
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
        if error.filename is None and error.strerror:
            _drop_output()
        say(f"pd-lsp: {_sentence(error)}", sys.stderr)
        return MISTAKE
    except Exception as error:  # noqa: BLE001 - its text could hold anything (D15)
        say(f"pd-lsp: {told(error)}", sys.stderr)
        return MISTAKE
    return code


@contextmanager
def _ended_by_interrupts() -> Iterator[None]:
    """Lets Ctrl+C end the process without a word: nothing has begun, and Python would print where it stood."""
    before = signal.getsignal(signal.SIGINT)
    with suppress(ValueError):  # not in the main thread
        signal.signal(signal.SIGINT, signal.SIG_DFL if before is signal.default_int_handler else before)
    try:
        yield
    finally:
        with suppress(ValueError):
            signal.signal(signal.SIGINT, before)


def _sentence(error: OSError) -> str:
    """What the person is told of an error that no command has met with a sentence of its own."""
    if error.filename is not None:
        return (
            f"{error.filename} can't be read or written ({error.strerror}): check its rights and those of its folder."
        )
    if error.strerror:
        return f"The output can't be written ({error.strerror}): write it somewhere else."
    return str(error)


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
