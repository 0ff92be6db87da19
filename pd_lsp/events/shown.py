"""An event as a list shows it: its time, its id, and the names that are in it. Values are not shown (D3)."""

from pd_lsp.accounts.names import readable
from pd_lsp.accounts.past_event import PastEvent
from pd_lsp.features.rules.token_forms import tokens_in
from pd_lsp.model import Json

_MOST_NAMES = 8
_LONGEST_NAME = 40
_LONGEST_PATH = 60


def row(event: PastEvent) -> dict[str, Json]:
    """What a list says of an event, as JSON."""
    return {
        "id": event.id,
        "origin": event.origin,
        "at": moment(event),
        "summary": summary(event),
        "failed": event.is_failed,
        "error": without_tokens(event.error) if event.is_failed else None,
    }


def moment(event: PastEvent) -> str | None:
    """When it was, in UTC, such as `2026-11-02T08:00:00Z`; None where that is not known."""
    return f"{event.at:%Y-%m-%dT%H:%M:%S}Z" if event.at else None


def summary(event: PastEvent) -> str:
    """What it is, by the names in it; for an HTTP request its method and path, too."""
    return event.missing or without_tokens(_request(event.event) or _kind(event.event))


def _request(event: Json) -> str:
    """An event of an HTTP trigger; empty for any other."""
    if not isinstance(event, dict):
        return ""
    method, path, body = event.get("method"), event.get("path"), event.get("body")
    if not isinstance(method, str) or not isinstance(path, str):
        return ""
    line = f"{readable(method)} {_cut(readable(path), _LONGEST_PATH)}"
    return f"{line}, no body" if body in (None, "") else f"{line} with {_kind(body)}"


def without_tokens(text: str) -> str:
    """`text` with what looks like a token of a well-known service replaced by what it is."""
    for form, place in sorted(tokens_in(text), key=lambda found: found[1].start, reverse=True):
        text = f"{text[: place.start]}‹{form.name}›{text[place.end :]}"
    return text


def _kind(value: Json) -> str:
    if isinstance(value, dict) and value:
        names = [_cut(readable(name), _LONGEST_NAME) or "?" for name in value]
        return ", ".join(names[:_MOST_NAMES]) + ", …" * (len(names) > _MOST_NAMES)
    if isinstance(value, list):
        return f"{len(value)} entr{'y' if len(value) == 1 else 'ies'}"
    if isinstance(value, str):
        return f"text of {len(value)} characters"
    if isinstance(value, bool):
        return "true or false"
    return "a number" if isinstance(value, (int, float)) else "nothing"


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most]}…"
