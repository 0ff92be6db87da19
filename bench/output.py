"""How fast what a step prints comes through a whole run, masked or not, beside a plain pipe."""

import asyncio
import os
import statistics
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from bench.credentials import Texts
from pd_lsp.credentials import Redactor
from pd_lsp.execution.result import Output, StepEvent
from pd_lsp.execution.run import StepRequest, run_step

_MEGABYTE = 1_000_000
_PIECE = 65_536
_TIME_LIMIT = 300.0
_IN_PIECES = f"""
def write():
    with open(PATH, newline="") as text:
        while piece := text.read({_PIECE}):
            sys.stdout.write(piece)
"""
_LINE_BY_LINE = """
def write():
    with open(PATH, newline="") as text:
        for line in text:
            print(line, end="")
"""


Show: TypeAlias = Callable[[str, float, float, float], None]
"""Shows a row: its name, the seconds of ours and those of the plain pipe, and how many megabytes they are of."""


class UnheardError(Exception):
    """Output that a run should have passed on did not come. The text is a sentence."""


class Printing:
    """Steps that print, and the same code under bare Python."""

    def __init__(self, python: Path, folder: Path, rounds: int, show: Show) -> None:
        """Takes the Python of the steps, a folder for what they print, and what is called with each row."""
        self._python = python
        self._folder = folder
        self._rounds = rounds
        self._show = show

    def measure(self, megabytes: int) -> None:
        """Shows every row; ordinary lines have `megabytes`, what is slower to write or worse to look at a fifth."""
        texts = Texts(megabytes * _MEGABYTE)
        known = texts.redactor
        ordinary = texts.ordinary()
        self._compare("ordinary lines, 64 kB a write", ordinary, _IN_PIECES, known)
        self._compare("the same without credentials", ordinary, _IN_PIECES, Redactor(()))
        texts = Texts(megabytes * _MEGABYTE // 5)
        ordinary = texts.ordinary()
        self._compare("ordinary lines, one a write", ordinary, _LINE_BY_LINE, known)
        self._compare("the same without credentials", ordinary, _LINE_BY_LINE, Redactor(()))
        for name, make in texts.kinds().items():
            if name not in ("ordinary lines", "bytes of any kind"):
                self._compare(name, make(), _IN_PIECES, known)

    def _compare(self, name: str, text: bytes, writing: str, redactor: Redactor) -> None:
        path = self._folder / "printed.txt"
        path.write_bytes(text)
        code = f"import sys\nPATH = {str(path)!r}\n{writing}"
        ours, bare = [], []
        for _ in range(self._rounds):
            bare.append(_seconds(lambda: self._read_plainly(f"{code}\nwrite()\n", len(text))))
            ours.append(_seconds(lambda: self._run(f"{code}\ndef handler(pd):\n    write()\n", len(text), redactor)))
        self._show(name, statistics.median(ours), statistics.median(bare), len(text) / _MEGABYTE)

    def _read_plainly(self, code: str, size: int) -> None:
        """A plain pipe, read in pieces by this process."""
        with subprocess.Popen([str(self._python), "-X", "utf8", "-c", code], stdout=subprocess.PIPE) as process:
            assert process.stdout
            come = 0
            while piece := os.read(process.stdout.fileno(), _PIECE):
                come += len(piece)
        if come != size:
            raise UnheardError(f"{come} bytes of {size} came through a plain pipe.")

    def _run(self, code: str, size: int, redactor: Redactor) -> None:
        """The whole way: runner, supervisor, redactor, events."""
        come = 0

        def hear(event: StepEvent) -> None:
            nonlocal come
            come += len(event.text) if isinstance(event, Output) else 0

        request = StepRequest("printing.py", code, self._python, redactor=redactor, time_limit=_TIME_LIMIT)
        result = asyncio.run(run_step(request, hear))
        if not result.ok or come < size // 4:
            raise UnheardError(f"{come} bytes of {size} came through a run: {result.error}")


def redacting(megabytes: int, rounds: int) -> dict[str, float]:
    """Megabytes of each kind of text that the redactor looks through in a second, alone, 64 kB at a time; medians."""
    texts = Texts(megabytes * _MEGABYTE)
    speeds = {}
    for name, make in texts.kinds().items():
        text = make()
        took = [_seconds(lambda: _redact(texts.redactor, text)) for _ in range(rounds)]  # noqa: B023 - called at once
        speeds[name] = len(text) / _MEGABYTE / statistics.median(took)
    return speeds


def _redact(redactor: Redactor, text: bytes) -> None:
    stream = redactor.stream()
    for start in range(0, len(text), _PIECE):
        stream.feed(text[start : start + _PIECE])
    stream.flush()


def _seconds(call: Callable[[], None]) -> float:
    begun = time.perf_counter()
    call()
    return time.perf_counter() - begun
