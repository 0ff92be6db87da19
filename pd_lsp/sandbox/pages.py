"""Pages of a list, as Pipedream cuts them (docs/platform.md, sections 3 and 4.3)."""

import base64
import binascii
import re
from collections.abc import Callable, Iterable
from typing import Any, Generic, Protocol, TypeVar

from pd_lsp.sandbox.answers import refused
from pd_lsp.sandbox.exchange import Answer, Request

_DEFAULT, _LARGEST = 10, 100
_NUMBER = re.compile(r"[0-9]{1,9}")


class _Listed(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=_Listed)


class Listing(Generic[T]):
    """A list that knows where each of its items stands, so that a page costs no more than its own items."""

    def __init__(self, items: Iterable[T]) -> None:
        self.items = tuple(items)
        self._places = {item.id: place for place, item in enumerate(self.items)}

    def place(self, cursor: str) -> int | None:
        """Where the item stands that `cursor` names; None where it names none."""
        try:
            named = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode()
        except (binascii.Error, ValueError):
            return None
        return self._places.get(named)


def page_of(
    request: Request, listing: Listing[T], shown: Callable[[T], dict[str, Any]], *, ends: bool = True
) -> Answer:
    """The page that the request's `limit`, `after` or `before` asks for, each item as `shown` shows it.

    A cursor is the id of an item in base64. Where the last page `ends` the list, its `end_cursor` is empty: Pipedream's
    own client asks on until it is. The older API names one there, too, and an empty page behind it.
    """
    size = _size(request)
    if size is None:
        return refused("limit must be a number from 1 to 100")
    places = [listing.place(cursor) if cursor else -1 for cursor in map(request.query.get, ("after", "before"))]
    after, before = places
    if after is None or before is None:
        return refused("invalid cursor")
    total = len(listing.items)
    start = max(before - size, 0) if before >= 0 else after + 1
    end = before if before >= 0 else min(start + size, total)
    page = listing.items[start:end]
    info = {
        "total_count": total,
        "count": len(page),
        "start_cursor": cursor_of(page[0].id) if page else "",
        "end_cursor": cursor_of(page[-1].id) if page and not (ends and end == total) else "",
    }
    return Answer(200, {"page_info": info, "data": [shown(item) for item in page]})


def cursor_of(id_: str) -> str:
    """The cursor that names an item."""
    return base64.urlsafe_b64encode(id_.encode()).decode().rstrip("=")


def _size(request: Request) -> int | None:
    limit = request.query.get("limit") or str(_DEFAULT)
    return min(int(limit), _LARGEST) if _NUMBER.fullmatch(limit) and int(limit) else None
