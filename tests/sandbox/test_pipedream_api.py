"""Accounts and apps of the sandbox, over httpx."""

import json
from typing import Any

import httpx
import pytest

from pd_lsp.sandbox import Sandbox

ACCOUNTS = "/v1/connect/proj_sandbox/accounts"
APPS = "/v1/connect/apps"
BY_USER = "/v1/connect/proj_sandbox/users/sandbox-user/accounts"
NOT_FOUND = (404, {"error": "record not found"})


def said(answer: httpx.Response) -> tuple[int, Any]:
    return answer.status_code, answer.json()


def all_pages(api: httpx.Client, path: str, **query: str) -> list[dict[str, Any]]:
    """The pages of a list, asked for as Pipedream's own SDK does: until the cursor is empty."""
    pages = [api.get(path, params=query).json()]
    while cursor := pages[-1]["page_info"]["end_cursor"]:
        pages.append(api.get(path, params={**query, "after": cursor}).json())
        assert len(pages) <= pages[0]["page_info"]["total_count"], "the pages do not end"
    return pages


def ids(pages: list[dict[str, Any]]) -> list[str]:
    return [item["id"] for page in pages for item in page["data"]]


@pytest.mark.parametrize("path", [ACCOUNTS, APPS])
def test_all_pages_together_are_the_whole_list(api: httpx.Client, path: str) -> None:
    whole = all_pages(api, path, limit="100")
    pages = all_pages(api, path, limit="3")
    assert len(whole) == 1
    assert ids(pages) == ids(whole)
    assert len(set(ids(whole))) == len(ids(whole)) == whole[0]["page_info"]["total_count"]
    assert [page["page_info"]["count"] for page in pages[:-1]] == [3] * (len(pages) - 1)


def test_a_page_has_ten_unless_asked_otherwise(api: httpx.Client) -> None:
    assert api.get(ACCOUNTS).json()["page_info"]["count"] == 10


def test_a_page_that_ends_with_the_list_is_the_last(api: httpx.Client) -> None:
    total = str(len(ids(all_pages(api, ACCOUNTS))))
    assert api.get(ACCOUNTS, params={"limit": total}).json()["page_info"]["end_cursor"] == ""


@pytest.mark.parametrize("odd", [{"limit": "0"}, {"limit": "-3"}, {"limit": "²"}, {"after": "é="}, {"after": "AAAA"}])
def test_an_odd_page_is_refused(api: httpx.Client, odd: dict[str, str]) -> None:
    answer = api.get(ACCOUNTS, params=odd)
    assert answer.status_code == 400
    assert next(iter(odd)) in answer.json()["error"] or "cursor" in answer.json()["error"]


def test_a_page_larger_than_a_hundred_is_cut_to_that(api: httpx.Client) -> None:
    assert api.get(ACCOUNTS, params={"limit": "100000"}).status_code == 200


def test_a_list_can_be_walked_backwards(api: httpx.Client) -> None:
    first, second = all_pages(api, ACCOUNTS, limit="8")[:2]
    back = api.get(ACCOUNTS, params={"limit": "8", "before": second["page_info"]["start_cursor"]}).json()
    assert ids([back]) == ids([first])


@pytest.mark.parametrize("path", [ACCOUNTS, f"{ACCOUNTS}/apn_githubwork", BY_USER, APPS])
def test_the_environment_has_to_be_named(api: httpx.Client, path: str) -> None:
    del api.headers["x-pd-environment"]
    assert said(api.get(path)) == (400, {"error": "x-pd-environment header is required"})


def test_each_environment_has_its_own_accounts(api: httpx.Client) -> None:
    development = ids(all_pages(api, ACCOUNTS))
    api.headers["x-pd-environment"] = "production"
    production = ids(all_pages(api, ACCOUNTS))
    assert production
    assert not set(production) & set(development)
    assert said(api.get(f"{ACCOUNTS}/{development[0]}")) == NOT_FOUND


@pytest.mark.parametrize("path", ["/accounts", "/accounts/apn_githubwork", "/users/sandbox-user/accounts"])
def test_nothing_of_another_project_is_found(api: httpx.Client, path: str) -> None:
    assert api.get(f"/v1/connect/proj_sandbox{path}").status_code == 200
    assert said(api.get(f"/v1/connect/proj_nobody{path}")) == NOT_FOUND


@pytest.mark.parametrize("path", ["", "/accounts/apn_nobody", "/accounts/%2e%2e", "/unknown", "/users/sandbox-user"])
def test_what_is_not_there_is_not_found(api: httpx.Client, path: str) -> None:
    assert said(api.get(f"/v1/connect/proj_sandbox{path}")) == NOT_FOUND


