"""A run as a terminal shows it: output where it was printed, notices beside it, and at the end what came of it."""

import os
import re
import sys
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from pd_lsp.execution.run import StepEvent


class Screen:
    """Prints what a step prints, where it prints it; our own notices go to standard error.

    At a terminal, a step that says nothing for a second has a line below it that tells how long it has gone on. It is
    gone before anything else is printed; one that can only print (`TERM=dumb`, as in Emacs) has no such line.
    """

    def __init__(self, *, silent: bool = False) -> None:
        """A silent one prints nothing."""
        self._silent = silent
        self._line_is_open = False
        self._said_nothing = False
        self._counter = ""
        """What stands in the last line for now."""
        at_terminal = sys.stdout.isatty() and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._may_count = not silent and at_terminal

    @asynccontextmanager
    async def counting(self, limit: float | None) -> "AsyncIterator[None]":
        """Counts the seconds of a run that goes on inside; `limit` is its time limit, or None."""
        from pd_lsp.runs.elapsed import counted

        try:
            async with counted(limit, self.count):
                yield
        finally:
            self._take_counter_away()

    def count(self, elapsed: str) -> None:
        """Tells how long it has gone on, unless something was printed in the second before."""
        if self._may_count and self._said_nothing and not self._line_is_open:
            self._counter = f"… {elapsed}"
            sys.stderr.write(f"\r{self._counter}")
            sys.stderr.flush()
        self._said_nothing = True

    def _take_counter_away(self) -> None:
        if self._counter:
            sys.stderr.write(f"\r{' ' * len(f'{self._counter}^C')}\r")  # the terminal may have added its ^C
            sys.stderr.flush()
            self._counter = ""

    def show(self, event: "StepEvent") -> None:
        """Prints one event; a notice begins a line of its own."""
        if self._silent:
            return
        self._take_counter_away()
        self._said_nothing = False
        stream_name = getattr(event, "stream", None)
        stream: TextIO = sys.stdout if stream_name == "stdout" else sys.stderr
        text = event.text if stream_name else f"{event.text}\n"
        if self._line_is_open and stream_name is None:
            text = f"\n{text}"
        self._line_is_open = not text.endswith("\n")
        stream.write(terminal_text(text) if stream.isatty() else text)
        stream.flush()


def say(text: str, stream: TextIO) -> None:
    """Prints words of our own; they can hold names from files, and what a step has raised or returned (D18, D26)."""
    shown = terminal_text(text) if stream.isatty() else text
    print(f"{shown}\n", end="", file=stream, flush=True)  # in one piece: another thread may print too


def warn(text: str) -> None:
    """Says it on standard error, also where the rest of a command is one JSON document; any thread may."""
    say(text, sys.stderr)


_CONTROLS = re.compile(r"\x1b\[[0-9;:]*m|[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def terminal_text(text: str) -> str:
    """What a step prints, for a terminal: colours stay, every other control shows as what it is (D18).

    Some would write to the clipboard, or move the cursor over what stands there. A lone carriage return stays out, too.
    """
    text = text.replace("\r\n", "\n")
    return _CONTROLS.sub(lambda found: found[0] if found[0].endswith("m") else f"\\x{ord(found[0]):02x}", text)
