"""Several providers as one: the order, one id in two of them, one that fails, all that fail."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
import pytest_asyncio

from pd_lsp.accounts import AccountProvider, ClientKey, SignIn, open_provider
from pd_lsp.accounts.connect import Connect
from pd_lsp.accounts.local import Local
from pd_lsp.accounts.provider import (
    AccountsError,
    BusyError,
    PartOfAccounts,
    RefusedError,
    RejectedKeyError,
    UnreachableError,
    UnreadableTokenError,
)
from pd_lsp.accounts.rest import Rest
from pd_lsp.accounts.several import Several
from pd_lsp.accounts.sign_in import HeldSecret
from pd_lsp.catalog import account_kept_here
from pd_lsp.configuration import LocalAccount, ValueSource
from pd_lsp.model import Account
from pd_lsp.sandbox import Fault, Gate, Sandbox
from pd_lsp.sandbox.faults import dropped, other_shape, slow
from pd_lsp.settings import ConnectProject
from tests.accounts.conftest import held
from tests.accounts.time_passing import TimePassing

CONNECT, REST, TOKEN = "/v1/connect/proj_sandbox/accounts", "/v1/accounts", "/v1/oauth/token"
ALWAYS = None
KEPT = LocalAccount("acme", "Team", {"k": ValueSource(environment="ACME")})
ACME = account_kept_here("acme", "Team", ["k"])
ENVIRONMENT = {"ACME": "made-up-value"}


@pytest_asyncio.fixture
async def local() -> Local:
    return Local([KEPT], ENVIRONMENT)


@pytest_asyncio.fixture
async def connect(project: ConnectProject, key: ClientKey, passing: TimePassing) -> AsyncIterator[Connect]:
    provider = Connect(project, key, passing.patience())
    yield provider
    await provider.close()


@pytest_asyncio.fixture
async def rest(sandbox: Sandbox, api_key: HeldSecret, passing: TimePassing) -> AsyncIterator[Rest]:
    provider = Rest(api_key, sandbox.url, passing.patience())
    yield provider
    await provider.close()


async def account(provider: AccountProvider, account_id: str) -> Account:
    found = (await provider.accounts()).by_id(account_id)
    assert found
    return found


async def test_local_accounts_come_first_then_those_of_connect(local: Local, connect: Connect, rest: Rest) -> None:
    accounts = await Several([local, connect, rest]).accounts()
    assert accounts.complete
    assert accounts.accounts[0] == ACME
    assert len(accounts.accounts) == 17
    assert {one.environment for one in accounts.accounts[1:]} == {"development"}


async def test_of_one_id_the_first_providers_account_is_listed(connect: Connect, rest: Rest) -> None:
    assert (await account(Several([connect, rest]), "apn_slackteam")).environment == "development"
    assert (await account(Several([rest, connect]), "apn_slackteam")).environment == ""


async def test_credentials_come_from_whoever_has_the_account(
    local: Local, connect: Connect, rest: Rest, sandbox: Sandbox
) -> None:
    several = Several([local, connect, rest])
    before = len(sandbox.requests)
    assert (await several.credentials(await account(several, ACME.id), "acme")).reveal() == {"k": "made-up-value"}
    values = await several.credentials(await account(several, "apn_slackteam"), "slack")
    assert values.reveal() == sandbox.credentials("apn_slackteam")
    asked = [request.path for request in sandbox.requests[before:] if "include_credentials" in request.target]
    assert asked == [f"{CONNECT}/apn_slackteam"]


async def test_where_the_first_gives_no_token_the_second_may(connect: Connect, rest: Rest, sandbox: Sandbox) -> None:
    """The older API gave those of Pipedream's own OAuth client, which Connect keeps to itself."""
    several = Several([connect, rest])
    calendar = await account(several, "apn_calendar1")
    assert (await several.credentials(calendar, "calendar")).reveal() == sandbox.credentials("apn_calendar1")


async def test_where_none_gives_a_token_the_first_says_why(connect: Connect, rest: Rest, sandbox: Sandbox) -> None:
    sandbox.legacy_silent = True
    several = Several([connect, rest])
    with pytest.raises(UnreadableTokenError, match="through Pipedream's own OAuth client"):
        await several.credentials(await account(several, "apn_calendar1"), "calendar")


