"""A sandbox with accounts and apps by the thousand."""

import json
import re
from collections.abc import Iterator

import httpx
import pytest

from pd_lsp.sandbox import Sandbox
from pd_lsp.sandbox.directory import APPS
from pd_lsp.sandbox.extra import extra_accounts
from pd_lsp.sandbox.pages import Listing, cursor_of
from pd_lsp.sandbox.project import Project, Wanted

ACCOUNTS = "/v1/connect/proj_sandbox/accounts"


@pytest.fixture(scope="module")
def large() -> Iterator[Sandbox]:
    with Sandbox(extra_accounts=10_000, extra_apps=3_000) as running:
        yield running


@pytest.fixture
def of_large(large: Sandbox, grant: dict[str, str]) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=large.url, trust_env=False) as client:
        token = client.post("/v1/oauth/token", json=grant).json()["access_token"]
        client.headers.update({"authorization": f"Bearer {token}", "x-pd-environment": large.environment})
        yield client


def everything(client: httpx.Client, path: str, **query: str) -> list[dict[str, object]]:
    found, cursor = [], ""
    while True:
        page = client.get(path, params={**query, "limit": "100", "after": cursor}).json()
        found += page["data"]
        cursor = page["page_info"]["end_cursor"]
        if not cursor:
            assert len(found) == page["page_info"]["total_count"]
            return found


def test_ten_thousand_accounts_are_all_there_page_by_page(of_large: httpx.Client, large: Sandbox) -> None:
    accounts = everything(of_large, ACCOUNTS, external_user_id=large.external_user_id)
    ids = [str(account["id"]) for account in accounts]
    assert len(ids) == len(set(ids)) > 10_000
    assert all(re.fullmatch(r"apn_[A-Za-z0-9]+", id_) for id_ in ids)
    assert ids[0] == "apn_slackv2team", "the usual accounts are the first"


def test_three_thousand_apps_are_all_there_page_by_page(of_large: httpx.Client) -> None:
    apps = everything(of_large, "/v1/connect/apps")
    slugs = [str(app["name_slug"]) for app in apps]
    assert len(slugs) == len(set(slugs)) == len({app["id"] for app in apps}) == 3_000 + len(APPS)
    assert all(re.fullmatch(r"[a-z0-9_]+", slug) for slug in slugs)
    assert {"zendesk", "stripe"} < set(slugs), "those of the catalogue come first"


def test_an_extra_account_holds_the_keys_of_its_app(of_large: httpx.Client, large: Sandbox) -> None:
    page = of_large.get(ACCOUNTS, params={"limit": 100, "include_credentials": "true", "app": "zendesk"}).json()
    account = page["data"][0]
    assert account["credentials"] == large.credentials(account["id"])
    fields = {field["name"] for field in json.loads(account["app"]["custom_fields_json"])}
    assert fields < account["credentials"].keys()
    assert "oauth_access_token" in account["credentials"]


def test_a_request_with_the_credential_of_an_extra_account_is_known_by_it(large: Sandbox) -> None:
    value = next(iter(large.credentials("apn_extra004321").values()))
    with httpx.Client(proxy=large.proxy, trust_env=False) as client:
        client.get("http://slack.com/api/auth.test", headers={"authorization": f"Bearer {value}"})
    assert large.requests[-1].account == "apn_extra004321"


def test_extra_accounts_without_extra_apps_are_of_the_usual_ones() -> None:
    slugs = {account.app.slug for account in extra_accounts(100, APPS)}
    assert slugs == APPS.keys()


def test_a_list_is_made_once_for_all_its_pages() -> None:
    accounts = extra_accounts(3, APPS)
    project = Project(APPS, accounts)
    listing = project.listing(Wanted("development"))
    assert project.listing(Wanted("development")) is listing
    project.remove(accounts[:1])
    assert project.listing(Wanted("development")).items == tuple(accounts[1:])


def test_only_some_lists_are_kept() -> None:
    project = Project(APPS, ())
    first = project.listing(Wanted("development"))
    for number in range(100):
        project.listing(Wanted("development", f"user {number}"))
    assert project.listing(Wanted("development")) is not first


def test_a_cursor_is_found_without_a_search() -> None:
    accounts = extra_accounts(1_000, APPS)
    listing = Listing(accounts)
    assert [listing.place(cursor_of(account.id)) for account in accounts] == list(range(1_000))
    assert listing.place(cursor_of("apn_nobody")) is None
