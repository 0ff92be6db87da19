"""Several providers as one: local accounts first, then Connect's, then the older API's."""

import asyncio
from collections.abc import Sequence

from pd_lsp.accounts.provider import AccountProvider, AccountsError, RefusedError, not_kept_here
from pd_lsp.credentials import Credentials, Secret
from pd_lsp.model import Account, Accounts


class Several:
    """Lists what all of them have. Where one fails, the others' accounts are listed, and these are not all."""

    def __init__(self, providers: Sequence[AccountProvider]) -> None:
        """Of two providers that have an account of the same id, the first gives it."""
        self._providers = tuple(providers)
        self._owners: dict[str, AccountProvider] = {}

    async def accounts(self) -> Accounts:
        """Names of all accounts. Raises AccountsError, the first one, where none of the providers has any."""
        answers = await asyncio.gather(*(one.accounts() for one in self._providers), return_exceptions=True)
        found: dict[str, Account] = {}
        errors: list[AccountsError] = []
        complete = True
        for provider, answer in zip(self._providers, answers, strict=True):
            if isinstance(answer, AccountsError):
                errors.append(answer)
            elif isinstance(answer, BaseException):
                raise answer
            else:
                complete = complete and answer.complete
                for account in answer.accounts:
                    if account.id not in found:
                        found[account.id] = account
                        self._owners[account.id] = provider
        if errors and not found:
            raise errors[0]
        return Accounts(tuple(found.values()), complete and not errors, tuple(str(error) for error in errors))

    async def credentials(self, account: Account, source: str) -> Credentials:
        """The values of one account, from the provider that listed it. Raises AccountsError."""
        if account.id not in self._owners:
            await self.accounts()  # it was known from an earlier start
        owner = self._owners.get(account.id)
        if owner is None and account.local:
            raise not_kept_here(account)
        if owner is None:
            raise RefusedError(f"The account “{account.label}” is no longer among yours: refresh the accounts.")
        return await owner.credentials(account, source)

    async def accounts_of_steps(self, workflow_id: str) -> dict[str, dict[str, str]]:
        """What the first provider says that says anything; empty where all fail."""
        for provider in self._providers:
            try:
                found = await provider.accounts_of_steps(workflow_id)
            except AccountsError:
                continue
            if found:
                return found
        return {}

    def own_secrets(self) -> tuple[Secret, ...]:
        """Those of all providers."""
        return tuple(secret for provider in self._providers for secret in provider.own_secrets())

    async def close(self) -> None:
        """Lets go of all connections."""
        for provider in self._providers:
            await provider.close()
