"""Pages of a list, as Pipedream cuts them (docs/platform.md, sections 3 and 4.3)."""

import base64
import re
from typing import Any

from pd_lsp.sandbox.exchange import Answer, Request

_DEFAULT, _LARGEST = 10, 100
_NUMBER = re.compile(r"[0-9]{1,9}")


def page_of(request: Request, items: list[dict[str, Any]]) -> Answer:
    """The page of `items` that the request's `limit`, `after` or `before` asks for.

    A cursor is the id of an item in base64. `end_cursor` is empty on the last page: Pipedream's own client asks
    on until it is.
    """
    limit = request.query.get("limit") or str(_DEFAULT)
    if not _NUMBER.fullmatch(limit) or int(limit) < 1:
        return Answer(400, {"error": "limit must be a number from 1 to 100"})
    size = min(int(limit), _LARGEST)
    cursors = [_cursor(item) for item in items]
    after, before = request.query.get("after"), request.query.get("before")
    if any(cursor and cursor not in cursors for cursor in (after, before)):
        return Answer(400, {"error": "invalid cursor"})
    start = cursors.index(after) + 1 if after else 0
    if before:
        start = max(cursors.index(before) - size, 0)
    end = cursors.index(before) if before else start + size
    page = items[start:end]
    info = {
        "total_count": len(items),
        "count": len(page),
        "start_cursor": cursors[start] if page else "",
        "end_cursor": cursors[end - 1] if page and end < len(items) else "",
    }
    return Answer(200, {"page_info": info, "data": page})


def _cursor(item: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(str(item["id"]).encode()).decode().rstrip("=")
