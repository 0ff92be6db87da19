"""Takes a plan that the person has agreed to, fetches what it names, and runs it."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress

from pd_lsp.accounts.provider import AccountProvider, UnreadableTokenError
from pd_lsp.configuration import read_configuration
from pd_lsp.credentials import Credentials, Redactor, Secret, secrets_of
from pd_lsp.execution.run import StepEvent, StepRequest, StepResult, run_step
from pd_lsp.model import Account
from pd_lsp.private_files import PrivateFileError, make_private
from pd_lsp.runs.plan import RunPlan
from pd_lsp.settings import Settings
from pd_lsp.workflows.dotenv_file import read_dotenv
from pd_lsp.workflows.run_shapes import keep_run_shape

Learned = Callable[[str, tuple[str, ...]], Awaitable[None]]
"""Is told the id of an account, and the names of its keys."""


async def _nobody(_account: str, _names: tuple[str, ...]) -> None:
    """Is told, and keeps nothing."""


async def run(  # noqa: PLR0913 - what is run, for whom, and who is told, each by its own name
    plan: RunPlan,
    provider: AccountProvider,
    settings: Settings,
    on_event: Callable[[StepEvent], None],
    *,
    on_secrets: Callable[[Sequence[Secret]], None] = lambda _: None,
    on_learned: Learned = _nobody,
    cancelled: asyncio.Event | None = None,
) -> StepResult:
    """Runs the step and returns what came of it; what it prints goes to `on_event` as it comes, redacted.

    `on_secrets` is told every value of the run, before anything is started (D17); `on_learned` the names of the keys of
    each account, by its id, none for one whose token can't be read. Raises
    AccountsError, UnreadableFileError, PrivateFileError or RunError where the run can't start.
    """
    environment = read_dotenv(plan.dotenv, plan.folder) if plan.dotenv else {}
    credentials = await _fetch(plan, provider, on_learned)
    secrets = [*_secrets(credentials, environment), *provider.own_secrets()]
    on_secrets(secrets)
    for store in plan.data_stores.values():
        make_private(store.parent)
    request = StepRequest(
        file=str(plan.file),
        source=plan.text,
        interpreter=plan.interpreter.path,
        accounts=credentials,
        data_stores=plan.data_stores,
        steps=plan.event.as_steps(),
        environment=environment,
        process_environment=settings.sandbox.process_environment() if settings.sandbox else {},
        python_path=(plan.file.parent,) if settings.step_folder_on_path else (),
        time_limit=plan.time_limit,
        memory_limit=plan.memory_limit,
        size_limit=plan.size_limit,
        any_value=plan.any_value,
        redactor=Redactor(secrets),
    )
    result = await run_step(request, on_event, cancelled=cancelled)
    if result.ok:
        await asyncio.to_thread(_keep_shape, plan, result, request.redactor)
    return result


def _keep_shape(plan: RunPlan, result: StepResult, redactor: Redactor) -> None:
    """Keeps which keys the step gave on, for completion in later steps; a run goes on where that can't be done."""
    outputs = {**result.exports, **({} if result.returned is None else {"$return_value": result.returned})}
    with suppress(PrivateFileError):
        if outputs and read_configuration().keeps_run_shapes:
            keep_run_shape(plan.file, outputs, redactor)


async def _fetch(plan: RunPlan, provider: AccountProvider, on_learned: Learned) -> dict[str, Credentials]:
    """The credentials of the accounts in the plan, by prop name; nothing else is asked for (D4)."""

    async def fetch(name: str, account: Account) -> Credentials:
        try:
            values = await provider.credentials(account, name)
        except UnreadableTokenError:
            await on_learned(account.id, ())
            raise
        await on_learned(account.id, values.names)
        return values

    fetched = await asyncio.gather(*(fetch(name, account) for name, account in plan.accounts.items()))
    return dict(zip(plan.accounts, fetched, strict=True))


def _secrets(credentials: Mapping[str, Credentials], environment: Mapping[str, str]) -> list[Secret]:
    of_accounts = [secret for values in credentials.values() for secret in secrets_of(values)]
    return of_accounts + list(secrets_of(Credentials(".env", environment)))
