"""The values that a run needs: fetched for the accounts of its plan and no others, and dropped with the last run."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from pd_lsp.accounts.caches import AccountCaches
from pd_lsp.accounts.provider import AccountProvider, UnreadableTokenError
from pd_lsp.credentials import Credentials, Redactor, Secret, secrets_of
from pd_lsp.execution.environment import proxy_passwords
from pd_lsp.model import Account
from pd_lsp.runs.plan import RunPlan
from pd_lsp.workflows.dotenv_file import pasted_values, read_dotenv

Learned = Callable[[str, tuple[str, ...]], Awaitable[None]]
"""Is told the id of an account, and the names of its keys; none for one whose token can't be read."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What one or several runs of a plan use."""

    credentials: Mapping[str, Credentials]
    """By prop name."""
    environment: Mapping[str, str] = field(repr=False)
    """From the project's `.env`, and what the person allowed of their own environment."""
    secrets: tuple[Secret, ...] = field(repr=False)
    """Every value that may not be shown, those included that opened the accounts."""


async def fetch(plan: RunPlan, caches: AccountCaches) -> Fetched:
    """The values for a plan that the person has agreed to (D4): of its accounts, its `.env` and its variables.

    Where `.env` sets a variable too, the person's own counts. Raises AccountsError or UnreadableFileError where the run
    can't start.
    """
    cache = caches.of(plan.file)
    dotenv = read_dotenv(plan.dotenv, plan.folder) if plan.dotenv else {}
    own = {name: caches.environment[name] for name in plan.variables if name in caches.environment}
    credentials = await _credentials(plan, cache.provider, cache.note_seen)
    passwords = proxy_passwords(caches.environment)
    known = {**passwords, **{f"{name}.decoded": unquote(password) for name, password in passwords.items()}, **own}
    pasted = pasted_values(dotenv)
    named = {name: value for name, value in dotenv.items() if name not in pasted}
    sources = [*credentials.values(), Credentials(".env", named), Credentials("environment", known)]
    secrets = [secret for values in sources for secret in secrets_of(values)]
    secrets += (Secret(".env", name) for name in pasted)
    return Fetched(credentials, {**dotenv, **own}, (*secrets, *cache.provider.own_secrets()))


async def _credentials(plan: RunPlan, provider: AccountProvider, on_learned: Learned) -> dict[str, Credentials]:
    async def fetch_one(name: str, account: Account) -> Credentials:
        try:
            values = await provider.credentials(account, name)
        except UnreadableTokenError:
            await on_learned(account.id, ())
            raise
        known = Redactor(provider.own_secrets())  # a service could name a key after the key that it was asked with
        revealed = {key: value for key, value in values.reveal().items() if known.redact(key) == key}
        await on_learned(account.id, tuple(revealed))
        return Credentials(name, revealed)

    fetching = [asyncio.ensure_future(fetch_one(name, account)) for name, account in plan.accounts.items()]
    try:
        fetched = await asyncio.gather(*fetching)
    finally:  # where one failed, nobody asks on: a command that was starting would be cut off from whoever ends it
        for one in fetching:
            one.cancel()
        await asyncio.gather(*fetching, return_exceptions=True)
    return dict(zip(plan.accounts, fetched, strict=True))
