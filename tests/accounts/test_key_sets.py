"""The keys of `$auth`: where their names come from, the surest first, and whether they are all."""

import json
from typing import Any

import pytest

from pd_lsp.accounts import ClientKey
from pd_lsp.accounts.cache import AccountCache
from pd_lsp.accounts.connect import Connect
from pd_lsp.accounts.names import OAUTH_FIELDS, account_from
from pd_lsp.accounts.provider import UnreadableTokenError
from pd_lsp.catalog import account_kept_here, known_app
from pd_lsp.model import Account, Accounts, AppProp, AppSlug, KeySet
from pd_lsp.sandbox import Sandbox
from pd_lsp.sandbox.faults import other_shape
from pd_lsp.settings import ConnectProject
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.syntax.tree import parse
from pd_lsp.text import LineIndex

ACCOUNTS = "/v1/connect/proj_sandbox/accounts"


def connected(app: dict[str, Any]) -> Account:
    """An account as the API describes it, with this app."""
    found = account_from({"id": "apn_1", "name": "Team", "app": app})
    assert found
    return found


def keys_of(slug: str, *accounts: Account) -> KeySet:
    """The keys that a step may read of an app prop, with the catalogue behind them."""
    snapshot = Snapshot(
        LineIndex(""), parse(""), Accounts(accounts, complete=True), None, None, known_app, lambda _: ()
    )
    return snapshot.keys_of(AppProp(slug, AppSlug(slug)))


def fields(*names: object) -> str:
    return json.dumps([{"name": name, "label": "x"} for name in names])


def test_what_a_run_saw_is_the_surest_and_whole() -> None:
    app = {"name_slug": "gitlab", "auth_type": "oauth", "custom_fields_json": fields("base_api_url")}
    account = Account("apn_1", connected(app).app, "Team", seen=("oauth_access_token", "base_api_url"))
    keys = keys_of("gitlab", account)
    assert (keys.names, keys.complete, keys.source) == (("oauth_access_token", "base_api_url"), True, "a run")


def test_then_comes_the_apps_own_list_which_is_whole_for_keys() -> None:
    app = {"name_slug": "openai", "auth_type": "keys", "custom_fields_json": fields("api_key", "organization")}
    keys = keys_of("openai", connected(app))
    assert (keys.names, keys.complete, keys.source) == (("api_key", "organization"), True, "the app's own list")


def test_an_oauth_account_has_the_four_names_and_the_apps_own_and_may_have_more() -> None:
    app = {"name_slug": "gitlab", "auth_type": "oauth", "custom_fields_json": fields("base_api_url")}
    keys = keys_of("gitlab", connected(app))
    assert (keys.names, keys.complete, keys.source) == ((*OAUTH_FIELDS, "base_api_url"), False, "every OAuth account")
    keys = keys_of("gitlab", connected({"name_slug": "gitlab", "auth_type": "oauth"}))
    assert (keys.names, keys.complete) == (OAUTH_FIELDS, False)


@pytest.mark.parametrize("auth_type", ["keys", "none", None, "other"])
@pytest.mark.parametrize("custom", [None, "", "[]", "{", "[" * 100_000])
def test_where_the_app_says_nothing_the_catalogue_does_and_is_not_whole(auth_type: object, custom: object) -> None:
    app = {"name_slug": "openai", "auth_type": auth_type, "custom_fields_json": custom}
    keys = keys_of("openai", connected(app))
    assert "api_key" in keys.names
    assert keys.source == "the catalogue"


def test_without_an_account_the_catalogue_is_all_there_is() -> None:
    assert keys_of("openai").source == "the catalogue"
    assert keys_of("an_app_of_ones_own") == KeySet()


@pytest.mark.parametrize("odd", ["", "a\nb", "\u202eb", "x" * 300, 7, None, {"name": "b"}])
def test_a_list_with_a_key_that_can_not_be_read_is_not_whole(odd: object) -> None:
    keys = connected({"name_slug": "acme", "auth_type": "keys", "custom_fields_json": fields("api_key", odd)}).keys
    assert (keys.names, keys.complete) == (("api_key",), False)


