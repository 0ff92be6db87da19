"""An event as a list shows it: its time, its id, and the names that are in it. Values are not shown (D3)."""

from pd_lsp.accounts.names import readable
from pd_lsp.accounts.past_event import PastEvent
from pd_lsp.features.rules.token_forms import tokens_in
from pd_lsp.model import Json

_MOST_NAMES = 8
_LONGEST_NAME = 40
_LONGEST_PATH = 60
_LONGEST_ERROR = 200
_LONGEST_LOOKED_AT = 2000


def row(event: PastEvent) -> dict[str, Json]:
    """What a list says of an event, as JSON."""
    return {
        "id": event.id,
        "origin": event.origin,
        "at": moment(event),
        "summary": summary(event),
        "failed": event.is_failed,
        "step": event.step or None,
        "error": error(event) if event.is_failed else None,
    }


def moment(event: PastEvent) -> str | None:
    """When it was, in UTC, such as `2026-11-02T08:00:00Z`; None where that is not known."""
    return f"{event.at:%Y-%m-%dT%H:%M:%S}Z" if event.at else None


def summary(event: PastEvent) -> str:
    """What it is, by the names in it; for an HTTP request its method and path, too."""
    return event.missing or _request(event.event) or _kind(event.event)


def ending(event: PastEvent) -> str:
    """That it failed, and in which step; empty where it did not."""
    return f"failed in {event.step}" if event.step else "failed" if event.is_failed else ""


def error(event: PastEvent) -> str:
    """What was raised for it."""
    return _shown(event.error, _LONGEST_ERROR)


def _request(event: Json) -> str:
    """An event of an HTTP trigger; empty for any other."""
    if not isinstance(event, dict):
        return ""
    method, path, body = event.get("method"), event.get("path"), event.get("body")
    if not isinstance(method, str) or not isinstance(path, str):
        return ""
    line = f"{_shown(method, _LONGEST_NAME)} {_shown(path, _LONGEST_PATH)}"
    return f"{line}, no body" if body in (None, "") else f"{line} with {_kind(body)}"


def _kind(value: Json) -> str:
    if isinstance(value, dict) and value:
        names = [_shown(name, _LONGEST_NAME) or "?" for name in value]
        return ", ".join(names[:_MOST_NAMES]) + ", …" * (len(names) > _MOST_NAMES)
    if isinstance(value, list):
        return f"{len(value)} entr{'y' if len(value) == 1 else 'ies'}"
    if isinstance(value, str):
        return f"text of {len(value)} characters"
    if isinstance(value, bool):
        return "true or false"
    return "a number" if isinstance(value, (int, float)) else "nothing"


def _shown(text: str, longest: int) -> str:
    """A text from outside, without what can't be seen; what looks like a token is replaced by what it is."""
    text = readable(text[:_LONGEST_LOOKED_AT], _LONGEST_LOOKED_AT)
    for form, place in sorted(tokens_in(text), key=lambda found: found[1].start, reverse=True):
        text = f"{text[: place.start]}‹{form.name}›{text[place.end :]}"
    return text if len(text) <= longest else f"{text[:longest]}…"
