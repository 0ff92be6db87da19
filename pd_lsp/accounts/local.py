"""Accounts that the person keeps here: names in their configuration, values in the keyring, a variable or a command.

They need no Pipedream account, and outlive the hosted workflows.
"""

import shlex
from collections.abc import Iterable, Mapping

from pd_lsp.accounts.provider import not_kept_here
from pd_lsp.accounts.secret_sources import SecretSource, find_secret
from pd_lsp.catalog import account_kept_here
from pd_lsp.configuration import LocalAccount, ValueSource
from pd_lsp.credentials import Credentials, Secret
from pd_lsp.model import Account, Accounts, AppSlug, local_account_id


class Local:
    """The accounts of the person's own configuration."""

    def __init__(self, kept: Iterable[LocalAccount], environment: Mapping[str, str]) -> None:
        """`environment` is the process's own, as far as values may come from it."""
        self._kept = {local_account_id(AppSlug(one.app), one.label): one for one in kept}
        self._environment = environment

    async def accounts(self) -> Accounts:
        """Names of all of them; nobody is asked."""
        return Accounts(tuple(account_kept_here(one.app, one.label, one.values) for one in self._kept.values()), True)

    async def credentials(self, account: Account, source: str) -> Credentials:
        """The values of `account`, from where the person keeps each. Raises AccountsError."""
        kept = self._kept.get(account.id)
        if kept is None:
            raise not_kept_here(account)
        values = {}
        for key, place in kept.values.items():  # one after the other: each may ask the person something
            values[key] = await self._value(account, key, place)
        return Credentials(source, values)

    async def accounts_of_steps(self, workflow_id: str) -> dict[str, dict[str, str]]:  # noqa: ARG002 - the protocol's words
        """A workflow knows nothing of what is kept here."""
        return {}

    def own_secrets(self) -> tuple[Secret, ...]:
        """It holds none."""
        return ()

    async def close(self) -> None:
        """Nothing to let go of."""

    async def _value(self, account: Account, key: str, place: ValueSource) -> str:
        names = (place.environment,) if place.environment else ()
        label = shlex.quote(account.label)
        source = SecretSource(
            names,
            place.command or None,
            place.keyring or None,
            kept_by=f"pd-lsp accounts add {account.app.slug} --label {label} --key {shlex.quote(key)}",
            name=f"The value of {key} for the {account.app.name} account “{account.label}”",
        )
        return (await find_secret(source, self._environment)).value
