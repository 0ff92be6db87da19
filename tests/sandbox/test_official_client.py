"""The sandbox, asked by Pipedream's own client: what it accepts and parses is what the service would send."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from pipedream import AsyncPipedream, Pipedream
from pipedream.core.api_error import ApiError
from pipedream.errors.too_many_requests_error import TooManyRequestsError
from pipedream.types.account import Account

from pd_lsp.sandbox import Fault, Sandbox
from tests.sandbox.official_calls import CALLS

STOOD_IN_FOR = {"accounts", "apps", "app_categories", "tokens", "users", "proxy", "oauth_tokens"}
"""What the sandbox has all of."""
LEFT_OUT = {
    *("actions", "app_overrides", "components", "deployed_triggers", "file_stash", "oauth_apps"),
    *("project_environment", "triggers", "usage", "workflows"),
    *("projects.create", "projects.delete", "projects.list", "projects.retrieve", "projects.update"),
    "projects.update_logo",
}
"""What it has nothing of."""


def settings_of(sandbox: Sandbox, **wrong: str) -> dict[str, str]:
    """What either client needs."""
    settings = {
        "client_id": sandbox.client_id,
        "client_secret": sandbox.client_secret,
        "project_id": sandbox.project_id,
        "project_environment": sandbox.environment,
        "base_url": sandbox.url,
    }
    return {**settings, **wrong}


def client_of(sandbox: Sandbox, http: httpx.Client, **wrong: str) -> Pipedream:
    return Pipedream(**settings_of(sandbox, **wrong), httpx_client=http, max_retries=0)


def offered_by(thing: object) -> set[str]:
    """The names that a client's object offers."""
    return {name for name in dir(thing) if not name.startswith("_") and name != "with_raw_response"}


@pytest.fixture
def http() -> Iterator[httpx.Client]:
    with httpx.Client(trust_env=False) as client:
        yield client


@pytest.fixture
def official(sandbox: Sandbox, http: httpx.Client) -> Pipedream:
    return client_of(sandbox, http)


def test_every_method_that_it_offers_is_used_or_named_as_left_out(official: Pipedream) -> None:
    groups = {name for name in offered_by(official) if not callable(getattr(official, name))} - {"raw_access_token"}
    named_whole = {name for name in LEFT_OUT if "." not in name}
    methods = {f"{group}.{method}" for group in groups - named_whole for method in offered_by(getattr(official, group))}
    assert groups == STOOD_IN_FOR | {"projects"} | named_whole
    assert methods == CALLS.keys() | (LEFT_OUT - named_whole)


@pytest.mark.parametrize("named", CALLS)
def test_it_does_and_parses(named: str, fresh: Sandbox, http: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    official = client_of(fresh, http)
    group, method = named.split(".")
    kind = type(getattr(official, group))
    own, uses = getattr(kind, method), []

    def noted(*arguments: Any, **options: Any) -> Any:
        uses.append(named)
        return own(*arguments, **options)

    monkeypatch.setattr(kind, method, noted)
    CALLS[named](official)
    assert uses


async def test_its_asynchronous_twin_does_and_parses_the_same(sandbox: Sandbox) -> None:
    async with httpx.AsyncClient(trust_env=False) as http:
        official = AsyncPipedream(**settings_of(sandbox), httpx_client=http, max_retries=0)
        accounts = [account async for account in await official.accounts.list(limit=4)]
        assert all(isinstance(account, Account) for account in accounts)
        account = await official.accounts.retrieve("apn_githubwork", include_credentials=True)
        assert account.credentials
        assert account.credentials.dict(exclude_none=True) == sandbox.credentials("apn_githubwork")
        assert [user.external_id async for user in await official.users.list()]
        assert (await official.apps.retrieve("github")).data.name == "GitHub"
        user = {"external_user_id": sandbox.external_user_id, "account_id": "apn_githubwork"}
        proxied: Any = await official.proxy.get("/user", **user)
        assert proxied["login"] == "octo-work"
        token = await official.tokens.create(external_user_id="ines")
        assert (await official.tokens.validate(token.token, app_id="github")).success


def test_a_refusal_for_asking_too_often_is_its_own_error(official: Pipedream, sandbox: Sandbox) -> None:
    sandbox.fail(Fault(status=429, retry_after=3), path="/v1/connect/*/accounts")
    with pytest.raises(TooManyRequestsError) as caught:
        official.accounts.list()
    assert (caught.value.headers or {})["retry-after"] == "3"


def test_a_token_that_was_ended_is_its_error_401(official: Pipedream, sandbox: Sandbox) -> None:
    official.accounts.list()
    sandbox.expire_tokens()
    with pytest.raises(ApiError) as caught:
        official.accounts.list()
    assert caught.value.status_code == 401


def test_it_signs_in_and_walks_the_pages_of_the_accounts(official: Pipedream, api: httpx.Client) -> None:
    found = [account.id for account in official.accounts.list(limit=3)]
    expected = api.get("/v1/connect/proj_sandbox/accounts", params={"limit": "100"}).json()["data"]
    assert found == [account["id"] for account in expected]
    assert len(found) > 3


def test_it_reads_the_accounts_of_a_user(official: Pipedream, sandbox: Sandbox) -> None:
    found = official.accounts.list_by_external_user(sandbox.external_user_id, app="github")
    assert [account.id for account in found] == ["apn_githubwork", "apn_githubhome"]
    assert all(account.app and account.app.name_slug == "github" and not account.dead for account in found)


def test_it_gets_the_credentials_of_an_account_when_it_asks(official: Pipedream, sandbox: Sandbox) -> None:
    assert official.accounts.retrieve("apn_slackv2team").credentials is None
    account = official.accounts.retrieve("apn_slackv2team", include_credentials=True)
    assert account.credentials
    assert account.credentials.dict(exclude_none=True) == sandbox.credentials("apn_slackv2team")


def test_it_gets_none_of_an_account_of_pipedreams_own_client(official: Pipedream) -> None:
    assert official.accounts.retrieve("apn_calendar1", include_credentials=True).credentials is None


def test_it_learns_that_an_account_is_dead(official: Pipedream) -> None:
    account = official.accounts.retrieve("apn_airtableold")
    assert account.dead
    assert account.healthy is False
    assert account.error


def test_it_finds_apps_and_their_fields(official: Pipedream) -> None:
    assert [app.name_slug for app in official.apps.list(q="slack", limit=1)] == ["slack_v2", "slack"]
    app = official.apps.retrieve("openai").data
    assert (app.auth_type, "api_key" in (app.custom_fields_json or "")) == ("keys", True)


def test_what_is_not_there_is_its_error_404(official: Pipedream) -> None:
    with pytest.raises(ApiError) as caught:
        official.accounts.retrieve("apn_nobody")
    assert caught.value.status_code == 404


def test_a_wrong_secret_is_its_error_401(sandbox: Sandbox, http: httpx.Client) -> None:
    with pytest.raises(ApiError) as caught:
        list(client_of(sandbox, http, client_secret="invented").accounts.list())
    assert caught.value.status_code == 401


def test_the_accounts_of_production_are_others(sandbox: Sandbox, http: httpx.Client) -> None:
    found = client_of(sandbox, http, project_environment="production").accounts.list()
    assert [account.id for account in found] == ["apn_openaiprod", "apn_githubprod"]
