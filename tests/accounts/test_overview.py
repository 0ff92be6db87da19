"""Accounts as an editor's view has them: each state, provider and choice, and who is signed in."""

from dataclasses import replace
from typing import Any

import pytest

from pd_lsp.accounts import ClientKey, SignIn
from pd_lsp.accounts.overview import apps_as_json, sign_in_as_json
from pd_lsp.accounts.secret_sources import SecretSource
from pd_lsp.accounts.sign_in import HeldSecret
from pd_lsp.configuration import LocalAccount, ValueSource
from pd_lsp.model import Accounts
from pd_lsp.settings import ConnectProject
from tests.samples import HOME_GITHUB, OPENAI, TEAM_SLACK, WORK_GITHUB

CONNECT: dict[str, Any] = {
    "project": ConnectProject("proj_1", "me", "production"),
    "client": ClientKey("client", "made-up-secret"),
}
API: dict[str, Any] = {"api_key": HeldSecret(SecretSource(("KEY",)), {})}
LOCAL: dict[str, Any] = {"local_accounts": (LocalAccount("acme", "Team", {"key": ValueSource(environment="KEY")}),)}
SIGN_INS: dict[str, tuple[dict[str, Any], tuple[str, str | None, str | None, str | None]]] = {
    "nobody": ({}, ("signed out", None, None, None)),
    "a Connect project": (CONNECT, ("signed in", "connect", "proj_1", "production")),
    "a project without its client": ({"project": CONNECT["project"]}, ("signed out", None, None, None)),
    "a user API key": (API, ("signed in", "api", None, None)),
    "both": ({**CONNECT, **API}, ("signed in", "connect", "proj_1", "production")),
    "accounts kept here": (LOCAL, ("local only", None, None, None)),
    "those beside a key": ({**LOCAL, **API}, ("signed in", "api", None, None)),
}


@pytest.mark.parametrize(("parts", "said"), SIGN_INS.values(), ids=SIGN_INS)
def test_who_is_signed_in_is_told_by_names(parts: dict[str, Any], said: tuple[str | None, ...]) -> None:
    assert tuple(sign_in_as_json(SignIn(**parts), sandbox=False).values()) == said


def test_the_sandbox_comes_before_all_of_that() -> None:
    assert sign_in_as_json(SignIn(**CONNECT), sandbox=True)["state"] == "sandbox"


STATES = {
    "ok": {},
    "dead": {"dead": True, "unreadable": True, "healthy": False},
    "unreadable": {"unreadable": True, "healthy": False},
    "unhealthy": {"healthy": False},
}


@pytest.mark.parametrize(("state", "flags"), STATES.items(), ids=STATES)
def test_the_worst_that_is_the_matter_is_the_state(state: str, flags: dict[str, Any]) -> None:
    [app] = apps_as_json(Accounts((replace(TEAM_SLACK, **flags),)), {}, sandbox=False)
    assert app["accounts"][0]["state"] == state


PROVIDERS: dict[str, tuple[dict[str, Any], bool]] = {
    "connect": ({"environment": "development"}, False),
    "api": ({}, False),
    "local": ({"local": True}, False),
    "sandbox": ({"environment": "development"}, True),
}


@pytest.mark.parametrize(("provider", "given"), PROVIDERS.items(), ids=PROVIDERS)
def test_each_account_says_who_has_it(provider: str, given: tuple[dict[str, Any], bool]) -> None:
    parts, sandbox = given
    [app] = apps_as_json(Accounts((replace(TEAM_SLACK, **parts),)), {}, sandbox=sandbox)
    [account] = app["accounts"]
    assert (account["provider"], account["environment"]) == (provider, parts.get("environment"))


def test_apps_stand_by_their_names_and_accounts_in_the_order_that_counts() -> None:
    lower = replace(TEAM_SLACK, id="apn_lower", app=replace(OPENAI, name="hubspot"))
    accounts = Accounts((TEAM_SLACK, WORK_GITHUB, lower, HOME_GITHUB))
    found = apps_as_json(accounts, {"github": HOME_GITHUB.id, "slack": "apn_gone"}, sandbox=False)
    assert [app["name"] for app in found] == ["GitHub", "hubspot", "Slack"]
    assert [(one["name"], one["chosen"]) for one in found[0]["accounts"]] == [("work", False), ("home", True)]
    assert [one["chosen"] for one in found[2]["accounts"]] == [False]