def test_an_unknown_environment_is_not_found(api: httpx.Client) -> None:
    assert said(api.get(ACCOUNTS, headers={"x-pd-environment": "staging"})) == NOT_FOUND


def test_one_account_comes_without_a_wrapping(api: httpx.Client) -> None:
    account = api.get(f"{ACCOUNTS}/apn_githubwork").json()
    assert account["id"] == "apn_githubwork"
    assert account["app"]["name_slug"] == "github"
    assert "credentials" not in account


def test_credentials_come_only_when_asked_for(api: httpx.Client, sandbox: Sandbox) -> None:
    for path in (ACCOUNTS, f"{ACCOUNTS}/apn_slackteam", BY_USER):
        assert "credentials" not in api.get(path).text
        assert "credentials" not in api.get(path, params={"include_credentials": "false"}).text
    asked = {"include_credentials": "true"}
    account = api.get(f"{ACCOUNTS}/apn_slackteam", params=asked).json()
    assert account["credentials"] == sandbox.credentials("apn_slackteam")
    (page,) = all_pages(api, ACCOUNTS, limit="100", **asked)
    assert account in page["data"]
    assert account in api.get(BY_USER, params=asked).json()


def test_an_account_of_pipedreams_own_client_has_no_credentials_at_all(api: httpx.Client) -> None:
    answer = api.get(f"{ACCOUNTS}/apn_calendar1", params={"include_credentials": "true"})
    assert answer.status_code == 200
    assert "credentials" not in answer.json()
    assert (answer.json()["healthy"], answer.json()["dead"]) == (True, False)


def test_one_account_is_dead_and_says_why(api: httpx.Client) -> None:
    dead = [item for page in all_pages(api, ACCOUNTS) for item in page["data"] if item["dead"]]
    assert [(account["id"], account["healthy"]) for account in dead] == [("apn_airtableold", False)]
    assert "revoked" in dead[0]["error"]


@pytest.mark.parametrize("named", ["github", "app_github"])
def test_a_list_can_be_of_one_app(api: httpx.Client, named: str) -> None:
    github = ["apn_githubwork", "apn_githubhome"]
    assert ids(all_pages(api, ACCOUNTS, app=named)) == github
    assert [account["id"] for account in api.get(BY_USER, params={"app": named}).json()] == github


def test_the_accounts_of_a_user_are_a_bare_list(api: httpx.Client) -> None:
    assert [account["id"] for account in api.get(BY_USER).json()] == ids(all_pages(api, ACCOUNTS))


def test_a_user_without_accounts_has_an_empty_list(api: httpx.Client) -> None:
    assert said(api.get(BY_USER.replace("sandbox-user", "somebody"))) == (200, [])
    assert ids(all_pages(api, ACCOUNTS, external_user_id="somebody")) == []


def test_every_account_that_can_be_read_has_the_keys_of_its_app(api: httpx.Client) -> None:
    readable = [one for one in api.get(BY_USER, params={"include_credentials": "true"}).json() if "credentials" in one]
    assert readable
    of_oauth = {"oauth_access_token", "oauth_client_id", "oauth_refresh_token", "oauth_uid"}
    for account in readable:
        fields = {field["name"] for field in json.loads(account["app"]["custom_fields_json"])}
        expected = fields | (of_oauth if account["app"]["auth_type"] == "oauth" else set())
        assert account["credentials"].keys() == expected


def test_apps_are_found_by_name(api: httpx.Client) -> None:
    found = [app["name_slug"] for page in all_pages(api, APPS, q="SLACK") for app in page["data"]]
    assert found == ["slack_v2", "slack"]


@pytest.mark.parametrize("named", ["openai", "app_openai"])
def test_one_app_comes_in_data(api: httpx.Client, named: str) -> None:
    app = api.get(f"{APPS}/{named}").json()["data"]
    assert (app["id"], app["name_slug"], app["auth_type"]) == ("app_openai", "openai", "keys")


def test_an_unknown_app_is_not_found(api: httpx.Client) -> None:
    assert said(api.get(f"{APPS}/nobody")) == NOT_FOUND


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_nothing_can_be_written(api: httpx.Client, method: str) -> None:
    assert said(api.request(method, ACCOUNTS)) == (405, {"error": "method not allowed"})


def test_credentials_are_others_at_each_start_and_the_same_for_a_seed() -> None:
    def token(seed: int | None) -> str:
        with Sandbox(seed=seed) as sandbox:
            return sandbox.credentials("apn_slackteam")["oauth_access_token"]

    assert token(None) != token(None)
    assert token(7) == token(7)
