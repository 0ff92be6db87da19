"""The way back: events, one JSON document a line, on a descriptor that neither `print` nor a child process meets."""
# ruff: noqa: PLC0415 - a run waits for each import

from __future__ import annotations

import json
import os
import sys
from _thread import allocate_lock

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn

UNHEARD = 74
"""The exit status of a runner whose channel was closed by the step; `pd_lsp.execution.verdict` knows it too."""

_FAR_AWAY = 100
"""Steps that write to or close low descriptors do not meet one from here on."""


class Channel:
    """Sends events, each with the run's number, without which none counts."""

    def __init__(self, descriptor: int, nonce: str, largest: int) -> None:
        self._largest = largest
        self._descriptor = descriptor
        self._nonce = nonce
        self._owner = os.getpid()
        self._lock = allocate_lock()

    def send(self, event: str, **fields: Any) -> None:
        """Sends one event; fields are JSON."""
        if os.getpid() == self._owner:  # a fork of the step speaks for nobody
            self._write(self._document(event, fields))

    def notice(self, text: str) -> None:
        """Sends a sentence for the person."""
        self.send("notice", text=text)

    def finish(self, outcome: dict[str, Any]) -> None:
        """Sends what came of the run, or that it was too large."""
        if os.getpid() != self._owner:
            _leave()
        document = self._document("finished", outcome)
        if len(document) > self._largest:
            document = self._document("finished", _too_large(len(document), self._largest, outcome))
        self._write(document)

    def _document(self, event: str, fields: dict[str, Any]) -> bytes:
        text = json.dumps({"nonce": self._nonce, "event": event, **fields}, ensure_ascii=False)
        return text.encode("utf-8", "backslashreplace")  # JSON writes a lone surrogate as this escape

    def _write(self, document: bytes) -> None:
        rest = memoryview(document + b"\n")
        with self._lock:
            try:
                while rest:
                    rest = rest[os.write(self._descriptor, rest) :]
            except OSError:
                os._exit(UNHEARD)


def open_channel(given: int, nonce: str, largest: int) -> Channel:
    """The channel on the descriptor (on Windows, the handle) that this process was started with.

    `largest` is how many bytes exports, return value and response may have together.
    """
    return Channel(_far_away(given), nonce, largest)


if sys.platform == "win32":

    def _far_away(given: int) -> int:
        import msvcrt

        near = msvcrt.open_osfhandle(given, os.O_WRONLY)
        os.dup2(near, _FAR_AWAY, inheritable=False)
        os.close(near)
        return _FAR_AWAY

else:

    def _far_away(given: int) -> int:
        import fcntl

        try:
            descriptor = fcntl.fcntl(given, fcntl.F_DUPFD_CLOEXEC, _FAR_AWAY)
        except OSError:  # fewer descriptors are allowed than that
            os.set_inheritable(given, False)
            return given
        os.close(given)
        return descriptor


def _too_large(size: int, largest: int, outcome: dict[str, Any]) -> dict[str, Any]:
    message = (
        f"Exports, return value and response have {size / 1024 / 1024:.1f} MB together; this run allows "
        f"{largest / 1024 / 1024:g} MB, the platform 6 MB: return less, or keep the rest elsewhere."
    )
    error = {"type": "Function Payload Limit Exceeded", "message": message, "traceback": "", "line": None}
    return {**outcome, "exports": {}, "returned": None, "response": None, "flow": {}, "error": error}


def _leave() -> NoReturn:
    sys.stdout.flush()
    os._exit(0)
