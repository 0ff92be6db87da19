"""The accounts as they are known now: an answer at once, a refresh behind it."""

import asyncio
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from pd_lsp.accounts.cache_file import Kept, read_kept, write_accounts, write_seen
from pd_lsp.accounts.provider import AccountProvider, AccountsError, BusyError, RefusedError
from pd_lsp.model import Accounts
from pd_lsp.private_files import PrivateFileError

_OLD_AFTER = 300.0
"""Seconds after which what is known is asked for again."""
_FIRST_PAUSE, _LONGEST_PAUSE = 5.0, 600.0
"""Seconds for which nobody is asked by itself after a failure; doubled with each further one."""


class AccountCache:
    """What a provider last said, with at most one question to it under way.

    `file` keeps the names from one start to the next; None: nothing is kept.
    """

    def __init__(
        self,
        provider: AccountProvider,
        file: Path | None = None,
        on_fresh: Callable[[], None] = lambda: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.provider = provider
        self._file = file
        self._on_fresh = on_fresh
        self._clock = clock
        self._ask_at: float | None = None
        """When the accounts may be asked for by themselves again; None: at once."""
        self._failures = 0
        self._refresh: asyncio.Task[None] | None = None
        self._kept = Kept()
        self._loaded = file is None
        self.current = Accounts()
        """Always an answer: what is known, and whether that is all."""
        self.error: AccountsError | None = None
        """Why the last question failed."""

    @property
    def kept_at(self) -> float:
        """When the names in the file were listed, in seconds since 1970; 0 where there are none."""
        return self._kept.at

    def load(self) -> None:
        """Takes what the file has, where nothing is known yet. It reads: a thread may do it."""
        if self._loaded or self._file is None:
            return
        self._loaded = True
        kept = read_kept(self._file)
        if not self.current.accounts:
            self._kept = kept
            self.current = Accounts(kept.applied(kept.accounts))

    def wake(self) -> None:
        """Starts a refresh behind what is known, where that is old, none is under way, and no failure forbids it."""
        if self._ask_at is None or self._clock() >= self._ask_at:
            self._start()

    async def refresh(self) -> Accounts:
        """What the provider says now; raises AccountsError where it says nothing."""
        await asyncio.shield(self._start())
        if self.error:
            raise self.error
        return self.current

    def note_seen(self, account_id: str, names: Iterable[str]) -> None:
        """Remembers the names of an account's keys as a run saw them; none: its token can't be read (D3)."""
        names = tuple(names)
        self._kept = replace(self._kept, seen={**self._kept.seen, account_id: names})
        if self._file:
            with suppress(PrivateFileError):  # it is known until the server ends
                self._kept = write_seen(self._file, account_id, names)
        self.current = replace(self.current, accounts=self._kept.applied(self.current.accounts))

    async def close(self) -> None:
        """Ends a question that is under way, and lets go of the provider's connections."""
        if self._refresh:
            self._refresh.cancel()
            await asyncio.wait({self._refresh})
        await self.provider.close()

    def _start(self) -> asyncio.Task[None]:
        if self._refresh is None or self._refresh.done():
            self._ask_at = self._clock() + _OLD_AFTER
            self._refresh = asyncio.create_task(self._ask())
        return self._refresh

    async def _ask(self) -> None:
        try:
            found = await self.provider.accounts()
        except AccountsError as error:
            self._failed(error)
        except Exception as mistake:  # noqa: BLE001 - nobody awaits this task, and its text could hold a token (D16)
            self._failed(RefusedError(f"pd-lsp made a mistake in asking for accounts ({type(mistake).__name__})."))
        else:
            await self._take(found)
        self._on_fresh()

    async def _take(self, found: Accounts) -> None:
        self.error, self._failures = None, 0
        if self._file:
            with suppress(PrivateFileError):  # it is known until the server ends
                self._kept = await asyncio.to_thread(write_accounts, self._file, found.accounts, time.time())
        self._loaded = True
        self.current = replace(found, accounts=self._kept.applied(found.accounts))

    def _failed(self, error: AccountsError) -> None:
        pause = min(_FIRST_PAUSE * 2**self._failures, _LONGEST_PAUSE)
        if isinstance(error, BusyError) and error.seconds is not None:
            pause = max(pause, error.seconds)
        self._failures += 1
        self._ask_at = self._clock() + pause
        self.current, self.error = replace(self.current, complete=False), error
