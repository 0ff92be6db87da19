"""The older API with a user's key, against the sandbox."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
import pytest_asyncio

from pd_lsp.accounts.provider import (
    AccountsError,
    ForbiddenError,
    GoneError,
    PartOfAccounts,
    RefusedError,
    RejectedKeyError,
    SignedOutError,
    UnreachableError,
    UnreadableTokenError,
)
from pd_lsp.accounts.rest import Rest
from pd_lsp.accounts.secret_sources import SecretSource
from pd_lsp.accounts.sign_in import HeldSecret
from pd_lsp.model import Account, AppSlug
from pd_lsp.sandbox import Fault, Sandbox
from pd_lsp.sandbox.faults import dropped, other_shape
from tests.accounts.conftest import held
from tests.accounts.time_passing import TimePassing

ACCOUNTS, APPS, WORKFLOWS = "/v1/accounts", "/v1/apps/*", "/v1/workflows/*"
ALWAYS = None
INSTEAD = "sign in with `pd-lsp login --connect`, or keep the account here with `pd-lsp accounts add APP`."


@pytest_asyncio.fixture
async def rest(sandbox: Sandbox, api_key: HeldSecret, passing: TimePassing) -> AsyncIterator[Rest]:
    provider = Rest(api_key, sandbox.url, passing.patience())
    yield provider
    await provider.close()


async def failing(rest: Rest) -> AccountsError:
    with pytest.raises(AccountsError) as caught:
        await rest.accounts()
    return caught.value


async def one(rest: Rest, app: str) -> Account:
    return (await rest.accounts()).of(AppSlug(app))[0]


async def all_others() -> None:
    """Waits until nothing is asked any more."""
    if others := asyncio.all_tasks() - {asyncio.current_task()}:
        await asyncio.wait(others)


def entry(account_id: str, app: object) -> dict[str, Any]:
    return {"id": account_id, "name": account_id, "app": app, "healthy": True}


def asked(sandbox: Sandbox, before: int, path: str) -> int:
    return sum(request.path.startswith(path) for request in sandbox.requests[before:])


async def test_accounts_are_listed_with_the_slugs_of_their_apps(rest: Rest) -> None:
    accounts = await rest.accounts()
    assert accounts.complete
    slugs = {account.id: account.app.slug for account in accounts.accounts}
    assert slugs["apn_slackv2team"] == "slack_v2"
    assert slugs["apn_sheetsteam"] == "google_sheets"
    assert len(slugs) == 16
    assert {account.environment for account in accounts.accounts} == {""}


async def test_keys_come_from_the_app(rest: Rest) -> None:
    keys = (await one(rest, "supabase")).keys
    assert (set(keys.names), keys.complete, keys.source) == ({"subdomain", "service_key"}, True, "the app's own list")


async def test_each_app_is_asked_for_once(rest: Rest, sandbox: Sandbox) -> None:
    before = len(sandbox.requests)
    await asyncio.gather(rest.accounts())
    await rest.accounts()
    assert asked(sandbox, before, "/v1/apps/") == 14
    assert asked(sandbox, before, ACCOUNTS) == 4


async def test_a_list_asks_for_no_credentials(rest: Rest, sandbox: Sandbox) -> None:
    before = len(sandbox.requests)
    await rest.accounts()
    assert not [request for request in sandbox.requests[before:] if "include_credentials" in request.target]


async def test_an_app_that_has_a_slug_is_not_asked_for(rest: Rest, sandbox: Sandbox) -> None:
    app = {"id": "app_1", "name": "Acme", "name_slug": "acme", "auth_type": "keys"}
    sandbox.fail(other_shape({"data": [entry("apn_1", app)]}), path=ACCOUNTS)
    before = len(sandbox.requests)
    assert [account.app.slug for account in (await rest.accounts()).accounts] == ["acme"]
    assert asked(sandbox, before, "/v1/apps/") == 0


@pytest.mark.parametrize("app", [None, "slack", {}, {"id": 7}, {"id": ".."}, {"id": "app_1/../../users/me"}, [1]])
async def test_an_app_without_a_good_id_is_not_asked_for_and_left_out(
    rest: Rest, sandbox: Sandbox, app: object
) -> None:
    sandbox.fail(other_shape({"data": [entry("apn_1", app), None, 7]}), path=ACCOUNTS)
    before = len(sandbox.requests)
    assert (await rest.accounts()).accounts == ()
    assert asked(sandbox, before, "/v1/") == 1


async def test_an_app_that_is_gone_costs_the_others_nothing(rest: Rest, sandbox: Sandbox) -> None:
    sandbox.fail(Fault(status=404), path=APPS)
    assert len({account.app.slug for account in (await rest.accounts()).accounts}) == 13


async def test_apps_that_can_not_be_learned_now_are_learned_later(rest: Rest, sandbox: Sandbox) -> None:
    sandbox.fail(Fault(status=429, retry_after=90), path=APPS, after=8)
    part = await rest.accounts()
    assert isinstance(part, PartOfAccounts)
    assert (part.complete, part.pause) == (False, 90)
    assert 0 < len(part.accounts) < 16
    assert "is busy (status 429): try again later." in part.problems[0]
    assert len((await rest.accounts()).accounts) == 16


async def test_where_no_app_can_be_learned_it_says_why(rest: Rest, sandbox: Sandbox) -> None:
    sandbox.fail(dropped(), path=APPS, times=ALWAYS)
    assert isinstance(await failing(rest), UnreachableError)
    await all_others()


async def test_after_one_app_that_fails_no_more_are_asked_for(rest: Rest, sandbox: Sandbox) -> None:
    sandbox.fail(Fault(status=400), path=APPS, times=ALWAYS)
    before = len(sandbox.requests)
    assert isinstance(await failing(rest), RefusedError)
    await all_others()
    assert asked(sandbox, before, "/v1/apps/") <= 9


async def test_credentials_of_every_account_are_given(rest: Rest, sandbox: Sandbox) -> None:
    """Those of Pipedream's own OAuth client included: that was the use of this API."""
    account = await one(rest, "google_calendar")
    assert (await rest.credentials(account, "calendar")).reveal() == sandbox.credentials(account.id)


