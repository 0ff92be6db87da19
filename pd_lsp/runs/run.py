"""Takes a plan that the person has agreed to, fetches what it names, and runs it."""

import asyncio
from collections.abc import Callable, Mapping, Sequence

from pd_lsp.accounts.provider import AccountProvider, UnreadableTokenError
from pd_lsp.credentials import Credentials, Redactor, Secret, secrets_of
from pd_lsp.execution.run import StepEvent, StepRequest, StepResult, run_step
from pd_lsp.model import Account
from pd_lsp.private_files import make_private
from pd_lsp.runs.plan import RunPlan
from pd_lsp.settings import Settings
from pd_lsp.workflows.dotenv_file import read_dotenv


async def run(  # noqa: PLR0913 - what is run, for whom, and who is told, each by its own name
    plan: RunPlan,
    provider: AccountProvider,
    settings: Settings,
    on_event: Callable[[StepEvent], None],
    *,
    on_secrets: Callable[[Sequence[Secret]], None] = lambda _: None,
    on_learned: Callable[[str, tuple[str, ...]], None] = lambda _account, _names: None,
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
    return await run_step(request, on_event, cancelled=cancelled)


async def _fetch(
    plan: RunPlan, provider: AccountProvider, on_learned: Callable[[str, tuple[str, ...]], None]
) -> dict[str, Credentials]:
    """The credentials of the accounts in the plan, by prop name; nothing else is asked for (D4)."""

    async def fetch(name: str, account: Account) -> Credentials:
        try:
            values = await provider.credentials(account, name)
        except UnreadableTokenError:
            on_learned(account.id, ())
            raise
        on_learned(account.id, values.names)
        return values

    fetched = await asyncio.gather(*(fetch(name, account) for name, account in plan.accounts.items()))
    return dict(zip(plan.accounts, fetched, strict=True))


def _secrets(credentials: Mapping[str, Credentials], environment: Mapping[str, str]) -> list[Secret]:
    of_accounts = [secret for values in credentials.values() for secret in secrets_of(values)]
    return of_accounts + list(secrets_of(Credentials(".env", environment)))
