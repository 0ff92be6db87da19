"""A command of the person's that prints a secret, such as a password manager: run without a shell, heard once.

What it prints in one line is the secret, without the line's end. Where it prints several lines, as for a private key,
all of them are, as printed. What it says on its standard error is dropped: it may quote anything (D15).
"""

import asyncio
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import cast

from pd_lsp.accounts.program import program_name, program_path
from pd_lsp.accounts.secret_errors import CommandError

TIME_LIMIT = 30.0
"""Seconds that a command has: it may ask for a fingerprint."""
LARGEST_OUTPUT = 65_536
"""Bytes that a command may print."""

_SEE_WHY = "run it in a terminal to see why"
_PATIENCE = 2.0
"""Seconds for a command that was killed to be gone."""
_NO_WINDOW: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)


async def printed_by(command: tuple[str, ...], *, seconds: float = TIME_LIMIT) -> str:
    """The secret that `command`, a program and its arguments, prints. Raises CommandError.

    The program is found on PATH, or named by its whole path; a name never means a file of the current folder. It runs
    in the person's home folder, in a session of its own, with nothing to read and without PIPEDREAM_* (D2). After
    `seconds`, or when the caller is cancelled, it is killed with all of its process group.
    """
    name = program_name(command)
    output = await _output_of(command, name, seconds)
    if len(output) > LARGEST_OUTPUT:
        raise CommandError(f"The command “{name}” printed more than 64 kB", "let it print the secret and nothing else")
    try:
        text = output.decode()
    except UnicodeDecodeError:
        raise CommandError(f"What the command “{name}” printed is no text in UTF-8", "let it print text") from None
    if not text.strip():
        raise CommandError(f"The command “{name}” printed nothing", _SEE_WHY)
    line = text.rstrip("\r\n")
    return text if "\n" in line else line


async def _output_of(command: tuple[str, ...], name: str, seconds: float) -> bytes:
    starting = asyncio.ensure_future(_start(command, name))
    try:
        transport, printed = await asyncio.shield(starting)
    except asyncio.CancelledError:  # asyncio itself would kill the process, and leave what that has started
        await asyncio.wait({starting})
        if not starting.cancelled() and not starting.exception():
            await _end(*starting.result())
        raise
    try:
        await asyncio.wait({printed.over}, timeout=seconds)
        in_time = printed.over.done()
    finally:
        await _end(transport, printed)
    if len(printed.output) > LARGEST_OUTPUT:
        return bytes(printed.output)
    if not in_time:
        raise CommandError(f"The command “{name}” did not end in {seconds:g} seconds", _SEE_WHY)
    if status := transport.get_returncode():
        raise CommandError(f"The command “{name}” ended with status {status}", _SEE_WHY)
    return bytes(printed.output)


async def _start(command: tuple[str, ...], name: str) -> "tuple[asyncio.SubprocessTransport, _Printed]":
    program = program_path(command[0])
    if program is None:
        raise CommandError(
            f"There is no program “{name}” on PATH", "install it, or name it by its whole path, each argument by itself"
        )
    try:
        transport, printed = await asyncio.get_running_loop().subprocess_exec(
            _Printed,
            program,
            *command[1:],
            stdin=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={name: value for name, value in os.environ.items() if not name.startswith("PIPEDREAM_")},
            cwd=Path.home(),
            start_new_session=True,
            creationflags=_NO_WINDOW,
        )
    except (OSError, ValueError, RuntimeError) as error:
        raise CommandError(f"The command “{name}” can't be started ({type(error).__name__})", _SEE_WHY) from None
    return transport, printed


async def _end(transport: asyncio.SubprocessTransport, printed: "_Printed") -> None:
    """Leaves nothing of a process behind, whether it has ended or not."""
    if not printed.over.done():
        printed.kill()
        await asyncio.wait({printed.over}, timeout=_PATIENCE)
    transport.close()  # of somebody outside of the group who keeps the output open, no more is heard


class _Printed(asyncio.SubprocessProtocol):
    """What a process prints, until it has ended and its output is closed."""

    def __init__(self) -> None:
        self.output = bytearray()
        self.over: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._transport: asyncio.SubprocessTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Notes the process."""
        self._transport = cast("asyncio.SubprocessTransport", transport)

    def pipe_data_received(self, fd: int, data: bytes) -> None:  # noqa: ARG002 - standard output is the only pipe
        """Keeps what fits, and ends a process that prints more."""
        if len(self.output) <= LARGEST_OUTPUT:
            self.output += data
            if len(self.output) > LARGEST_OUTPUT:
                self.kill()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - the protocol's words
        """The process has ended, and nobody has its output open any more."""
        self.over.set_result(None)

    def kill(self) -> None:
        """Kills the process and its group; on Windows the process alone."""
        if self._transport is None:
            return
        with suppress(OSError):
            if sys.platform == "win32":
                self._transport.kill()
            else:
                os.killpg(self._transport.get_pid(), signal.SIGKILL)
