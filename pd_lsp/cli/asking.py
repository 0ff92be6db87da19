"""Questions to the person at the terminal. What is secret is typed without echo, or comes from standard input (D2)."""

import getpass
import sys

from pd_lsp.cli.errors import CommandError

UNLOCKING = 60.0
"""Seconds for the keyring where the person sits before it and may have to type its password."""


def ask(question: str, given: str | None, option: str) -> str:
    """What the person gave on the command line, else what they answer. Raises CommandError where nobody can."""
    if given:
        return given
    if not sys.stdin.isatty():
        raise CommandError(f"Nobody sits at this terminal to be asked: give {option}.")
    answer = input(question).strip()
    if not answer:
        raise CommandError(f"Nothing was answered: try again, or give {option}.")
    return answer


def ask_secret(question: str) -> str:
    """A secret: typed without echo at a terminal, else the first line of standard input; empty where there is none."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().strip()
    try:
        return getpass.getpass(question).strip()
    except EOFError:
        return ""


def confirm(question: str, *, agreed: bool) -> bool:
    """Whether the person agrees, here or with --yes; where nobody can be asked, no."""
    if agreed or not sys.stdin.isatty():
        return agreed
    return input(f"{question} [y/N] ").strip().lower() in ("y", "yes")
