"""Connecting accounts and removing them, over httpx: connect tokens, key-based accounts, external users."""

import json
from datetime import datetime, timedelta, timezone
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from pd_lsp.sandbox import Sandbox
from pd_lsp.sandbox.connect.tokens import ConnectTokens
from pd_lsp.sandbox.directory import APPS
from pd_lsp.sandbox.exchange import Request
from pd_lsp.sandbox.project import Project

PROJECT = "/v1/connect/proj_sandbox"
ACCOUNTS, TOKENS, USERS = f"{PROJECT}/accounts", f"{PROJECT}/tokens", f"{PROJECT}/users"


def made(api: httpx.Client, user: str = "ines", **asked: Any) -> str:
    """A new connect token."""
    answer = api.post(TOKENS, json={"external_user_id": user, **asked})
    assert answer.status_code == 200, answer.text
    return str(answer.json()["token"])


def keys_of_linear(token: str, **asked: Any) -> dict[str, Any]:
    return {"app_slug": "linear_app", "cfmap_json": '{"api_key": "lin_made_up"}', "connect_token": token, **asked}


def validated(api: httpx.Client, token: str, **query: str) -> dict[str, Any]:
    answer = api.get(f"/v1/connect/tokens/{token}/validate", params=query)
    assert answer.status_code == 200
    document = answer.json()
    assert isinstance(document, dict)
    return document


def test_a_connect_token_has_a_link_and_an_end(fresh_api: httpx.Client) -> None:
    answer = fresh_api.post(TOKENS, json={"external_user_id": "ines", "expires_in": 600}).json()
    kind, _, digits = answer["token"].partition("_")
    assert (kind, len(digits), int(digits, 16) >= 0) == ("ctok", 32, True)
    ends = datetime.fromisoformat(answer["expires_at"].replace("Z", "+00:00"))
    assert timedelta(0) < ends - datetime.now(timezone.utc) <= timedelta(seconds=600)
    assert parse_qs(urlsplit(answer["connect_link_url"]).query)["token"] == [answer["token"]]


@pytest.mark.parametrize(
    ("odd", "sentence"),
    [
        ({"external_user_id": None}, "external_user_id is required"),
        ({"external_user_id": ""}, "external_user_id is required"),
        ({"external_user_id": 7}, "external_user_id is required"),
        ({"external_user_id": "x" * 251}, "longer than 250"),
        ({"expires_in": 0}, "expires_in"),
        ({"expires_in": 14_401}, "expires_in"),
        ({"expires_in": True}, "expires_in"),
        ({"expires_in": "600"}, "expires_in"),
        ({"allowed_origins": "https://example.com"}, "allowed_origins"),
        ({"allowed_origins": ["example.com"]}, "allowed_origins"),
        ({"success_redirect_uri": "javascript:alert(1)"}, "success_redirect_uri"),
        ({"error_redirect_uri": "http://["}, "error_redirect_uri"),
        ({"webhook_uri": 3}, "webhook_uri"),
        ({"app_id": "app_nobody"}, "app_id"),
        ({"app_id": ["app_github"]}, "app_id"),
    ],
)
def test_an_odd_request_for_a_token_is_refused(api: httpx.Client, odd: dict[str, Any], sentence: str) -> None:
    answer = api.post(TOKENS, json={"external_user_id": "ines", **odd})
    assert answer.status_code == 400
    assert sentence in answer.json()["error"]


def test_the_longest_user_and_everything_that_can_be_asked_for_is_accepted(api: httpx.Client) -> None:
    asked = {
        "allowed_origins": ["https://example.com"],
        "success_redirect_uri": "https://example.com/done",
        "error_redirect_uri": "https://example.com/failed",
        "webhook_uri": "https://example.com/hook",
        "expires_in": 14_400,
        "scope": "connect:accounts:read",
        "allow_progressive_scopes": True,
        "app_id": "github",
        "oauth_app_id": "oa_owngithub",
    }
    valid = validated(api, made(api, "x" * 250, **asked))
    assert (valid["success"], valid["error"], valid["app"]["id"]) == (True, None, "app_github")
    assert (valid["oauth_app_id"], valid["success_redirect_uri"], valid["error_redirect_uri"]) == (
        "oa_owngithub",
        "https://example.com/done",
        "https://example.com/failed",
    )
    assert (valid["project_id"], valid["project_environment"]) == ("proj_sandbox", "development")


