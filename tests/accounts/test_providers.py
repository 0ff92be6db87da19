"""Each provider of accounts, held against the contract that all of them share."""

import sys
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
import pytest_asyncio

from pd_lsp.accounts import AccountProvider, ClientKey, SignIn, open_provider
from pd_lsp.accounts.caches import AccountCaches
from pd_lsp.accounts.connect import Connect
from pd_lsp.accounts.local import Local
from pd_lsp.accounts.provider import SignedOutError
from pd_lsp.accounts.rest import Rest
from pd_lsp.accounts.several import Several
from pd_lsp.accounts.sign_in import HeldSecret
from pd_lsp.configuration import LocalAccount, ValueSource
from pd_lsp.model import AppSlug, local_account_id
from pd_lsp.sandbox import Sandbox
from pd_lsp.settings import API, ConnectProject
from tests.accounts.conftest import held
from tests.accounts.contract import AccountProviderContract, Case, Failing
from tests.accounts.time_passing import TimePassing

NOWHERE = "http://127.0.0.1:9"
WRONG = "made-up-wrong-secret-0123456789"
DEAD = "apn_airtableold"
STEPS = {
    "append_row": {"google_sheets": "apn_sheetsteam"},
    "welcome_text": {"openai": "apn_openaikey"},
    "post_message": {"slack": "apn_slackteam"},
    "old_toot": {"mastodon": "apn_mastodonme"},
}
LOCAL_ID = local_account_id(AppSlug("acme"), "Team")
LOCAL_VALUES = {"api_key": "made-up-value-of-a-variable", "region": "made-up-value-of-a-command"}
KEPT = LocalAccount(
    "acme",
    "Team",
    {
        "api_key": ValueSource(environment="ACME_KEY"),
        "region": ValueSource(command=(sys.executable, "-c", f"print({LOCAL_VALUES['region']!r})")),
    },
)
ENVIRONMENT = {"ACME_KEY": LOCAL_VALUES["api_key"], "UNRELATED": WRONG}


def canaries(sandbox: Sandbox) -> tuple[str, ...]:
    """All values of the sandbox that belong to one account alone, and the keys to it."""
    accounts = ("apn_slackteam", "apn_openaikey", "apn_githubwork", "apn_supabase1", "apn_calendar1")
    values = [value for account_id in accounts for value in sandbox.credentials(account_id).values()]
    return (*[value for value in values if len(value) >= 20], sandbox.client_secret, sandbox.api_key)


class ConnectContract(AccountProviderContract):
    """What is true of Connect wherever it is."""

    @pytest.fixture
    def project(self, sandbox: Sandbox) -> ConnectProject:
        return ConnectProject(sandbox.project_id, sandbox.external_user_id, sandbox.environment, sandbox.url)

    @pytest_asyncio.fixture
    async def case(self, sandbox: Sandbox, project: ConnectProject, key: ClientKey) -> AsyncIterator[Case]:
        provider = Connect(project, key)
        yield self.about(sandbox, provider)
        await provider.close()

    def about(self, sandbox: Sandbox, provider: AccountProvider) -> Case:
        return Case(
            provider,
            "apn_slackteam",
            sandbox.credentials("apn_slackteam"),
            canaries(sandbox),
            (sandbox.client_secret,),
            dead_id=DEAD,
        )

    @pytest_asyncio.fixture
    async def without_key(self, project: ConnectProject) -> AsyncIterator[Failing]:
        provider = Connect(project, ClientKey("wrong", WRONG))
        yield Failing(provider.accounts, r"^Pipedream refused the key: sign in again with `pd-lsp login`", (WRONG,))
        await provider.close()

    @pytest_asyncio.fixture
    async def unreachable(
        self, project: ConnectProject, key: ClientKey, passing: TimePassing, sandbox: Sandbox
    ) -> AsyncIterator[Failing]:
        provider = Connect(replace(project, url=NOWHERE), key, passing.patience())
        yield Failing(provider.accounts, r"^127\.0\.0\.1:9 can't be reached", (sandbox.client_secret,))
        await provider.close()


class TestConnect(ConnectContract):
    """By plain HTTP, as the sandbox is on this machine."""