async def test_where_it_gives_no_credentials_any_more_it_says_what_to_do(rest: Rest, sandbox: Sandbox) -> None:
    sandbox.legacy_silent = True
    account = await one(rest, "openai")
    with pytest.raises(UnreadableTokenError) as caught:
        await rest.credentials(account, "openai")
    assert str(caught.value) == (
        "Pipedream's older API gives no token of the OpenAI account “Team key”: keep one here with "
        "`pd-lsp accounts add openai`, or connect the app in a Connect project."
    )


async def test_where_it_is_gone_it_says_what_there_is_instead(rest: Rest, sandbox: Sandbox) -> None:
    account = await one(rest, "openai")
    sandbox.legacy_gone = True
    error = await failing(rest)
    assert isinstance(error, GoneError)
    assert str(error) == f"Pipedream's older API no longer lists accounts for a user API key: {INSTEAD}"
    with pytest.raises(GoneError) as caught:
        await rest.credentials(account, "openai")
    assert str(caught.value) == (
        "Pipedream's older API no longer has the OpenAI account “Team key”: refresh the accounts; if it has none at "
        f"all any more, {INSTEAD}"
    )


async def test_a_key_that_may_not_is_not_told_of_scopes(rest: Rest, sandbox: Sandbox) -> None:
    sandbox.fail(Fault(status=403), path=ACCOUNTS)
    error = await failing(rest)
    assert isinstance(error, ForbiddenError)
    assert str(error) == f"A user API key may not read that in Pipedream's older API: {INSTEAD}"


async def test_a_refused_key_is_not_sent_again_until_the_person_acts(rest: Rest, sandbox: Sandbox) -> None:
    sandbox.fail(Fault(status=401), path=ACCOUNTS)
    before = len(sandbox.requests)
    for _ in range(3):
        error = await failing(rest)
        assert isinstance(error, RejectedKeyError)
        assert str(error) == (
            "Pipedream refused the key from PIPEDREAM_API_KEY: give it a good one there, and start pd-lsp again."
        )
    assert await _workflow_error(rest)
    assert len(sandbox.requests) - before == 1


async def _workflow_error(rest: Rest) -> bool:
    with pytest.raises(RejectedKeyError):
        await rest.accounts_of_steps("p_V9Ch2Lk")
    return True


