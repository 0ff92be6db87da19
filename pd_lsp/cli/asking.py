"""Questions to the person at the terminal. What is secret is typed without echo, or comes from standard input (D2)."""

import getpass
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from pd_lsp.cli.errors import CommandError


def ask(question: str, given: str | None, option: str) -> str:
    """What the person gave on the command line, else what they answer. Raises CommandError where nobody can."""
    if given:
        return given
    if not sys.stdin.isatty():
        raise CommandError(f"Nobody sits at this terminal to be asked: give {option}.")
    answer = _answer(question)
    if not answer:
        raise CommandError(f"Nothing was answered: try again, or give {option}.")
    return answer


def ask_secret(question: str) -> str:
    """A secret: typed without echo at a terminal, else the first line of standard input; empty where there is none.

    Raises CommandError for one that is no text.
    """
    try:
        typed = getpass.getpass(question) if sys.stdin.isatty() else sys.stdin.readline()
        typed.encode()
    except EOFError:
        print()
        return ""
    except UnicodeError:
        raise _no_text() from None
    return typed.strip()


def lines_given() -> list[str]:
    """The lines of standard input that are not empty. Raises CommandError where they are no text."""
    try:
        text = sys.stdin.read()
        text.encode()
    except UnicodeError:
        raise _no_text() from None
    return [line.rstrip("\r") for line in text.split("\n") if line.strip()]


def confirm(question: str, *, agreed: bool) -> bool:
    """Whether the person agrees, here or with --yes; where nobody can be asked, no."""
    if agreed or not sys.stdin.isatty():
        return agreed
    return _answer(f"{question} [y/N] ").lower() in ("y", "yes")


def _answer(question: str) -> str:
    """What is typed; empty where the person ends the input in place of an answer."""
    try:
        with _interruptible():
            return input(question).strip()
    except (EOFError, UnicodeError):
        print()
        return ""


@contextmanager
def _interruptible() -> Iterator[None]:
    """Lets Ctrl+C end a question also where an event loop has taken the signal, and would see it after the answer."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _no_text() -> CommandError:
    return CommandError("A secret that was given is no text in UTF-8: give it as text.")
