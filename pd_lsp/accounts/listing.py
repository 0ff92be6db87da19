"""A list that comes page by page, and how far it has been read (docs/platform.md, sections 3 and 4.3)."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pd_lsp.accounts.api_client import ApiClient
from pd_lsp.accounts.provider import AccountsError, PartOfAccounts, RefusedError, UnreachableError
from pd_lsp.model import Account, Accounts

_PAGE = 100
_MOST_PAGES = 1000
_LONGEST_CURSOR = 1000
_OLD_AFTER = 600.0
"""Seconds after which a list that was begun is begun anew."""
_IN_A_CIRCLE = "Pipedream's list of accounts has no end that can be found, so that some may be missing: report this."


@dataclass(frozen=True, slots=True)
class Listed:
    """The entries that came, and why these are not all."""

    entries: list[Any]
    complete: bool = True
    error: AccountsError | None = None
    """What happened before the end; None where nothing did."""

    def accounts(self, found: Iterable[Account | None], error: AccountsError | None = None) -> Accounts:
        """The accounts that were found in the entries; `error` is what happened meanwhile."""
        by_id = {account.id: account for account in found if account}
        error = self.error or error
        if error:
            problem = f"The list of accounts stopped before its end. {error.lasting}"
            return PartOfAccounts(tuple(by_id.values()), False, (problem,), error.seconds)
        problems = () if self.complete else (_IN_A_CIRCLE,)
        return Accounts(tuple(by_id.values()), self.complete, problems)


class Listing:
    """Reads the accounts of an API. Where it has to stop, what came is kept, and the next call goes on behind it."""

    def __init__(self, api: ApiClient, ask: Callable[[dict[str, str]], Awaitable[Mapping[str, Any]]]) -> None:
        """`ask` gets one page, for the part of its query that says which."""
        self._api = api
        self._ask = ask
        self._reading = asyncio.Lock()
        self._begin()

    async def read(self, deadline: float) -> Listed:
        """The entries that came until `deadline`. Raises AccountsError where none did.

        What an answer says of its pages is not trusted: a page without entries, and a cursor that was there before,
        end the list.
        """
        async with self._reading:
            if self._api.patience.clock() - self._begun > _OLD_AFTER:
                self._begin()
            try:
                complete = await self._read_on(deadline)
            except UnreachableError as error:
                if not self._entries:
                    raise
                return Listed(self._entries.copy(), False, error)
            except RefusedError:
                self._begin()
                raise
            entries = self._entries
            self._begin()
            return Listed(entries, complete)

    async def _read_on(self, deadline: float) -> bool:
        before: list[Any] = []
        while len(self._cursors) <= _MOST_PAGES:
            after = self._cursors[-1]
            query = {"limit": str(_PAGE), **({"after": after} if after else {})}
            left = deadline - self._api.patience.clock()
            if left <= 0:
                raise self._api.overdue()
            answer = await self._api.in_time(self._ask(query), left)
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
