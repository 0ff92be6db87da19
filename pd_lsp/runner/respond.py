"""What `pd.respond` takes (docs/platform.md, section 1.5)."""

from __future__ import annotations

from pd_lsp.runner.json_value import as_json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable, Iterator

_KNOWN = ("status", "headers", "body", "immediate")
_STATUSES = range(100, 600)


def checked_response(response: Any, notice: Callable[[str], None]) -> dict[str, Any]:
    """A copy of the response as JSON. Raises TypeError for what can't be one; what is merely odd is noticed."""
    if not isinstance(response, dict):
        raise TypeError('pd.respond takes a dictionary, such as {"status": 200, "headers": {}, "body": {"ok": True}}.')
    if isinstance(response.get("body"), (bytes, bytearray)) or hasattr(response.get("body"), "read"):
        raise TypeError("The body of pd.respond is a string or JSON: bytes and streams are not supported in Python.")
    checked: dict[str, Any] = as_json(response, "response")
    for sentence in _oddities(checked):
        notice(sentence)
    return checked


def _oddities(response: dict[str, Any]) -> Iterator[str]:
    for name in ("status", "body"):
        if name not in response:
            yield f"pd.respond got no {name!r}: pass at least a status and a body."
    status = response.get("status", 200)
    if not isinstance(status, int) or status not in _STATUSES:
        yield f"The status of pd.respond is {status!r}: HTTP has whole numbers from 100 to 599."
    if not isinstance(response.get("headers", {}), dict):
        yield "The headers of pd.respond are a dictionary of names and values."
    unknown = [name for name in response if name not in _KNOWN]
    if unknown:
        yield f"pd.respond does not know {', '.join(map(repr, unknown))}: it takes {', '.join(_KNOWN)}."