async def test_another_error_is_no_reason_to_ask_the_next(connect: Connect, rest: Rest, sandbox: Sandbox) -> None:
    several = Several([connect, rest])
    slack = await account(several, "apn_slackteam")
    sandbox.fail(Fault(status=500), path=f"{CONNECT}/*", times=ALWAYS)
    with pytest.raises(BusyError):
        await several.credentials(slack, "slack")


async def test_one_that_fails_leaves_the_others_accounts(
    local: Local, connect: Connect, rest: Rest, sandbox: Sandbox
) -> None:
    sandbox.fail(Fault(status=429, retry_after=77), path=REST)
    accounts = await Several([local, connect, rest]).accounts()
    assert isinstance(accounts, PartOfAccounts)
    assert (len(accounts.accounts), accounts.complete, accounts.pause) == (17, False, 77)
    assert len(accounts.problems) == 1
    assert accounts.problems[0].endswith("is busy (status 429): try again later.")


async def test_a_list_that_had_to_stop_is_a_part_of_all(local: Local, connect: Connect, sandbox: Sandbox) -> None:
    first = {"data": [{"id": "apn_1", "app": {"name_slug": "acme"}}], "page_info": {"end_cursor": "A"}}
    sandbox.fail(other_shape(first), path=CONNECT)
    sandbox.fail(Fault(status=429, retry_after=55), path=CONNECT)
    accounts = await Several([local, connect]).accounts()
    assert isinstance(accounts, PartOfAccounts)
    assert [one.id for one in accounts.accounts] == [ACME.id, "apn_1"]
    assert (accounts.complete, accounts.pause) == (False, 55)


async def test_what_is_kept_here_is_there_whatever_the_network_does(
    local: Local, project: ConnectProject, key: ClientKey, passing: TimePassing
) -> None:
    offline = Connect(replace(project, url="http://127.0.0.1:9"), key, passing.patience())
    several = Several([local, offline])
    accounts = await several.accounts()
    assert accounts.accounts == (ACME,)
    assert "can't be reached" in accounts.problems[0]
    assert (await several.credentials(ACME, "acme")).reveal() == {"k": "made-up-value"}
    await several.close()


async def test_an_empty_list_is_no_failure(project: ConnectProject, key: ClientKey, sandbox: Sandbox) -> None:
    nobody = Connect(replace(project, external_user_id="nobody"), key)
    wrong = Rest(held("KEY", "wrong"), sandbox.url)
    accounts = await Several([nobody, wrong]).accounts()
    assert (accounts.accounts, accounts.complete) == ((), False)
    assert accounts.problems == ("Pipedream refused the key: sign in again with `pd-lsp login --api-key`.",)
    await nobody.close()
    await wrong.close()


async def test_where_all_fail_the_first_says_why_and_the_longest_pause_counts(
    project: ConnectProject, rest: Rest, sandbox: Sandbox
) -> None:
    wrong = Connect(project, ClientKey("wrong", "wrong"))
    sandbox.fail(Fault(status=429, retry_after=99), path=REST)
    with pytest.raises(RejectedKeyError) as caught:
        await Several([wrong, rest]).accounts()
    assert str(caught.value).startswith("Pipedream refused the key")
    assert caught.value.seconds == 99
    await wrong.close()


async def test_an_account_of_an_earlier_start_is_found(connect: Connect, rest: Rest, sandbox: Sandbox) -> None:
    slack = await account(connect, "apn_slackteam")
    later = Several([connect, rest])
    assert (await later.credentials(slack, "slack")).reveal() == sandbox.credentials(slack.id)


async def test_an_account_of_an_earlier_start_that_is_gone_says_so(local: Local, connect: Connect) -> None:
    gone = replace(await account(connect, "apn_slackteam"), id="apn_gone")
    with pytest.raises(RefusedError, match="“Team workspace” is no longer among yours: refresh the accounts"):
        await Several([local, connect]).credentials(gone, "slack")


async def test_an_account_of_an_earlier_start_is_not_called_gone_while_its_provider_fails(
    local: Local, connect: Connect, sandbox: Sandbox
) -> None:
    slack = await account(connect, "apn_slackteam")
    sandbox.fail(dropped(), path=CONNECT, times=ALWAYS)
    with pytest.raises(UnreachableError, match="can't be reached"):
        await Several([local, connect]).credentials(slack, "slack")


