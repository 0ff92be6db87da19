"""The accounts as they are known now: an answer at once, a refresh behind it."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace

from pd_lsp.accounts.provider import AccountProvider, AccountsError, RefusedError
from pd_lsp.model import Accounts

_OLD_AFTER = 300.0
"""Seconds after which what is known is asked for again."""


class AccountCache:
    """What a provider last said, with at most one question to it under way."""

    def __init__(self, provider: AccountProvider, on_fresh: Callable[[], None] = lambda: None) -> None:
        self._provider = provider
        self._on_fresh = on_fresh
        self._asked_at: float | None = None
        self._refresh: asyncio.Task[None] | None = None
        self.current = Accounts()
        """Always an answer: what is known, and whether that is all."""
        self.error: AccountsError | None = None
        """Why the last question failed."""

    def wake(self) -> None:
        """Starts a refresh behind what is known, where that is old and none is under way."""
        if self._asked_at is None or time.monotonic() - self._asked_at > _OLD_AFTER:
            self._start()

    async def refresh(self) -> Accounts:
        """What the provider says now; raises AccountsError where it says nothing."""
        await asyncio.shield(self._start())
        if self.error:
            raise self.error
        return self.current

    def _start(self) -> asyncio.Task[None]:
        if self._refresh is None or self._refresh.done():
            self._asked_at = time.monotonic()
            self._refresh = asyncio.create_task(self._ask())
        return self._refresh

    async def _ask(self) -> None:
        try:
            self.current, self.error = await self._provider.accounts(), None
        except AccountsError as error:
            self.current, self.error = replace(self.current, complete=False), error
        except Exception as mistake:  # noqa: BLE001 - nobody awaits this task, and its text could hold a token (D16)
            self.current = replace(self.current, complete=False)
            self.error = RefusedError(f"pd-lsp made a mistake in asking for accounts ({type(mistake).__name__}).")
        self._on_fresh()