@pytest.mark.parametrize(
    ("query", "success"),
    [
        ({"app_id": "openai"}, True),
        ({"app_id": "app_openai"}, True),
        ({"account_id": "apn_githubwork"}, True),
        ({"app_id": "github", "account_id": "apn_githubwork"}, True),
        ({"app_id": "openai", "account_id": "apn_githubwork"}, False),
        ({"app_id": "github", "account_id": "apn_githubcolleague"}, False),
        ({"app_id": "github", "account_id": "apn_nobody"}, False),
        ({}, False),
        ({"app_id": "nobody"}, False),
    ],
)
def test_a_token_is_validated_for_an_app(api: httpx.Client, query: dict[str, str], success: bool) -> None:
    valid = validated(api, made(api, "sandbox-user"), **query)
    assert (valid["success"], valid["error"] is None) == (success, success)


def test_an_invented_token_is_not_valid(api: httpx.Client) -> None:
    valid = validated(api, f"ctok_{'0' * 32}", app_id="openai")
    assert valid == {"success": False, "error": "The connect token is invalid, used or expired."}


def test_a_connect_token_ends() -> None:
    now = [datetime(2026, 1, 5, tzinfo=timezone.utc)]
    tokens = ConnectTokens(now=lambda: now[0])
    asked = Request("POST", "", TOKENS, {}, b'{"external_user_id": "ines", "expires_in": 60}')
    token = tokens.create(asked, Project(APPS, ()), "development").document["token"]
    now[0] += timedelta(seconds=59)
    assert tokens.find(token)
    now[0] += timedelta(seconds=1)
    assert tokens.find(token) is None


def test_an_account_is_connected_by_its_keys(fresh_api: httpx.Client, fresh: Sandbox) -> None:
    token = made(fresh_api, "ines")
    answer = fresh_api.post(ACCOUNTS, json=keys_of_linear(token, name="Ines' key"))
    account = answer.json()
    assert (answer.status_code, account["name"], account["external_id"]) == (200, "Ines' key", "ines")
    assert (account["app"]["name_slug"], account["healthy"], account["dead"]) == ("linear_app", True, False)
    assert "credentials" not in account
    assert fresh.credentials(account["id"]) == {"api_key": "lin_made_up"}
    read = fresh_api.get(f"{ACCOUNTS}/{account['id']}", params={"include_credentials": "true"}).json()
    assert read["credentials"] == {"api_key": "lin_made_up"}
    assert [one["id"] for one in fresh_api.get(f"{USERS}/ines/accounts").json()] == [account["id"]]


def test_a_connect_token_connects_one_account(fresh_api: httpx.Client) -> None:
    token = made(fresh_api)
    assert fresh_api.post(ACCOUNTS, json=keys_of_linear(token)).status_code == 200
    again = fresh_api.post(ACCOUNTS, json=keys_of_linear(token))
    assert (again.status_code, again.json()["error"]) == (400, "connect_token is invalid, used or expired")


def test_an_unhealthy_account_can_be_connected_again(fresh_api: httpx.Client, fresh: Sandbox) -> None:
    token = made(fresh_api, fresh.external_user_id)
    answer = fresh_api.post(ACCOUNTS, json=keys_of_linear(token, account_id="apn_linearkey")).json()
    assert (answer["id"], answer["name"], answer["healthy"], answer["error"]) == (
        "apn_linearkey",
        "Team key",
        True,
        None,
    )
    assert fresh.credentials("apn_linearkey") == {"api_key": "lin_made_up"}


@pytest.mark.parametrize("account_id", ["apn_linearcolleague", "apn_openaikey", "apn_nobody"])
def test_an_account_of_somebody_else_or_of_another_app_is_not_connected_again(
    api: httpx.Client, sandbox: Sandbox, account_id: str
) -> None:
    token = made(api, sandbox.external_user_id)
    assert api.post(ACCOUNTS, json=keys_of_linear(token, account_id=account_id)).status_code == 404


@pytest.mark.parametrize(
    ("odd", "sentence"),
    [
        ({"connect_token": None}, "connect_token"),
        ({"app_slug": "nobody"}, "app_slug"),
        ({"app_slug": "github"}, "OAuth flow"),
        ({"cfmap_json": None}, "cfmap_json"),
        ({"cfmap_json": "[]"}, "cfmap_json"),
        ({"cfmap_json": "{"}, "cfmap_json"),
        ({"cfmap_json": "{}"}, "lacks api_key"),
        ({"cfmap_json": '{"api_key": ""}'}, "lacks api_key"),
        ({"cfmap_json": '{"api_key": 3}'}, "lacks api_key"),
    ],
)
def test_an_odd_account_is_refused_and_the_token_stays_good(
    api: httpx.Client, odd: dict[str, Any], sentence: str
) -> None:
    token = made(api)
    answer = api.post(ACCOUNTS, json=keys_of_linear(token) | odd)
    assert answer.status_code == 400
    assert sentence in answer.json()["error"]
    assert validated(api, token, app_id="openai")["success"]


