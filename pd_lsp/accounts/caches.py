"""One cache of accounts for each sign-in: folders with a project of their own have accounts of their own."""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from pd_lsp.accounts import open_provider
from pd_lsp.accounts.cache import AccountCache
from pd_lsp.accounts.cache_file import cache_file
from pd_lsp.accounts.sign_in import SignIn, sign_in_for
from pd_lsp.catalog import account_kept_here
from pd_lsp.configuration import Configuration, configuration_file, read_configuration
from pd_lsp.file_stamp import FileStamp, file_stamp


class AccountCaches:
    """Finds the cache for a file, opening it when it is first asked for.

    What the person configures meanwhile, by a command in a terminal, counts from the next question on.
    """

    def __init__(
        self,
        environment: Mapping[str, str],
        sandbox: SignIn | None = None,
        on_fresh: Callable[[AccountCache], None] = lambda _: None,
    ) -> None:
        """`environment` is the process's own, its `PIPEDREAM_*` included; `sandbox` counts for every folder."""
        self.environment = environment
        self._sandbox = sandbox
        self.on_fresh = on_fresh
        self.on_configured: Callable[[], None] = lambda: None
        """Is told that the person has configured something else, once anybody looks at what they did."""
        self._caches: dict[tuple[str, ...], AccountCache] = {}
        self._retired: list[AccountCache] = []
        self._closing: asyncio.Task[None] | None = None
        self._stamp: FileStamp | None = None
        self._configuration: Configuration | None = None
        self._file = configuration_file()
        self._known: dict[Path | None, AccountCache] = {}
        """By file or folder, what it was told last: this is asked at each keystroke."""

    @property
    def configuration(self) -> Configuration:
        """What the person configured, as it is now."""
        stamp = file_stamp(self._file)
        if self._configuration is None or stamp != self._stamp:
            before, now = self._configuration, read_configuration()
            self._stamp, self._configuration = stamp, now
            self._known.clear()
            if before and not self._sandbox and not _is_another_choice(before, now):
                self._retire()  # also where nothing else has changed: a key that was refused may be another one now
            if before and before != now:
                self.on_configured()
        return self._configuration

    def sign_in(self, path: Path | None) -> SignIn:
        """Whose accounts a file or folder uses."""
        return self._sandbox or sign_in_for(path, self.configuration, self.environment)

    def of(self, path: Path | None) -> AccountCache:
        """The accounts for a file or folder."""
        if self.configuration and path not in self._known:
            self._known[path] = self._find(path)
        return self._known[path]

    def _find(self, path: Path | None) -> AccountCache:
        sign_in = self.sign_in(path)
        whose = _whose(sign_in)
        if whose not in self._caches:
            file = None if self._sandbox else cache_file(*whose)
            here = [account_kept_here(one.app, one.label, one.values) for one in sign_in.local_accounts]
            cache = AccountCache(partial(open_provider, sign_in), file, lambda: self.on_fresh(cache), here=here)
            self._caches[whose] = cache
        return self._caches[whose]

    async def close(self) -> None:
        """Lets go of all connections; whoever asks again opens them again."""
        if self._closing and not self._closing.done():
            self._closing.cancel()
            await asyncio.wait({self._closing})
        self._retired += self._caches.values()
        self._caches.clear()
        self._known.clear()
        while self._retired:
            await self._retired.pop().close()

    def _retire(self) -> None:
        for cache in self._caches.values():
            cache.retire()
        self._retired += self._caches.values()
        self._caches.clear()
        with suppress(RuntimeError):  # where no event loop runs, `close` does it
            running = asyncio.get_running_loop()
            if self._closing is None or self._closing.done():
                self._closing = running.create_task(self._close_retired())

    async def _close_retired(self) -> None:
        while self._retired:
            cache = self._retired[0]
            await cache.close(at_once=False)
            self._retired.remove(cache)


def _is_another_choice(before: Configuration, now: Configuration) -> bool:
    """Whether nothing has changed but what the person chooses and allows for their runs."""
    chosen = replace(
        before,
        chosen_accounts=now.chosen_accounts,
        production_accounts=now.production_accounts,
        allowed_variables=now.allowed_variables,
        step_folder_on_path=now.step_folder_on_path,
    )
    return before != now and chosen == now


def _whose(sign_in: SignIn) -> tuple[str, ...]:
    project = sign_in.project
    connect = (
        (project.url, project.project_id, project.environment, project.external_user_id)
        if project and sign_in.client
        else ()
    )
    rest = ("rest", sign_in.api_key_mark) if sign_in.api_key else ()
    return (*connect, *rest, *(("local",) if sign_in.local_accounts else ()))
