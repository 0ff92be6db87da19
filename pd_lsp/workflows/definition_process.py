"""Asks jedi, in a process of its own and with a deadline, where an imported name is defined (D25)."""

import asyncio
import json
import os
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from pd_lsp.private_files import PrivateFileError, cache_folder, make_private

_WORKER = Path(__file__).with_name("jedi_worker.py")
DEADLINE = 0.5
"""Seconds for one question."""
_START = 10.0
"""Seconds for jedi to be imported, the first time from files that Python has not compiled yet."""
_IDLE = 120.0
"""Seconds without a question after which the process is ended."""
_LARGEST = 65_536
_KEPT = frozenset({"PATH", "HOME", "LANG", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "USERPROFILE", "VIRTUAL_ENV"})


@dataclass(frozen=True, slots=True)
class Question:
    """A name in a text, by line and column from 1 and from 0, in code points."""

    text: str
    path: str
    line: int
    column: int
    folder: str
    """The trusted folder."""
    paths: tuple[str, ...]
    """Where its modules are looked for, and nowhere else."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a name is defined: line and column from 0; no column for a whole module."""

    path: Path
    line: int
    column: int | None


class DefinitionProcess:
    """Starts the process when somebody asks, and ends it when nobody has asked for a while."""

    def __init__(self, command: tuple[str, ...] | None = None, patience: float = _IDLE) -> None:
        """`command` takes the place of the process that has jedi; `patience` are seconds without a question."""
        self._patience = patience
        self._ending: asyncio.Future[None] | None = None
        self._command = command
        self._process: asyncio.subprocess.Process | None = None
        self._turn = asyncio.Lock()
        self._idle: asyncio.TimerHandle | None = None

    @property
    def is_running(self) -> bool:
        """Whether there is a process."""
        return self._process is not None and self._process.returncode is None

    async def ask(self, question: Question) -> Place | None:
        """Where the name is defined; None where nobody knows, or the answer is late, or is none."""
        async with self._turn:
            self._stay()
            try:
                process = await self._running()
                line = await asyncio.wait_for(_answer(process, question), DEADLINE)
                return _place(line)
            except (OSError, ValueError, asyncio.TimeoutError, RecursionError):
                await self.end()
                return None
            except asyncio.CancelledError:
                await self.end()
                raise

    async def end(self) -> None:
        """Ends the process, if there is one, and waits for that."""
        if self._idle:
            self._idle.cancel()
        process, self._process = self._process, None
        if process:
            with suppress(ProcessLookupError):
                process.kill()
            with suppress(OSError, ValueError):
                await process.communicate()

    async def _end_idle(self) -> None:
        async with self._turn:
            await self.end()

    def _stay(self) -> None:
        if self._idle:
            self._idle.cancel()
        loop = asyncio.get_running_loop()
        self._idle = loop.call_later(self._patience, self._begin_to_end)

    def _begin_to_end(self) -> None:
        self._ending = asyncio.ensure_future(self._end_idle())

    async def _running(self) -> asyncio.subprocess.Process:
        if self._process is None or self._process.returncode is not None:
            self._process = await _start(self._command or _own_command())
            await asyncio.wait_for(_line(self._process), _START)
        return self._process


def _own_command() -> tuple[str, ...]:
    cache = cache_folder() / "jedi"
    try:
        make_private(cache)
    except PrivateFileError as error:
        raise OSError(str(error)) from None
    return sys.executable, "-I", "-S", str(_WORKER), str(cache), *dict.fromkeys(map(_home, ("jedi", "parso")))


def _home(package: str) -> str:
    """The folder that we have the package from: the process sees no other of ours, and is told where to look."""
    found = find_spec(package)
    if found is None or found.origin is None:
        raise OSError(f"{package} is not there")
    return str(Path(found.origin).parents[1])


async def _start(command: tuple[str, ...]) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        *command,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        cwd=_WORKER.parent,
        env={name: value for name, value in os.environ.items() if name.upper() in _KEPT},
        limit=_LARGEST,
    )


async def _answer(process: asyncio.subprocess.Process, question: Question) -> bytes:
    if process.stdin is None:
        raise OSError("no pipe")
    process.stdin.write(json.dumps(asdict(question)).encode() + b"\n")
    await process.stdin.drain()
    return await _line(process)


async def _line(process: asyncio.subprocess.Process) -> bytes:
    line = await process.stdout.readline() if process.stdout else b""
    if not line:
        raise OSError("the process has ended")
    return line


def _place(line: bytes) -> Place | None:
    answer: Any = json.loads(line)
    match answer:
        case {"path": str(path), "line": int(row), "column": int() | None as column} if row >= 0 and (column or 0) >= 0:
            return Place(Path(path), row, column)
    return None
