"""One use of each method that Pipedream's own client offers for what the sandbox stands in for."""

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from pipedream import Pipedream
from pipedream.core.api_error import ApiError
from pipedream.types.account import Account
from pipedream.types.app import App
from pipedream.types.app_category import AppCategory
from pipedream.types.create_o_auth_token_response import CreateOAuthTokenResponse
from pipedream.types.create_token_response import CreateTokenResponse
from pipedream.types.external_user import ExternalUser
from pipedream.types.get_app_response import GetAppResponse
from pipedream.types.project_info_response import ProjectInfoResponse
from pipedream.types.validate_token_response import ValidateTokenResponse

from pd_lsp.sandbox import Sandbox

USER = Sandbox.external_user_id
GITHUB: Mapping[str, str] = {"external_user_id": USER, "account_id": "apn_githubwork"}


def all_of(found: Any, model: type) -> list[Any]:
    """The items of a pager or a list, which are all of `model`."""
    items = list(found)
    assert items
    assert all(isinstance(item, model) for item in items)
    return items


def lists_accounts(client: Pipedream) -> None:
    accounts = all_of(client.accounts.list(limit=3, external_user_id=USER, app="github"), Account)
    assert [account.id for account in accounts] == ["apn_githubwork", "apn_githubhome"]


def connects_an_account(client: Pipedream) -> None:
    token = client.tokens.create(external_user_id="ines").token
    keys = json.dumps({"api_key": "lin_made_up"})
    account = client.accounts.create(app_slug="linear_app", cfmap_json=keys, connect_token=token, name="Mine")
    assert isinstance(account, Account)
    assert (account.external_id, account.name, account.healthy) == ("ines", "Mine", True)
    read = client.accounts.retrieve(account.id, include_credentials=True)
    assert read.credentials
    assert read.credentials.dict(exclude_none=True) == {"api_key": "lin_made_up"}


def reads_an_account(client: Pipedream) -> None:
    account = client.accounts.retrieve("apn_sheetsteam", include_credentials=True)
    assert isinstance(account, Account)
    assert account.expires_at
    assert account.created_at
    assert account.expires_at > account.created_at


def removes_an_account(client: Pipedream) -> None:
    client.accounts.delete("apn_githubhome")
    assert [account.id for account in client.accounts.list(app="github", external_user_id=USER)] == ["apn_githubwork"]


def removes_the_accounts_of_an_app(client: Pipedream) -> None:
    client.accounts.delete_by_app("app_github")
    assert not list(client.accounts.list(app="github"))


def lists_the_accounts_of_a_user(client: Pipedream) -> None:
    accounts = all_of(client.accounts.list_by_external_user("sandbox-colleague"), Account)
    assert {account.external_id for account in accounts} == {"sandbox-colleague"}


def lists_apps(client: Pipedream) -> None:
    apps = all_of(client.apps.list(limit=2, sort_key="name_slug", sort_direction="asc", has_triggers=True), App)
    slugs = [app.name_slug for app in apps]
    assert slugs == sorted(slugs)
    assert "openai" not in slugs
    databases = client.apps.list(category_ids=["cat_databases"], q="base", has_actions=True, has_components=True)
    assert [app.name_slug for app in databases] == ["supabase"]


def reads_an_app(client: Pipedream) -> None:
    found = client.apps.retrieve("gitlab")
    assert isinstance(found, GetAppResponse)
    assert (found.data.id, found.data.auth_type, found.data.categories) == ("app_gitlab", "oauth", ["Developer Tools"])


def lists_categories(client: Pipedream) -> None:
    assert "Databases" in [category.name for category in all_of(client.app_categories.list(), AppCategory)]


def reads_a_category(client: Pipedream) -> None:
    category = client.app_categories.retrieve("cat_databases")
    assert isinstance(category, AppCategory)
    assert category.name == "Databases"


