import json

import pytest

from pd_lsp.accounts.names import OAUTH_FIELDS, account_from, app_from, readable

KEY_APP = {
    "id": "app_1",
    "name_slug": "openai",
    "name": "OpenAI",
    "auth_type": "keys",
    "custom_fields_json": json.dumps([{"name": "api_key", "label": "API Key", "type": "password"}]),
}


def account(**fields: object) -> dict[str, object]:
    return {"id": "apn_1", "name": "Team key", "app": KEY_APP, "healthy": True, "dead": False, **fields}


def test_an_account_is_read_without_its_values() -> None:
    found = account_from(account(credentials={"api_key": "sk-made-up-0123456789"}))
    assert found
    assert (found.id, found.label, found.app.slug) == ("apn_1", "Team key", "openai")
    assert "sk-made-up" not in repr(found)


def test_a_key_app_has_exactly_the_fields_it_names() -> None:
    app = app_from(KEY_APP)
    assert app
    assert ([field.name for field in app.fields], app.complete) == (["api_key"], True)


def test_an_oauth_app_has_the_four_names_and_its_own_and_may_have_more() -> None:
    app = app_from({"name_slug": "gitlab", "auth_type": "oauth", "custom_fields_json": '[{"name": "base_api_url"}]'})
    assert app
    assert ([field.name for field in app.fields], app.complete) == ([*OAUTH_FIELDS, "base_api_url"], False)


@pytest.mark.parametrize("text", [None, "", "{", "{}", "[1, {}, null]", '[{"name": 3}]', "[" * 100_000])
def test_fields_that_can_not_be_read_leave_the_keys_unknown(text: object) -> None:
    app = app_from({"name_slug": "x", "auth_type": "keys", "custom_fields_json": text})
    assert app
    assert (app.fields, app.complete) == ((), False)


@pytest.mark.parametrize(
    "entry",
    [None, 3, [], {}, account(id=3), account(id="../users"), account(app=None), account(app={"name_slug": "a/b"})],
)
def test_an_entry_without_id_or_app_is_left_out(entry: object) -> None:
    assert account_from(entry) is None


@pytest.mark.parametrize("dead", [True, False])
def test_an_account_says_whether_it_is_dead(dead: bool) -> None:
    found = account_from(account(dead=dead))
    assert found
    assert found.dead is dead


def test_names_of_the_service_lose_what_could_disguise_them() -> None:
    assert readable("a\u202eb\x1b[31m\nc") == "ab[31mc"
    assert readable("x" * 1000) == "x" * 200
    assert readable(None) == ""