@pytest.mark.parametrize("value", ["made-up key", "made-up\nkey\n", "made-up-é", "\x00made-up", " made-up"])
async def test_what_can_not_be_a_key_is_sent_nowhere(sandbox: Sandbox, value: str) -> None:
    rest = Rest(held("PIPEDREAM_API_KEY", value), sandbox.url)
    before = len(sandbox.requests)
    error = await failing(rest)
    assert isinstance(error, SignedOutError)
    assert str(error) == ("The key from PIPEDREAM_API_KEY has blanks or several lines: let it be the key alone.")
    assert sandbox.requests[before:] == []
    await rest.close()


async def test_a_command_that_prints_more_than_the_key_is_named(sandbox: Sandbox) -> None:
    """As `pass show x` does of an entry with a user name below its secret."""
    rest = Rest(HeldSecret(SecretSource((), ("printf", r"made-up-key\nlogin: me\n")), {}), sandbox.url)
    assert str(await failing(rest)) == (
        "The key from the command “printf” has blanks or several lines: let it be the key alone."
    )
    await rest.close()


async def test_all_who_need_the_key_wait_for_one_look(sandbox: Sandbox, tmp_path: Any) -> None:
    said = tmp_path / "asked"
    command = ("sh", "-c", f"echo once >> {said}; printf %s {sandbox.api_key}")
    rest = Rest(HeldSecret(SecretSource((), command), {}), sandbox.url)
    await asyncio.gather(rest.accounts(), *(rest.accounts_of_steps("p_V9Ch2Lk") for _ in range(5)))
    await rest.close()
    assert said.read_text() == "once\n"


async def test_the_accounts_of_both_example_workflows_are_told(rest: Rest) -> None:
    found = await rest.accounts_of_steps("p_Xm3TqaR")
    assert {step: props for step, props in found.items() if props} == {
        "fetch_issues": {"github_1": "apn_githubwork"},
        "create_page": {"notion": "apn_notionteam"},
        "toot": {"mastodon": "apn_mastodonme"},
        "report": {"discord_bot": "apn_discordbot"},
    }
    assert "new_only" in found


def step(configured: object) -> dict[str, Any]:
    return {"namespace": "post", "configured_props_json": configured}


@pytest.mark.parametrize(
    ("configured", "props"),
    [
        ({"slack": {"authProvisionId": "apn_1"}}, {"slack": "apn_1"}),
        (json.dumps({"slack": {"authProvisionId": "apn_1"}}), {"slack": "apn_1"}),
        (json.dumps({"slack": {"authProvisionId": "../x"}, "a": {"authProvisionId": 3}, "b": "apn_2", "c": None}), {}),
        ("{", {}),
        ("[]", {}),
        ("[" * 100_000, {}),
        (None, {}),
        (7, {}),
    ],
)
@pytest.mark.parametrize("inside_data", [False, True])
async def test_what_a_workflow_says_of_its_steps_is_read_with_care(
    rest: Rest, sandbox: Sandbox, configured: object, props: dict[str, str], inside_data: bool
) -> None:
    document = {"steps": [step(configured), None, {"namespace": 3}, {}]}
    sandbox.fail(other_shape({"data": document} if inside_data else document), path=WORKFLOWS)
    assert await rest.accounts_of_steps("p_1") == {"post": props}


@pytest.mark.parametrize("document", [{}, {"steps": None}, {"steps": {}}, {"data": []}, []])
async def test_a_workflow_without_steps_has_none(rest: Rest, sandbox: Sandbox, document: Any) -> None:
    sandbox.fail(other_shape(document), path=WORKFLOWS)
    assert await rest.accounts_of_steps("p_1") == {}


async def test_an_id_that_could_change_the_path_goes_nowhere(rest: Rest, sandbox: Sandbox) -> None:
    account = replace(await one(rest, "slack"), id="../users/me")
    before = len(sandbox.requests)
    with pytest.raises(RefusedError, match="is no id of an account"):
        await rest.credentials(account, "slack")
    for workflow_id in ("p_1/../../users/me", "..", "p_", "p_1?x", "p_1\n"):
        assert await rest.accounts_of_steps(workflow_id) == {}
    assert sandbox.requests[before:] == []


async def test_apps_by_the_hundred_are_learned() -> None:
    with Sandbox(extra_accounts=250, extra_apps=250) as large:
        rest = Rest(held("PIPEDREAM_API_KEY", large.api_key), large.url)
        accounts = await rest.accounts()
        await rest.close()
        assert accounts.complete
        assert len(accounts.accounts) == 266
