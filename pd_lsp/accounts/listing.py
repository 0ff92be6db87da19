"""A list that comes page by page, and how far it has been read (docs/platform.md, sections 3 and 4.3)."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from pd_lsp.accounts.api_client import ApiClient
from pd_lsp.accounts.provider import RefusedError, UnreachableError

_PAGE = 100
_MOST_PAGES = 1000
_LONGEST_CURSOR = 1000
_OLD_AFTER = 600.0
"""Seconds after which a list that was begun is begun anew."""


class Listing:
    """Reads the accounts of an API. Where it has to stop, what came is kept, and the next call goes on behind it."""

    def __init__(self, api: ApiClient, ask: Callable[[dict[str, str]], Awaitable[Mapping[str, Any]]]) -> None:
        """`ask` gets one page, for the part of its query that says which."""
        self._api = api
        self._ask = ask
        self._reading = asyncio.Lock()
        self._begin()

    async def read(self, deadline: float) -> tuple[list[Any], bool]:
        """The entries, and whether these are all, by `deadline`; UnreachableError where none came until then.

        What an answer says of its pages is not trusted: a page without entries, and a cursor that was there before,
        end the list. Raises AccountsError.
        """
        clock = self._api.patience.clock
        async with self._reading:
            if clock() - self._begun > _OLD_AFTER:
                self._begin()
            try:
                done = await self._read_on(deadline)
            except UnreachableError:
                if self._entries and clock() >= deadline:
                    return self._entries.copy(), False
                raise
            except RefusedError:
                self._begin()
                raise
            entries = self._entries
            self._begin()
            return entries, done

    async def _read_on(self, deadline: float) -> bool:
        before: list[Any] = []
        while len(self._cursors) <= _MOST_PAGES:
            after = self._cursors[-1]
            query = {"limit": str(_PAGE), **({"after": after} if after else {})}
            answer = await self._api.in_time(self._ask(query), deadline - self._api.patience.clock())
            entries = _entries(answer)
            following = _end_cursor(answer)
            self._entries += entries
            if not entries or following in ("", None):
                return True
            if not isinstance(following, str) or len(following) > _LONGEST_CURSOR:
                return False
            if following in self._cursors:
                return following == after and entries == before  # of whoever knows no pages, and says the same again
            self._cursors.append(following)
            before = entries
        return False

    def _begin(self) -> None:
        self._entries: list[Any] = []
        self._cursors = [""]
        self._begun = self._api.patience.clock()


def _entries(answer: Mapping[str, Any]) -> list[Any]:
    """The entries of a page; older answers nest them once more (section 4.3)."""
    data = answer.get("data")
    if isinstance(data, Mapping):
        data = data.get("accounts")
    if not isinstance(data, list):
        raise RefusedError("Pipedream's list of accounts has another shape than expected: update pd-lsp.")
    return data


def _end_cursor(answer: Mapping[str, Any]) -> Any:
    page = answer.get("page_info")
    return page.get("end_cursor") if isinstance(page, Mapping) else None
