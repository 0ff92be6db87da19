"""Several providers as one: local accounts first, then Connect's, then the older API's."""

import asyncio
from collections.abc import Sequence

from pd_lsp.accounts.provider import (
    AccountProvider,
    AccountsError,
    PartOfAccounts,
    RefusedError,
    UnreachableError,
    UnreadableTokenError,
    not_kept_here,
    told_apart,
)
from pd_lsp.credentials import Credentials, Secret
from pd_lsp.model import Account, Accounts


class Several:
    """Lists what all of them have. Where one fails, the others' accounts are listed, and these are not all."""

    def __init__(self, providers: Sequence[AccountProvider]) -> None:
        """Of two providers that have an account of the same id, the first one's is listed."""
        self._providers = tuple(providers)
        self._owners: dict[str, tuple[AccountProvider, ...]] = {}
        self._failed: AccountsError | None = None
        """Why the last list may lack some accounts."""

    async def accounts(self) -> Accounts:
        """Names of all accounts. Raises AccountsError, the first one, where all of the providers fail."""
        answers = await asyncio.gather(*(one.accounts() for one in self._providers), return_exceptions=True)
        found: dict[str, Account] = {}
        owners: dict[str, tuple[AccountProvider, ...]] = {}
        lists, errors = told_apart(answers)
        for provider, answer in zip(self._providers, answers, strict=True):
            for account in answer.accounts if isinstance(answer, Accounts) else ():
                found.setdefault(account.id, account)
                owners[account.id] = (*owners.get(account.id, ()), provider)
        self._owners |= owners
        wanted = [error.seconds for error in errors] + [one.pause for one in lists if isinstance(one, PartOfAccounts)]
        pause = max((seconds for seconds in wanted if seconds is not None), default=None)
        problems = (*(error.lasting for error in errors), *(problem for one in lists for problem in one.problems))
        self._failed = errors[0] if errors else UnreachableError(problems[0]) if problems else None
        if errors and not lists:
            errors[0].seconds = pause
            raise errors[0]
        if wanted:
            return PartOfAccounts(tuple(found.values()), False, problems, pause)
        return Accounts(tuple(found.values()), all(one.complete for one in lists), problems)

    async def credentials(self, account: Account, source: str) -> Credentials:
        """The values of one account, from the first provider that has it and gives them. Raises AccountsError."""
        unreadable: UnreadableTokenError | None = None
        for owner in self._owners.get(account.id, ()) or await self._found(account):
            values = await _readable(owner, account, source)
            if isinstance(values, Credentials):
                return values
            unreadable = unreadable or values
        if unreadable:
            raise unreadable
        if account.local:
            raise not_kept_here(account)
        raise RefusedError(f"The account “{account.label}” is no longer among yours: refresh the accounts.")

    async def _found(self, account: Account) -> tuple[AccountProvider, ...]:
        """Who has an account that was known from an earlier start, or that a project file names."""
        try:
            await self.accounts()
        except AccountsError:
            if not account.local:
                raise
        owners = self._owners.get(account.id, ())
        if self._failed and not owners and not account.local:
            raise self._failed  # one of those that failed may have it
        return owners

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


async def _readable(owner: AccountProvider, account: Account, source: str) -> Credentials | UnreadableTokenError:
    try:
        return await owner.credentials(account, source)
    except UnreadableTokenError as error:
        return error
