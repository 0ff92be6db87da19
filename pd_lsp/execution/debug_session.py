"""How a run and the debug adapter that an editor starts find each other: two small files, each read once.

The run says that it waits, the adapter takes that and answers where it listens and by which words they know each other.
Both files lie in the person's own folder (D27); nobody opens a port to be found (D23).
"""

import asyncio
import os
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from pd_lsp.execution.errors import RunError
from pd_lsp.execution.process_alive import is_alive
from pd_lsp.private_files import Json, read_json, state_folder, write_json

PATIENCE = 60.0
"""Seconds that a run waits for its debugger."""
_LOOKED_AT = 0.05
"""Seconds between two looks for an answer."""
_SESSION, _ANSWER = ".session.json", ".answer.json"


class NoDebuggerError(RunError):
    """No debugger has come."""


class NoSessionError(Exception):
    """There is no run that waits for this debugger. The message says what to do."""


@dataclass(frozen=True, slots=True)
class Debugger:
    """A debug adapter that listens on loopback for one step."""

    port: int
    step_token: str = field(repr=False)
    """By which the step shows the adapter that it is the one."""
    adapter_token: str = field(repr=False)
    """By which the adapter shows the same to the step."""

    def to_json(self) -> Json:
        """What the runner needs: the above, and where debugpy lies."""
        return {
            "port": self.port,
            "step_token": self.step_token,
            "adapter_token": self.adapter_token,
            "package": str(_package()),
        }


@dataclass(frozen=True, slots=True)
class WaitingStep:
    """A run that waits for a debugger."""

    session: str
    file: str

    def answer(self, port: int) -> Debugger:
        """Tells the run that a debugger listens on `port`; what both know from then on.

        Raises NoSessionError where another debugger was faster, or nobody waits any more, and PrivateFileError.
        """
        try:
            _place(self.session, _SESSION).unlink()  # of several only one can
        except OSError:
            raise NoSessionError("The step waits no longer: start it again.") from None
        debugger = Debugger(port, secrets.token_hex(32), secrets.token_hex(32))
        write_json(
            _place(self.session, _ANSWER),
            {"port": port, "step_token": debugger.step_token, "adapter_token": debugger.adapter_token},
        )
        return debugger


async def debugger_for(file: Path, announce: Callable[[str], None], cancelled: asyncio.Event) -> Debugger | None:
    """Waits for a debugger of the step `file`; None as soon as `cancelled` is set.

    `announce` is told the name of the session, which is no secret, once a debugger can come. Raises NoDebuggerError
    after PATIENCE, and PrivateFileError.
    """
    session = secrets.token_hex(8)
    waits, answered = _place(session, _SESSION), _place(session, _ANSWER)
    _forget_old()
    try:
        write_json(waits, {"file": str(file), "process": os.getpid(), "time": time.time()})
        announce(session)
        deadline = time.monotonic() + PATIENCE
        while not cancelled.is_set():
            debugger = _debugger(read_json(answered))
            if debugger:
                return debugger
            if time.monotonic() > deadline:
                raise NoDebuggerError(
                    f"No debugger has come within {PATIENCE:g} s, so the step was not started: docs/debugging.md says "
                    "how an editor starts one."
                )
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(cancelled.wait(), _LOOKED_AT)
        return None
    finally:
        for place in (waits, answered):
            place.unlink(missing_ok=True)


def waiting_step(session: str | None) -> WaitingStep:
    """The run with this session, or without one the only run that waits. Raises NoSessionError."""
    waiting = [step for step in map(_waiting, _places()) if step and session in (None, step.session)]
    match waiting:
        case [step]:
            return step
        case []:
            raise NoSessionError(
                "No step waits for a debugger: start one by “Debug step” in the editor, or by "
                "`pd-lsp run STEP --debug` in a terminal."
            )
    files = ", ".join(step.file for step in waiting)
    raise NoSessionError(f"Several steps wait for a debugger ({files}): stop all but one, then try again.")


def _waiting(place: Path) -> WaitingStep | None:
    match read_json(place):
        case {"file": str(file), "process": int(process), "time": int() | float() as began}:
            if is_alive(process) and time.time() - began < PATIENCE:
                return WaitingStep(place.name.removesuffix(_SESSION), file)
    return None


def _debugger(document: Json) -> Debugger | None:
    match document:
        case {"port": int(port), "step_token": str(step_token), "adapter_token": str(adapter_token)}:
            return Debugger(port, step_token, adapter_token)
    return None


def _forget_old() -> None:
    """Removes what runs and adapters have left that were killed."""
    for place in [*(place for place in _places() if _waiting(place) is None), *_folder().glob(f"*{_ANSWER}")]:
        with suppress(OSError):
            if place.name.endswith(_SESSION) or time.time() - place.stat().st_mtime > PATIENCE:
                place.unlink()


def _places() -> list[Path]:
    return sorted(_folder().glob(f"*{_SESSION}"))


def _place(session: str, ending: str) -> Path:
    return _folder() / f"{session}{ending}"


def _folder() -> Path:
    return state_folder() / "debug"


def _package() -> Path:
    found = find_spec("debugpy")
    if found is None or not found.origin:
        raise NoDebuggerError("debugpy is not there: install pd-lsp again.")
    return Path(found.origin).parent