def test_a_token_connects_for_its_own_user_and_environment_only(api: httpx.Client) -> None:
    asked = keys_of_linear(made(api, "ines"))
    assert api.post(ACCOUNTS, json=asked, params={"external_user_id": "jo"}).status_code == 400
    assert api.post(ACCOUNTS, json=asked, headers={"x-pd-environment": "production"}).status_code == 400


def test_an_account_is_removed(fresh_api: httpx.Client) -> None:
    gone = fresh_api.delete(f"{ACCOUNTS}/apn_githubwork")
    assert (gone.status_code, gone.content) == (204, b"")
    assert fresh_api.get(f"{ACCOUNTS}/apn_githubwork").status_code == 404
    assert fresh_api.delete(f"{ACCOUNTS}/apn_githubwork").status_code == 404
    left = fresh_api.get(ACCOUNTS, params={"app": "github", "external_user_id": "sandbox-user"}).json()
    assert [account["id"] for account in left["data"]] == ["apn_githubhome"]


def test_an_account_of_the_other_environment_is_not_removed(api: httpx.Client) -> None:
    assert api.delete(f"{ACCOUNTS}/apn_openaiprod").status_code == 404


@pytest.mark.parametrize("named", ["github", "app_github"])
def test_all_accounts_of_an_app_are_removed_in_one_environment(fresh_api: httpx.Client, named: str) -> None:
    assert fresh_api.delete(f"{PROJECT}/apps/{named}/accounts").status_code == 204
    assert fresh_api.get(ACCOUNTS, params={"app": "github"}).json()["data"] == []
    elsewhere = fresh_api.get(ACCOUNTS, params={"app": "github"}, headers={"x-pd-environment": "production"}).json()
    assert [account["id"] for account in elsewhere["data"]] == ["apn_githubprod"]


def test_the_accounts_of_an_unknown_app_are_not_found(api: httpx.Client) -> None:
    assert api.delete(f"{PROJECT}/apps/nobody/accounts").status_code == 404


def external_ids(api: httpx.Client, **query: str) -> list[str]:
    return [user["external_id"] for user in api.get(USERS, params=query).json()["data"]]


def test_users_are_those_with_accounts_and_those_with_tokens(fresh_api: httpx.Client) -> None:
    assert external_ids(fresh_api) == ["sandbox-user", "sandbox-colleague"]
    made(fresh_api, "ines")
    made(fresh_api, "ines")
    assert external_ids(fresh_api) == ["sandbox-user", "sandbox-colleague", "ines"]
    assert external_ids(fresh_api, q="COLL") == ["sandbox-colleague"]
    assert external_ids(fresh_api, limit="1") == ["sandbox-user"]


def test_a_user_is_removed_with_everything_of_theirs(fresh_api: httpx.Client) -> None:
    token = made(fresh_api, "sandbox-colleague")
    assert fresh_api.delete(f"{USERS}/sandbox-colleague").status_code == 204
    assert external_ids(fresh_api) == ["sandbox-user"]
    assert fresh_api.get(f"{USERS}/sandbox-colleague/accounts").json() == []
    assert fresh_api.get(f"{ACCOUNTS}/apn_githubcolleague").status_code == 404
    assert validated(fresh_api, token, app_id="openai")["success"] is False
    assert fresh_api.delete(f"{USERS}/sandbox-colleague").status_code == 404
    assert fresh_api.get(f"{ACCOUNTS}/apn_githubprod", headers={"x-pd-environment": "production"}).status_code == 200


def test_a_user_whose_name_has_a_slash_is_one_user(fresh_api: httpx.Client) -> None:
    fresh_api.post(ACCOUNTS, json=keys_of_linear(made(fresh_api, "team/ines@example.com")))
    found = fresh_api.get(f"{USERS}/team%2Fines%40example.com/accounts").json()
    assert [json.loads(account["app"]["custom_fields_json"])[0]["name"] for account in found] == ["api_key"]