def makes_a_token(client: Pipedream) -> None:
    made = client.tokens.create(
        external_user_id="ines",
        allowed_origins=["https://example.com"],
        success_redirect_uri="https://example.com/done",
        error_redirect_uri="https://example.com/failed",
        webhook_uri="https://example.com/hook",
        expires_in=60,
        scope="connect:accounts:read",
        allow_progressive_scopes=True,
        app_id="github",
        oauth_app_id="oa_owngithub",
    )
    assert isinstance(made, CreateTokenResponse)
    assert made.token in made.connect_link_url


def validates_a_token(client: Pipedream) -> None:
    token = client.tokens.create(external_user_id="ines").token
    valid = client.tokens.validate(token, app_id="openai")
    assert isinstance(valid, ValidateTokenResponse)
    assert isinstance(valid.app, App)
    assert (valid.success, valid.app.name_slug, valid.project_id) == (True, "openai", "proj_sandbox")
    assert not client.tokens.validate(f"ctok_{'0' * 32}", app_id="openai").success


def lists_users(client: Pipedream) -> None:
    users = all_of(client.users.list(limit=1, q="sandbox"), ExternalUser)
    assert [user.external_id for user in users] == ["sandbox-user", "sandbox-colleague"]


def removes_a_user(client: Pipedream) -> None:
    client.users.delete_external_user("sandbox-colleague")
    assert [user.external_id for user in client.users.list()] == ["sandbox-user"]


def reads_the_project(client: Pipedream) -> None:
    info = client.projects.retrieve_info()
    assert isinstance(info, ProjectInfoResponse)
    assert "github" in [app.name_slug for app in info.apps]


def signs_in(client: Pipedream) -> None:
    given = client.oauth_tokens.create(client_id=Sandbox.client_id, client_secret=Sandbox.client_secret)
    assert isinstance(given, CreateOAuthTokenResponse)
    assert (given.token_type, given.expires_in) == ("Bearer", 3600)


def gets_through_the_proxy(client: Pipedream) -> None:
    issues = "https://api.github.com/repos/octo/notes/issues"
    assert client.proxy.get("https://api.github.com/user", **GITHUB) == {
        "login": "octo-work",
        "id": 1,
        "type": "User",
        "public_repos": 2,
    }
    page: Any = client.proxy.get(issues, **GITHUB, params={"per_page": 1}, headers={"Accept": "application/json"})
    assert len(page) == 1


def posts_through_the_proxy(client: Pipedream) -> None:
    made: Any = client.proxy.post("/repos/octo/notes/issues", **GITHUB, body={"title": "From the client"})
    assert made["title"] == "From the client"


def refused_by_the_app(method: str) -> Callable[[Pipedream], None]:
    """A call of a method that none of the apps has: the app's own refusal comes back."""

    def call(client: Pipedream) -> None:
        with pytest.raises(ApiError) as caught:
            getattr(client.proxy, method)("https://api.github.com/user", **GITHUB)
        assert caught.value.status_code == 404
        assert caught.value.body["message"] == "Not Found"

    return call


CALLS: Mapping[str, Callable[[Pipedream], None]] = {
    "accounts.list": lists_accounts,
    "accounts.create": connects_an_account,
    "accounts.retrieve": reads_an_account,
    "accounts.delete": removes_an_account,
    "accounts.delete_by_app": removes_the_accounts_of_an_app,
    "accounts.list_by_external_user": lists_the_accounts_of_a_user,
    "apps.list": lists_apps,
    "apps.retrieve": reads_an_app,
    "app_categories.list": lists_categories,
    "app_categories.retrieve": reads_a_category,
    "tokens.create": makes_a_token,
    "tokens.validate": validates_a_token,
    "users.list": lists_users,
    "users.delete_external_user": removes_a_user,
    "projects.retrieve_info": reads_the_project,
    "oauth_tokens.create": signs_in,
    "proxy.get": gets_through_the_proxy,
    "proxy.post": posts_through_the_proxy,
    "proxy.put": refused_by_the_app("put"),
    "proxy.patch": refused_by_the_app("patch"),
    "proxy.delete": refused_by_the_app("delete"),
}
"""By the name of the method, below the client."""
