"""Reads what a runner says, as the hostile input it may be: the step shares its process (D12)."""

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NoReturn, TypeAlias

from pd_lsp.model import Json

AROUND_RESULT = 2 * 1024 * 1024
"""Bytes that a message may have beside what a step may return."""
DEEPEST = 266
"""Levels of nesting: the 256 of D13, and those of the message itself."""


class MessageError(Exception):
    """A message that no runner of ours sends. The text is a sentence for the person."""


@dataclass(frozen=True, slots=True)
class Started:
    """The step's Python has read the request."""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence for the person."""

    text: str


@dataclass(frozen=True, slots=True)
class DebuggerLeft:
    """The step is no longer debugged, and goes on."""


@dataclass(frozen=True, slots=True)
class Failure:
    """What the step raised."""

    type: str
    message: str
    traceback: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Finished:
    """What came of the handler."""

    exports: dict[str, Json] = field(default_factory=dict)
    returned: Json = None
    response: Json = None
    flow: dict[str, Json] = field(default_factory=dict)
    error: Failure | None = None

    @property
    def outputs(self) -> dict[str, Json]:
        """What later steps find below the step's name in `pd.steps` (docs/platform.md, section 1.3)."""
        return {**self.exports, **({} if self.returned is None else {"$return_value": self.returned})}


Message: TypeAlias = Started | Said | DebuggerLeft | Finished


class Messages:
    """Puts pieces together to messages."""

    def __init__(self, nonce: str, size_limit: int) -> None:
        """Takes the number without which no message counts, and how many bytes a step may return."""
        self._longest = size_limit + AROUND_RESULT
        self._nonce = nonce
        self._piece = bytearray()

    def feed(self, content: bytes) -> Iterator[Message]:
        """The messages that are complete now, in order. Raises MessageError at the first that is none."""
        *lines, rest = content.split(b"\n")
        if len(self._piece) + max(map(len, (*lines, rest))) > self._longest:
            raise MessageError("The step sent more in one message than any result may have.")
        for line in lines:
            complete = bytes(self._piece + line)
            self._piece.clear()
            yield _message(complete, self._nonce)
        self._piece += rest


def _message(line: bytes, nonce: str) -> Message:
    try:
        document = json.loads(line, parse_constant=_no_json)
    except (ValueError, RecursionError):
        raise MessageError("What the step's Python sent is no message of a run.") from None
    match document:
        case {"nonce": str(number), "event": str(event)} if number == nonce:
            return _event(event, _clean(document))
    raise MessageError("The step's Python sent a message that does not belong to this run.")


def _event(event: str, fields: dict[str, Any]) -> Message:
    match event, fields:
        case "started", _:
            return Started()
        case "debugger left", _:
            return DebuggerLeft()
        case "notice", {"text": str(text)}:
            return Said(text)
        case "finished", {"exports": dict(exports), "returned": returned, "response": response, "flow": dict(flow)}:
            return Finished(exports, returned, response, flow, _failure(fields.get("error")))
    raise MessageError("The step's Python sent a message of a kind that no run has.")


def _failure(error: Any) -> Failure | None:
    match error:
        case None:
            return None
        case {"type": str(kind), "message": str(message), "traceback": str(traceback), "line": int() | None as line}:
            return Failure(kind, message, traceback, line)
    raise MessageError("The step's Python sent an error that can't be read.")


def _clean(value: Any, depth: int = 0) -> Any:
    """A copy with half characters (lone surrogates) replaced, which nothing behind us can write."""
    if depth > DEEPEST:
        raise MessageError("The step's Python sent a message that is nested too deep.")
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, float) and not math.isfinite(value):
        raise MessageError("The step's Python sent a number that JSON does not have.")
    if isinstance(value, list):
        return [_clean(item, depth + 1) for item in value]
    if isinstance(value, dict):
        return {_clean(key): _clean(item, depth + 1) for key, item in value.items()}
    return value


def _no_json(_constant: str) -> NoReturn:
    raise ValueError