@pytest.mark.parametrize("auth_type", ["none", None, "other"])
def test_a_list_of_an_app_that_signs_in_otherwise_is_not_whole(auth_type: object) -> None:
    keys = connected({"name_slug": "acme", "auth_type": auth_type, "custom_fields_json": fields("api_key")}).keys
    assert (keys.names, keys.complete) == (("api_key",), False)


def test_what_is_kept_here_is_whole_where_it_has_keys() -> None:
    assert account_kept_here("acme", "Team", ["a", "b"]).keys.complete
    assert account_kept_here("acme", "Team", ["a", "b"]).keys.source == "the list here"
    assert not account_kept_here("acme", "Team", []).keys.complete


def test_keys_of_several_accounts_are_whole_only_where_all_are() -> None:
    openai = {"name_slug": "openai", "auth_type": "keys", "custom_fields_json": fields("api_key")}
    local = account_kept_here("openai", "mine", ["api_key", "project"])
    both = keys_of("openai", connected(openai), local)
    assert (set(both.names), both.complete) == ({"api_key", "project"}, True)
    github = {"name_slug": "github", "auth_type": "oauth"}
    mine = account_kept_here("github", "mine", ["token"])
    both = keys_of("github", connected(github), mine)
    assert (set(both.names), both.complete) == ({*OAUTH_FIELDS, "token"}, False)


def test_keys_are_not_whole_while_nothing_is_known_of_one_of_the_accounts() -> None:
    acme = account_kept_here("acme", "mine", ["api_key"])
    both = keys_of("acme", acme, connected({"name_slug": "acme", "auth_type": "keys"}))
    assert (both.names, both.complete) == (("api_key",), False)


async def test_a_real_run_makes_the_keys_of_an_account_whole(project: ConnectProject, key: ClientKey) -> None:
    connect = Connect(project, key)
    cache = AccountCache(connect)
    account = (await cache.refresh()).of(AppSlug("slack_v2"))[0]
    assert (account.keys.complete, account.keys.source) == (False, "every OAuth account")
    await cache.note_seen(account.id, (await connect.credentials(account, "slack")).names)
    learned = cache.current.of(AppSlug("slack_v2"))[0]
    assert (learned.keys.complete, learned.keys.source) == (True, "a run")
    assert {"oauth_access_token", "bot_token", "base_url"} <= set(learned.keys.names)
    await cache.close()


async def test_an_account_whose_token_a_run_could_not_read_keeps_the_keys_of_its_app(
    project: ConnectProject, key: ClientKey
) -> None:
    connect = Connect(project, key)
    cache = AccountCache(connect)
    account = (await cache.refresh()).of(AppSlug("google_calendar"))[0]
    with pytest.raises(UnreadableTokenError):
        await connect.credentials(account, "calendar")
    await cache.note_seen(account.id, ())
    learned = cache.current.of(AppSlug("google_calendar"))[0]
    assert learned.unreadable
    assert learned.keys == account.keys
    await cache.close()


async def test_keys_and_labels_survive_the_file(
    project: ConnectProject, key: ClientKey, sandbox: Sandbox, tmp_path: Any
) -> None:
    app = {"name_slug": "acme", "name": "Acme", "auth_type": "keys", "custom_fields_json": fields("a", "b")}
    sandbox.fail(other_shape({"data": [{"id": "apn_1", "name": "Team", "app": app}]}), path=ACCOUNTS)
    cache = AccountCache(Connect(project, key), tmp_path / "own" / "accounts.json")
    listed = (await cache.refresh()).accounts[0]
    await cache.close()
    kept = AccountCache(Connect(project, key), tmp_path / "own" / "accounts.json").current.accounts[0]
    assert (kept, kept.keys) == (listed, listed.keys)
    assert kept.keys.complete