async def test_nor_while_a_list_had_to_stop(connect: Connect, sandbox: Sandbox) -> None:
    slack = await account(connect, "apn_slackteam")
    first = {"data": [{"id": "apn_1", "app": {"name_slug": "acme"}}], "page_info": {"end_cursor": "A"}}
    sandbox.fail(other_shape(first), path=CONNECT)
    sandbox.fail(Fault(status=429, retry_after=55), path=CONNECT)
    with pytest.raises(UnreachableError, match="The list of accounts stopped before its end"):
        await Several([connect]).credentials(slack, "slack")


async def test_an_account_that_a_project_file_names_says_how_to_keep_it(connect: Connect, sandbox: Sandbox) -> None:
    sandbox.fail(dropped(), path=CONNECT, times=ALWAYS)
    for several in (Several([Local([], {}), connect]), Several([connect])):
        with pytest.raises(AccountsError, match=r"are kept here: type `pd-lsp accounts add acme --label Team`"):
            await several.credentials(ACME, "acme")


async def test_what_was_listed_last_week_and_is_not_today_is_asked_of_whoever_had_it(
    connect: Connect, rest: Rest, sandbox: Sandbox
) -> None:
    several = Several([connect, rest])
    slack = await account(several, "apn_slackteam")
    sandbox.fail(other_shape({"data": []}), path=CONNECT)
    sandbox.fail(other_shape({"data": []}), path=REST)
    assert (await several.accounts()).accounts == ()
    assert (await several.credentials(slack, "slack")).reveal() == sandbox.credentials(slack.id)


async def test_the_accounts_of_steps_are_those_of_the_first_that_knows_any(
    local: Local, connect: Connect, rest: Rest, sandbox: Sandbox
) -> None:
    wrong = Rest(held("KEY", "wrong"), sandbox.url)
    found = await Several([local, connect, wrong, rest]).accounts_of_steps("p_V9Ch2Lk")
    assert found["post_message"] == {"slack": "apn_slackteam"}
    await wrong.close()


async def test_where_nobody_tells_of_steps_there_are_none(rest: Rest, sandbox: Sandbox) -> None:
    sandbox.fail(dropped(), times=ALWAYS)
    assert await Several([rest]).accounts_of_steps("p_V9Ch2Lk") == {}


async def test_the_redactor_hears_of_the_keys_of_all(
    local: Local, connect: Connect, rest: Rest, sandbox: Sandbox
) -> None:
    several = Several([local, connect, rest])
    assert {secret.value for secret in several.own_secrets()} == {sandbox.client_secret, sandbox.api_key}
    await several.accounts()
    assert {secret.marker for secret in several.own_secrets()} == {
        *("pipedream.client_secret", "pipedream.access_token", "pipedream.api_key")
    }


async def test_all_are_asked_at_once(connect: Connect, rest: Rest, sandbox: Sandbox) -> None:
    gates = [Gate(), Gate()]
    for gate, path in zip(gates, (TOKEN, REST), strict=True):
        sandbox.fail(slow(gate), path=path)
    asking = asyncio.create_task(Several([connect, rest]).accounts())
    for gate in gates:
        await asyncio.to_thread(gate.wait_until_reached)
    for gate in gates:
        gate.open()
    assert (await asking).complete


async def test_whoever_asks_may_give_up_all_of_it(connect: Connect, rest: Rest, sandbox: Sandbox) -> None:
    sandbox.fail(slow(gate := Gate()), path=REST)
    several = Several([connect, rest])
    asking = asyncio.create_task(several.accounts())
    await asyncio.to_thread(gate.wait_until_reached)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    gate.open()
    assert (await several.accounts()).complete


async def test_a_project_that_can_not_be_one_is_in_nobodys_way(project: ConnectProject, key: ClientKey) -> None:
    provider = open_provider(SignIn(replace(project, project_id="../x"), key, None, (KEPT,), ENVIRONMENT))
    accounts = await provider.accounts()
    assert (accounts.accounts, accounts.complete) == ((ACME,), False)
    assert accounts.problems == ("The project id should look like proj_abc123: copy it from the project's settings.",)
    assert (await provider.credentials(ACME, "acme")).reveal() == {"k": "made-up-value"}
    alone = open_provider(SignIn(replace(project, url="http://elsewhere.example"), key))
    with pytest.raises(RefusedError, match="The address of the API should look like"):
        await alone.accounts()