class TestConnectOverTls(ConnectContract):
    """As `api.pipedream.com`, through a proxy and with certificates of one's own: as in a company."""

    @pytest.fixture(autouse=True)
    def proxied(self, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("HTTPS_PROXY", sandbox.proxy)
        monkeypatch.setenv("NO_PROXY", "")
        monkeypatch.setenv("SSL_CERT_FILE", str(sandbox.certificate))

    @pytest.fixture
    def project(self, sandbox: Sandbox) -> ConnectProject:
        return ConnectProject(sandbox.project_id, sandbox.external_user_id, sandbox.environment, API)


class TestSandbox(ConnectContract):
    """As the demo has it: the provider of every folder."""

    @pytest_asyncio.fixture
    async def case(self, sandbox: Sandbox, project: ConnectProject, key: ClientKey) -> AsyncIterator[Case]:
        caches = AccountCaches({}, SignIn(project, key))
        yield self.about(sandbox, caches.of(None).provider)
        await caches.close()


class TestRest(AccountProviderContract):
    @pytest_asyncio.fixture
    async def case(self, sandbox: Sandbox, api_key: HeldSecret) -> AsyncIterator[Case]:
        provider = Rest(api_key, sandbox.url)
        values = sandbox.credentials("apn_slackteam")
        yield Case(
            provider, "apn_slackteam", values, canaries(sandbox), (sandbox.api_key,), dead_id=None, workflow=STEPS
        )
        await provider.close()

    @pytest_asyncio.fixture
    async def without_key(self, sandbox: Sandbox) -> AsyncIterator[Failing]:
        provider = Rest(held("KEY", WRONG), sandbox.url)
        yield Failing(provider.accounts, r"^Pipedream refused the key: sign in again with `pd-lsp login --api-key`")
        await provider.close()

    @pytest_asyncio.fixture
    async def unreachable(self, api_key: HeldSecret, passing: TimePassing, sandbox: Sandbox) -> AsyncIterator[Failing]:
        provider = Rest(api_key, NOWHERE, passing.patience())
        yield Failing(provider.accounts, r"^127\.0\.0\.1:9 can't be reached", (sandbox.api_key,))
        await provider.close()


class TestLocal(AccountProviderContract):
    @pytest.fixture
    def case(self) -> Case:
        return Case(Local([KEPT], ENVIRONMENT), LOCAL_ID, LOCAL_VALUES, (*LOCAL_VALUES.values(), WRONG), ())

    @pytest.fixture
    def without_key(self) -> Failing:
        provider = Local([KEPT], {})
        return Failing(lambda: _credentials(provider), "set ACME_KEY in the environment", tuple(LOCAL_VALUES.values()))

    @pytest.fixture
    def unreachable(self) -> Failing:
        """What answers for it is a command, and that is not there."""
        gone = LocalAccount("acme", "Team", {"api_key": ValueSource(command=("no-such-program", WRONG))})
        provider = Local([gone], {})
        return Failing(lambda: _credentials(provider), "there is no program “no-such-program” on PATH", (WRONG,))


class TestSeveral(AccountProviderContract):
    """All of them at once."""

    @pytest_asyncio.fixture
    async def case(
        self, sandbox: Sandbox, project: ConnectProject, key: ClientKey, api_key: HeldSecret
    ) -> AsyncIterator[Case]:
        provider = Several([Local([KEPT], ENVIRONMENT), Connect(project, key), Rest(api_key, sandbox.url)])
        yield Case(
            provider,
            "apn_slackteam",
            sandbox.credentials("apn_slackteam"),
            (*canaries(sandbox), *LOCAL_VALUES.values()),
            (sandbox.client_secret, sandbox.api_key),
            dead_id=DEAD,
            workflow=STEPS,
        )
        await provider.close()

    @pytest.fixture
    def without_key(self, sandbox: Sandbox, project: ConnectProject) -> Failing:
        """Both keys are wrong: of two sentences the first is said."""
        provider = Several([Connect(project, ClientKey("wrong", WRONG)), Rest(held("KEY", WRONG), sandbox.url)])
        return Failing(lambda: _closing(provider), r"^Pipedream refused the key: sign in again with `pd-lsp login`")

    @pytest.fixture
    def unreachable(self, project: ConnectProject, key: ClientKey, passing: TimePassing) -> Failing:
        provider = Several([Connect(replace(project, url=NOWHERE), key, passing.patience())])
        return Failing(lambda: _closing(provider), r"^127\.0\.0\.1:9 can't be reached")


class TestNobody:
    """Nobody has signed in: there is a provider all the same."""

    async def test_it_says_how_to_sign_in_and_has_nothing(self) -> None:
        provider = open_provider(SignIn())
        for ask in (provider.accounts, lambda: _credentials(provider)):
            with pytest.raises(SignedOutError, match="type `pd-lsp login` in a terminal, .* or try everything"):
                await ask()
        assert await provider.accounts_of_steps("p_V9Ch2Lk") == {}
        assert provider.own_secrets() == ()
        await provider.close()
        await provider.close()


async def _credentials(provider: AccountProvider) -> object:
    local = (await Local([KEPT], {}).accounts()).accounts[0]
    return await provider.credentials(local, "acme")


async def _closing(provider: AccountProvider) -> object:
    try:
        return await provider.accounts()
    finally:
        await provider.close()
