"""A command on a terminal of its own: what it shows, and what the person types."""

import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import psutil

_PATIENCE = 90.0
"""Seconds for a question or an end that does not come: only a test that fails waits so long."""
_TAKES_THE_TERMINAL = "import os, sys; os.close(os.open(os.ttyname(0), os.O_RDWR)); os.execv(sys.argv[1], sys.argv[1:])"
"""The leader of a session that opens a terminal has it as its own, as in a window: getpass asks on that one."""
CTRL_C, CTRL_D = "\x03", "\x04"


class Terminal:
    """Runs one command. Everything that it shows is in `shown`, with what the terminal echoes of the typing."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], folder: Path) -> None:
        self._ours, theirs = pty.openpty()
        leader = [sys.executable, "-I", "-c", _TAKES_THE_TERMINAL, *command]
        try:
            self.process = subprocess.Popen(
                leader, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, cwd=folder, start_new_session=True
            )
        finally:
            os.close(theirs)
        self.shown = ""
        self._read_to = 0

    def __enter__(self) -> "Terminal":  # noqa: PYI034 - Self came with Python 3.11
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        with self.process:
            pass
        os.close(self._ours)

    def waits_with(self, question: str) -> None:
        """Waits until `question` is shown, after all that was answered before."""
        while (found := self.shown.find(question, self._read_to)) < 0:
            assert self._read(), f"{question!r} is not asked: {self.shown}"
        self._read_to = found + len(question)

    def presses(self, key: str) -> None:
        """Presses a key once the command waits for one: a signal just before would be seen after the next key only."""
        deadline = time.monotonic() + _PATIENCE
        while psutil.Process(self.process.pid).status() != psutil.STATUS_SLEEPING:
            assert time.monotonic() < deadline, "it does not wait"
        self.types(key)

    def types(self, text: str) -> None:
        """Types what stands there and nothing else."""
        os.write(self._ours, text.encode())

    def answers(self, question: str, answer: str) -> None:
        """Answers a question, with the key for the end of a line."""
        self.waits_with(question)
        self.types(f"{answer}\n")

    def ends(self) -> int:
        """Waits for the command's end; its exit code."""
        while self._read():
            pass
        return self.process.wait(_PATIENCE)

    def _read(self) -> bool:
        """Takes what is shown next; false at the end."""
        deadline = time.monotonic() + _PATIENCE
        ready, _, _ = select.select([self._ours], [], [], deadline - time.monotonic())
        assert ready, f"nothing more is shown, and it does not end: {self.shown}"
        try:
            data = os.read(self._ours, 65_536)
        except OSError:  # on Linux, nobody has the other end open any more
            return False
        self.shown += data.decode(errors="replace")
        return bool(data)
