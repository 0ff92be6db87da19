"""Accounts and apps of the sandbox, looked at over httpx."""

import json
from datetime import datetime, timezone
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


@pytest.mark.parametrize("path", ["", "/accounts/apn_nobody", "/accounts/%2e%2e", "/unknown", "/users/nobody/nothing"])
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


def test_one_account_is_unhealthy_and_not_dead(api: httpx.Client) -> None:
    account = api.get(f"{ACCOUNTS}/apn_linearkey").json()
    assert (account["healthy"], account["dead"]) == (False, False)
    assert "401" in account["error"]


def test_the_token_of_one_account_has_ended_and_that_of_another_will(api: httpx.Client) -> None:
    now = datetime.now(timezone.utc)
    late, fresh, key = (
        api.get(f"{ACCOUNTS}/{id_}").json() for id_ in ("apn_spotifylate", "apn_sheetsteam", "apn_openaikey")
    )
    assert datetime.fromisoformat(late["expires_at"].replace("Z", "+00:00")) < now
    assert (late["healthy"], late["dead"], late["error"]) == (True, False, None)
    assert datetime.fromisoformat(fresh["expires_at"].replace("Z", "+00:00")) > now
    assert key["expires_at"] is None


@pytest.mark.parametrize("named", ["github", "app_github"])
def test_a_list_can_be_of_one_app(api: httpx.Client, named: str) -> None:
    github = ["apn_githubwork", "apn_githubhome"]
    assert ids(all_pages(api, ACCOUNTS, app=named)) == [*github, "apn_githubcolleague"]
    assert ids(all_pages(api, ACCOUNTS, app=named, external_user_id="sandbox-user")) == github
    assert [account["id"] for account in api.get(BY_USER, params={"app": named}).json()] == github


def test_the_accounts_of_a_user_are_a_bare_list(api: httpx.Client) -> None:
    paged = ids(all_pages(api, ACCOUNTS, external_user_id="sandbox-user"))
    assert [account["id"] for account in api.get(BY_USER).json()] == paged


def test_without_a_user_a_list_has_the_accounts_of_all(api: httpx.Client) -> None:
    everybodys = {item["external_id"] for page in all_pages(api, ACCOUNTS) for item in page["data"]}
    assert everybodys == {"sandbox-user", "sandbox-colleague"}


@pytest.mark.parametrize(
    ("client", "found"),
    [
        ("oa_owngithub", ["apn_githubwork", "apn_githubhome"]),
        ("oa_googlecalendar", ["apn_calendar1"]),
        ("oa_owngooglecalendar", []),
        ("oa_nobody", []),
    ],
)
def test_a_list_can_be_of_one_oauth_client(api: httpx.Client, client: str, found: list[str]) -> None:
    assert ids(all_pages(api, ACCOUNTS, oauth_app_id=client, external_user_id="sandbox-user")) == found


def test_a_list_of_an_unknown_app_is_empty(api: httpx.Client) -> None:
    assert ids(all_pages(api, ACCOUNTS, app="nobody")) == []


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


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        *((method, ACCOUNTS, "GET, POST") for method in ("PUT", "PATCH", "DELETE")),
        ("PUT", f"{ACCOUNTS}/apn_githubwork", "GET, DELETE"),
        ("GET", "/v1/connect/proj_sandbox/users/sandbox-user", "DELETE"),
        ("POST", APPS, "GET"),
        ("GET", "/v1/connect/proj_sandbox/tokens", "POST"),
        ("OPTIONS", "/v1/connect/proj_sandbox/proxy/L3VzZXI", "GET, POST, PUT, PATCH, DELETE"),
    ],
)
def test_a_wrong_method_hears_of_the_right_ones(api: httpx.Client, method: str, path: str, allowed: str) -> None:
    answer = api.request(method, path)
    assert said(answer) == (405, {"error": "method not allowed"})
    assert answer.headers["allow"] == allowed


def slugs(api: httpx.Client, **query: Any) -> list[str]:
    return [app["name_slug"] for app in api.get(APPS, params={"limit": 100, **query}).json()["data"]]


def test_apps_can_be_sorted(api: httpx.Client) -> None:
    assert slugs(api, sort_key="name_slug") == sorted(slugs(api))
    assert slugs(api, sort_key="name", sort_direction="desc")[0] == "supabase"
    assert slugs(api, sort_key="featured_weight", sort_direction="desc")[:2] == ["google_sheets", "openai"]


@pytest.mark.parametrize("odd", [{"sort_key": "colour"}, {"sort_direction": "sideways"}])
def test_an_odd_order_is_refused(api: httpx.Client, odd: dict[str, str]) -> None:
    answer = api.get(APPS, params=odd)
    assert answer.status_code == 400
    assert next(iter(odd)) in answer.json()["error"]


@pytest.mark.parametrize("yes", ["1", "true"])
def test_apps_can_be_those_with_components(api: httpx.Client, yes: str) -> None:
    whole = set(slugs(api))
    assert whole - set(slugs(api, has_triggers=yes)) == {"openai", "spotify"}
    assert whole - set(slugs(api, has_actions=yes)) == whole - set(slugs(api, has_components=yes)) == {"spotify"}


def test_apps_can_be_of_some_categories(api: httpx.Client) -> None:
    databases = ["supabase", "airtable_oauth"]
    assert slugs(api, category_ids="cat_databases") == databases
    both = slugs(api, category_ids=["cat_databases", "cat_artificialintelligence"])
    assert both == slugs(api, category_ids="cat_databases,cat_artificialintelligence") == ["openai", *databases]
    assert slugs(api, category_ids="cat_nobody") == []


def test_every_app_is_in_a_category(api: httpx.Client) -> None:
    categories = api.get("/v1/connect/app_categories").json()
    assert {app["categories"][0] for app in api.get(APPS, params={"limit": 100}).json()["data"]} <= {
        category["name"] for category in categories
    }
    assert said(api.get(f"/v1/connect/app_categories/{categories[0]['id']}")) == (200, categories[0])
    assert said(api.get("/v1/connect/app_categories/cat_nobody")) == NOT_FOUND


@pytest.mark.parametrize(
    ("slug", "connect"),
    [
        ("slack", (True, ["slack.com"], "https://slack.com")),
        ("gitlab", (True, None, "https://{{custom_fields.base_api_url}}")),
        ("supabase", (True, None, "https://{{custom_fields.subdomain}}.supabase.co")),
        ("google_sheets", (True, ["sheets.googleapis.com", "www.googleapis.com"], "https://sheets.googleapis.com")),
    ],
)
def test_an_app_says_where_the_proxy_may_go(api: httpx.Client, slug: str, connect: tuple[Any, ...]) -> None:
    said_so = api.get(f"{APPS}/{slug}").json()["data"]["connect"]
    assert tuple(said_so[name] for name in ("proxy_enabled", "allowed_domains", "base_proxy_target_url")) == connect


def test_a_project_says_for_which_apps_it_has_oauth_clients(api: httpx.Client) -> None:
    info = api.get("/v1/connect/proj_sandbox/projects/info").json()
    assert {"id": "app_github", "name_slug": "github"} in info["apps"]
    assert not {"openai", "google_calendar"} & {app["name_slug"] for app in info["apps"]}


def test_credentials_are_others_at_each_start_and_the_same_for_a_seed() -> None:
    def token(seed: int | None) -> str:
        with Sandbox(seed=seed) as sandbox:
            return sandbox.credentials("apn_slackteam")["oauth_access_token"]

    assert token(None) != token(None)
    assert token(7) == token(7)
