"""One event that Pipedream keeps, read from an answer that is taken for hostile (docs/platform.md, section 3)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

from pd_lsp.accounts.names import readable
from pd_lsp.model import Json

_EVENT_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:=-]{0,99}")
_CELL_ID = re.compile(r"c_[A-Za-z0-9]{1,100}")
_BEGINNING = datetime(1970, 1, 1, tzinfo=timezone.utc)
_LATEST = 253_402_300_799_000
"""The last millisecond of the year 9999, where Python's calendar ends."""

_LONGEST_ERROR = 2000


@dataclass(frozen=True, slots=True)
class PastEvent:
    """An event as Pipedream keeps it."""

    id: str
    origin: str
    """The id of the source or workflow that it is of."""
    at: datetime | None
    """When, in UTC; None where that is not said."""
    event: Json = None
    context: Json = None
    is_failed: bool = False
    error: str = ""
    """What was raised, in one line; text of the step."""
    cell: str = ""
    """The id of the step that it failed in, as the service has it."""
    step: str = ""
    """The name of that step, where it is known."""
    missing: str = ""
    """Why there is no event to run a step with, as the rest of a sentence; empty where there is one."""


def event_from(entry: Any, origin: str, *, whole: bool) -> PastEvent | None:
    """The event that one entry of a list describes, `whole` where it was asked for so; None without a proper id."""
    fields = entry if isinstance(entry, Mapping) else {}
    event_id = fields.get("id")
    if not isinstance(event_id, str) or not _EVENT_ID.fullmatch(event_id):
        return None
    at, event = _moment(fields.get("indexed_at_ms"), event_id), fields.get("event")
    too_large = "" if whole else "is larger than 10 MB"
    if not origin.startswith("p_"):
        return PastEvent(event_id, origin, at, event if whole else None, missing=too_large)
    inner: Mapping[str, Any] = event if isinstance(event, Mapping) else {}
    no_original = "" if "original_event" in inner else "came without the event that it failed for"
    original, context = inner.get("original_event"), inner.get("original_context")
    error = _error_line(inner.get("error"))
    if too_large or no_original:
        original = context = None
    return PastEvent(
        event_id,
        origin,
        at,
        original,
        context,
        is_failed=True,
        error=error,
        cell=_cell(inner.get("error")),
        missing=too_large or no_original,
    )


def _moment(milliseconds: Any, event_id: str) -> datetime | None:
    """When; an id begins with it, too."""
    if isinstance(milliseconds, bool) or not isinstance(milliseconds, int):
        digits = event_id.partition("-")[0]
        milliseconds = int(digits) if digits.isdecimal() and len(digits) <= len(str(_LATEST)) else -1
    return _BEGINNING + timedelta(milliseconds=milliseconds) if 0 < milliseconds <= _LATEST else None


def _cell(error: Any) -> str:
    cell = error.get("cellId") if isinstance(error, Mapping) else None
    return cell if isinstance(cell, str) and _CELL_ID.fullmatch(cell) else ""


def _error_line(error: Any) -> str:
    """The line of an error that says what was raised: the last of a Python traceback, else the first."""
    fields = error if isinstance(error, Mapping) else {}
    for text in _texts(fields):
        lines = [line for line in text.splitlines() if line.strip()]
        if lines:
            return readable(lines[-1 if lines[0].startswith("Traceback") else 0], _LONGEST_ERROR)
    return "it is not said why"


def _texts(fields: Mapping[str, Any]) -> Iterator[str]:
    for name in ("stack", "msg", "message", "code"):
        text = fields.get(name)
        if isinstance(text, str):
            yield text
