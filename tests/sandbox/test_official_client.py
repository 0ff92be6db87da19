"""The sandbox, asked by Pipedream's own client: what it accepts and parses is what the service would send."""

from collections.abc import Iterator

import httpx
import pytest
from pipedream import Pipedream
from pipedream.core.api_error import ApiError

from pd_lsp.sandbox import Sandbox


def client_of(sandbox: Sandbox, http: httpx.Client, **wrong: str) -> Pipedream:
    settings = {
        "client_id": sandbox.client_id,
        "client_secret": sandbox.client_secret,
        "project_id": sandbox.project_id,
        "project_environment": sandbox.environment,
        "base_url": sandbox.url,
    }
    return Pipedream(**{**settings, **wrong}, httpx_client=http, max_retries=0)


@pytest.fixture
def http() -> Iterator[httpx.Client]:
    with httpx.Client(trust_env=False) as client:
        yield client


@pytest.fixture
def official(sandbox: Sandbox, http: httpx.Client) -> Pipedream:
    return client_of(sandbox, http)


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
