"""The accounts as they are known now: an answer at once, a refresh behind it."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from pd_lsp.accounts.cache_file import Kept, read_kept, write_accounts, write_seen
from pd_lsp.accounts.provider import AccountProvider, AccountsError, PartOfAccounts, RefusedError, UnreachableError
from pd_lsp.model import Account, Accounts

_OLD_AFTER = 300.0
"""Seconds after which what is known is asked for again."""
_FIRST_PAUSE, _LONGEST_PAUSE = 5.0, 600.0
"""Seconds for which nobody is asked by itself after a failure; doubled with each further one."""
_MOST_DOUBLED = 16


class AccountCache:
    """What a provider last said, with at most one question to it under way.

    `provider` can also be what opens one, which is called before the first question: what is known can be read without
    it. `file` keeps the names from one start to the next; None: nothing is kept. `here` are the accounts that the
    person keeps on this machine, which are known without asking anybody.
    """

    def __init__(
        self,
        provider: AccountProvider | Callable[[], AccountProvider],
        file: Path | None = None,
        on_fresh: Callable[[], None] = lambda: None,
        clock: Callable[[], float] = time.monotonic,
        *,
        here: Iterable[Account] = (),
    ) -> None:
        self._provider = None if callable(provider) else provider
        self._open = provider if callable(provider) else None
        self._opening = threading.Lock()
        self._file = file
        self._on_fresh = on_fresh
        self._clock = clock
        self._ask_at: float | None = None
        """When the accounts may be asked for by themselves again; None: at once."""
        self._failures = 0
        self._refresh: asyncio.Task[None] | None = None
        self._kept = Kept()
        self._learned: dict[str, tuple[str, ...]] = {}
        """What runs of this process have seen, by account id: known before it is written."""
        self._loaded = file is None
        self._loading = threading.Lock()
        self._here = tuple(here)
        self._current = Accounts(self._here)
        self.error: AccountsError | None = None
        """Why the last question failed."""

    @property
    def provider(self) -> AccountProvider:
        """Who is asked. The first time it is opened, which can import an HTTP library: a thread may do it."""
        with self._opening:
            if self._provider is None and self._open:
                self._provider = self._open()
        assert self._provider is not None  # noqa: S101 - one of the two was given
        return self._provider

    @property
    def current(self) -> Accounts:
        """Always an answer: what is known, and whether that is all. The first time it reads the file."""
        self.load()
        return self._current

    @property
    def is_asking(self) -> bool:
        """Whether a question is under way."""
        return self._refresh is not None and not self._refresh.done()

    @property
    def kept_at(self) -> float:
        """When the names in the file were listed, in seconds since 1970; 0 where there are none."""
        return self._kept.at

    def load(self) -> None:
        """Takes what the file has, where nothing is known yet. It reads: a thread may do it."""
        if self._loaded:
            return
        with self._loading:
            if self._file and not self._loaded:
                self._kept = read_kept(self._file)
                others = (account for account in self._kept.accounts if not account.local)
                self._current = Accounts(self._kept.applied((*self._here, *others)))
            self._loaded = True

    def wake(self) -> None:
        """Starts a refresh behind what is known, where that is old, none is under way, and no failure forbids it."""
        if self._ask_at is None or self._clock() >= self._ask_at:
            self._start()

    async def refresh(self) -> Accounts:
        """What the provider says now; raises AccountsError where it says nothing."""
        task = self._start()
        await asyncio.wait({task})  # whoever waits may be cancelled, and the others wait on
        if task.cancelled():
            raise UnreachableError("The accounts are no longer asked for, because pd-lsp ends: try again.")
        if self.error:
            raise self.error
        return self._current

    async def note_seen(self, account_id: str, names: Iterable[str]) -> None:
        """Remembers the names of an account's keys as a run saw them; none: its token can't be read (D3).

        They are known at once. They are written in a thread, since another process may be writing to the file.
        """
        self.load()
        names = tuple(names)
        if self._kept.seen.get(account_id) == names:
            return
        self._learned[account_id] = names
        self._keep(self._kept)
        if self._file:
            with suppress(OSError):  # it is known until the server ends
                self._keep(await asyncio.to_thread(write_seen, self._file, account_id, names))
        self._on_fresh()

    def retire(self) -> None:
        """Writes no file any more, and tells nobody: the person has signed in or out, and another cache counts."""
        self.load()
        self._file, self._on_fresh = None, lambda: None

    async def close(self, *, at_once: bool = True) -> None:
        """Lets go of the provider's connections, after a question that is under way has ended, or been ended."""
        if self._refresh and not self._refresh.done():
            if at_once:
                self._refresh.cancel()
            await asyncio.wait({self._refresh})
        if self._provider:
            await self._provider.close()

    def _start(self) -> "asyncio.Task[None]":
        if self._refresh is None or self._refresh.done():
            self._ask_at = self._clock() + _OLD_AFTER
            self._refresh = asyncio.create_task(self._ask())
        return self._refresh

    async def _ask(self) -> None:
        if not self._loaded:
            await asyncio.to_thread(self.load)
        try:
            if self._provider is None:
                await asyncio.to_thread(getattr, self, "provider")
            found = await self.provider.accounts()
        except AccountsError as error:
            self._failed(error)
        except Exception as mistake:  # noqa: BLE001 - nobody awaits this task, and its text could hold a token (D16)
            self._failed(RefusedError(f"pd-lsp made a mistake in asking for accounts ({type(mistake).__name__})."))
        else:
            await self._take(found)
        self._on_fresh()

    async def _take(self, found: Accounts) -> None:
        self.error = None
        if found.problems:
            self._pause(found.pause if isinstance(found, PartOfAccounts) else None)
        else:
            self._failures = 0
        accounts = found.accounts if found.complete else (*found.accounts, *self._missing_in(found))
        if self._file:
            at = time.time() if found.complete else self._kept.at
            with suppress(OSError):  # it is known until the server ends
                self._keep(await asyncio.to_thread(write_accounts, self._file, accounts, at))
        self._current = Accounts(self._kept.applied(accounts), found.complete, found.problems)

    def _keep(self, kept: Kept) -> None:
        """Takes what the file has, and beside it what runs of this process have seen."""
        self._kept = replace(kept, seen={**kept.seen, **self._learned})
        self._current = replace(self._current, accounts=self._kept.applied(self._current.accounts))

    def _missing_in(self, found: Accounts) -> Iterable[Account]:
        """What is known of accounts that a list does not have which is not whole. What is kept here never fails."""
        listed = {account.id for account in found.accounts}
        return (one for one in self._current.accounts if one.id not in listed and not one.local)

    def _failed(self, error: AccountsError) -> None:
        self._pause(error.seconds)
        self._current, self.error = replace(self._current, complete=False), error

    def _pause(self, wanted: float | None) -> None:
        pause = min(_FIRST_PAUSE * 2 ** min(self._failures, _MOST_DOUBLED), _LONGEST_PAUSE)
        self._failures += 1
        self._ask_at = self._clock() + max(pause, wanted or 0.0)
