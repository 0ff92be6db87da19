"""One cache of accounts for each sign-in: folders with a project of their own have accounts of their own."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NoReturn

from pd_lsp.accounts import open_provider
from pd_lsp.accounts.cache import AccountCache
from pd_lsp.accounts.cache_file import cache_file
from pd_lsp.accounts.provider import AccountProvider, AccountsError, NoAccounts
from pd_lsp.accounts.sign_in import SignIn, sign_in_for
from pd_lsp.configuration import Configuration, configuration_file, read_configuration

_Stamp = tuple[int, int] | None


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
        self._environment = environment
        self._sandbox = sandbox
        self.on_fresh = on_fresh
        self._caches: dict[tuple[str, ...], AccountCache] = {}
        self._stamp: _Stamp = None
        self._configuration: Configuration | None = None

    @property
    def configuration(self) -> Configuration:
        """What the person configured, as it is now."""
        stamp = _stamp(configuration_file())
        if self._configuration is None or stamp != self._stamp:
            if self._configuration is not None:
                self._caches.clear()  # a key that was refused may be another one now
            self._stamp, self._configuration = stamp, read_configuration()
        return self._configuration

    def sign_in(self, path: Path | None) -> SignIn:
        """Whose accounts a file or folder uses."""
        return self._sandbox or sign_in_for(path, self.configuration, self._environment)

    def of(self, path: Path | None) -> AccountCache:
        """The accounts for a file or folder."""
        sign_in = self.sign_in(path)
        whose = _whose(sign_in)
        if whose not in self._caches:
            file = None if self._sandbox else cache_file(*whose)
            cache = AccountCache(_opened(sign_in), file, lambda: self.on_fresh(cache))
            self._caches[whose] = cache
        return self._caches[whose]

    async def close(self) -> None:
        """Lets go of all connections."""
        for cache in self._caches.values():
            await cache.close()


class _Unusable(NoAccounts):
    """A sign-in that can't work, and why."""

    def __init__(self, error: AccountsError) -> None:
        self._error = error

    async def accounts(self) -> NoReturn:
        """Raises why."""
        raise self._error


def _opened(sign_in: SignIn) -> AccountProvider:
    try:
        return open_provider(sign_in)
    except AccountsError as error:
        return _Unusable(error)


def _whose(sign_in: SignIn) -> tuple[str, ...]:
    project = sign_in.project
    connect = (
        (project.url, project.project_id, project.environment, project.external_user_id)
        if project and sign_in.client
        else ()
    )
    return (*connect, *(("rest",) if sign_in.api_key else ()), *(("local",) if sign_in.local_accounts else ()))


def _stamp(file: Path) -> _Stamp:
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size
