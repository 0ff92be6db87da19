"""The Connect provider against the sandbox, over real HTTP."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import pytest_asyncio

from pd_lsp.accounts import ClientKey
from pd_lsp.accounts.api_client import Patience
from pd_lsp.accounts.connect import Connect
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
from pd_lsp.accounts.secret_sources import SecretSource
from pd_lsp.accounts.sign_in import HeldSecret
from pd_lsp.model import Account, AppSlug
from pd_lsp.sandbox import Fault, Gate, Sandbox
from pd_lsp.sandbox.faults import dropped, other_shape, slow
from pd_lsp.sandbox.seen import Seen
from pd_lsp.settings import ConnectProject
from tests.accounts.conftest import held
from tests.accounts.own_servers import answer, own_server
from tests.accounts.time_passing import TimePassing

TOKEN = "/v1/oauth/token"
ACCOUNTS = "/v1/connect/proj_sandbox/accounts"
ALWAYS = None
DAY = 86_400


@pytest_asyncio.fixture
async def connect(project: ConnectProject, key: ClientKey, passing: TimePassing) -> AsyncIterator[Connect]:
    provider = Connect(project, key, passing.patience())
    yield provider
    await provider.close()


@pytest.fixture
def since(sandbox: Sandbox) -> "Since":
    return Since(sandbox)


class Since:
    """What the sandbox was asked since a test began."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._before = len(sandbox.requests)

    @property
    def requests(self) -> list[Seen]:
        return self._sandbox.requests[self._before :]

    @property
    def tokens(self) -> int:
        return sum(request.path == TOKEN for request in self.requests)

    @property
    def others(self) -> int:
        return len(self.requests) - self.tokens


async def one(connect: Connect, app: str) -> Account:
    return (await connect.accounts()).of(AppSlug(app))[0]


async def failing(connect: Connect) -> AccountsError:
    with pytest.raises(AccountsError) as caught:
        await connect.accounts()
    return caught.value


def entry(account_id: str, **more: object) -> dict[str, Any]:
    """An account as the API shows it."""
    fields = json.dumps([{"name": "api_key", "label": "Key"}])
    app = {"id": "app_1", "name_slug": "acme", "name": "Acme", "auth_type": "keys", "custom_fields_json": fields}
    return {"id": account_id, "name": account_id, "healthy": True, "dead": False, "app": app, **more}


# What is listed


async def test_all_accounts_are_listed_over_all_pages(connect: Connect) -> None:
    accounts = await connect.accounts()
    slugs = {account.app.slug for account in accounts.accounts}
    assert accounts.complete
    assert slugs >= {
        *("slack_v2", "slack", "github", "gitlab", "openai", "notion", "google_sheets", "mastodon", "discord_bot"),
        *("supabase", "airtable_oauth"),
    }
    assert len(accounts.of(AppSlug("github"))) == 2
    assert {account.environment for account in accounts.accounts} == {"development"}


async def test_states_are_listed_too(connect: Connect) -> None:
    accounts = (await connect.accounts()).accounts
    assert [account.id for account in accounts if account.dead] == ["apn_airtableold"]
    assert [account.id for account in accounts if not (account.healthy or account.dead)] == ["apn_linearkey"]


@pytest.mark.parametrize(
    ("user", "environment", "ids"),
    [
        ("sandbox-colleague", "development", {"apn_githubcolleague", "apn_linearcolleague", "apn_spotifycolleague"}),
        ("sandbox-user", "production", {"apn_openaiprod"}),
        ("nobody", "development", set()),
        ("sandbox-user&app=github", "development", set()),
    ],
)
async def test_each_user_has_their_own_accounts_in_each_environment(
    project: ConnectProject, key: ClientKey, user: str, environment: str, ids: set[str]
) -> None:
    connect = Connect(replace(project, external_user_id=user, environment=environment), key)
    accounts = await connect.accounts()
    await connect.close()
    assert {account.id for account in accounts.accounts} == ids
    assert {account.environment for account in accounts.accounts} <= {environment}


async def test_a_list_of_accounts_asks_for_no_credentials(connect: Connect, since: Since) -> None:
    await connect.accounts()
    assert not [request for request in since.requests if "include_credentials" in request.target]


async def test_values_that_a_list_has_unasked_are_dropped(connect: Connect, sandbox: Sandbox) -> None:
    value = "made-up-canary-0123456789"
    shown = entry("apn_1", credentials={"api_key": value}, error=value, external_id=value, unknown=[value])
    sandbox.fail(other_shape({"data": [shown], "page_info": {"end_cursor": ""}}), path=ACCOUNTS)
    accounts = await connect.accounts()
    assert accounts.by_id("apn_1")
    assert value not in repr(accounts)
    assert value not in repr(vars(connect))


@pytest.mark.parametrize(
    "wrap", [lambda data: {"data": data}, lambda data: {"data": {"accounts": data}}, lambda data: data]
)
async def test_each_shape_of_a_list_is_read(connect: Connect, sandbox: Sandbox, wrap: Any) -> None:
    sandbox.fail(other_shape(wrap([entry("apn_1"), entry("apn_2")])), path=ACCOUNTS)
    accounts = await connect.accounts()
    assert ([account.id for account in accounts.accounts], accounts.complete) == (["apn_1", "apn_2"], True)


@pytest.mark.parametrize("document", [{}, {"data": None}, {"data": {}}, {"data": "x"}, {"data": {"accounts": {}}}])
async def test_any_other_shape_is_a_sentence(connect: Connect, sandbox: Sandbox, document: Any) -> None:
    sandbox.fail(other_shape(document), path=ACCOUNTS)
    assert str(await failing(connect)) == (
        "Pipedream's list of accounts has another shape than expected: update pd-lsp."
    )


async def test_entries_that_can_not_be_read_cost_nobody_else_a_place(connect: Connect, sandbox: Sandbox) -> None:
    bad = [None, 1, [], {}, entry(".."), entry("apn_a/../b"), entry(""), {**entry("apn_3"), "app": None}]
    sandbox.fail(other_shape({"data": [*bad, entry("apn_1"), entry("apn_1", name="again")]}), path=ACCOUNTS)
    assert [account.id for account in (await connect.accounts()).accounts] == ["apn_1"]


async def test_names_lose_what_could_disguise_them(connect: Connect, sandbox: Sandbox) -> None:
    named = {
        "apn_1": "Team\u202egnp\u2066\u200f key",
        "apn_2": "\x1b[31mred\x07\r\nline\u2028other\u2029end\x00",
        "apn_3": "\ud800\ue000",
        "apn_4": "x" * 10_000,
        "apn_5": ["no", "text"],
    }
    sandbox.fail(other_shape([entry(id_, name=name) for id_, name in named.items()]), path=ACCOUNTS)
    labels = [account.label for account in (await connect.accounts()).accounts]
    assert labels == ["Teamgnp key", "[31mredline other end", "apn_3", "x" * 200, "apn_5"]


# Pages


@pytest.fixture(scope="module")
def large() -> Iterator[Sandbox]:
    with Sandbox(extra_accounts=10_000, extra_apps=3_000) as running:
        yield running


async def test_ten_thousand_accounts_are_listed_over_their_pages(large: Sandbox) -> None:
    project = ConnectProject(large.project_id, large.external_user_id, large.environment, large.url)
    connect = Connect(project, ClientKey(large.client_id, large.client_secret))
    accounts = await connect.accounts()
    await connect.close()
    assert accounts.complete
    assert len({account.id for account in accounts.accounts}) == len(accounts.accounts) == 10_016
    pages = [parse_qs(urlsplit(request.target).query) for request in large.requests if request.path == ACCOUNTS]
    assert len(pages) == 101
    assert len({page.get("after", [""])[0] for page in pages}) == 101
    assert {page["limit"][0] for page in pages} == {"100"}


def pages(sandbox: Sandbox, *documents: Any) -> None:
    """The next pages that are asked for."""
    for document in documents:
        sandbox.fail(other_shape(document), path=ACCOUNTS)


def page(cursor: object, *ids: str) -> dict[str, Any]:
    return {"data": [entry(id_) for id_ in ids], "page_info": {"end_cursor": cursor, "total_count": 99, "count": -1}}


@pytest.mark.parametrize(
    ("documents", "ids", "complete"),
    [
        ([page("A", "apn_1"), page("B", "apn_2"), page("A", "apn_3")], ["apn_1", "apn_2", "apn_3"], False),
        ([page("A", "apn_1"), page("A", "apn_2")], ["apn_1", "apn_2"], False),
        ([page("A", "apn_1"), page("A", "apn_1")], ["apn_1"], True),
        ([page("A", "apn_1"), page("B")], ["apn_1"], True),
        ([page("", "apn_1")], ["apn_1"], True),
        ([page(None, "apn_1")], ["apn_1"], True),
        ([page(7, "apn_1")], ["apn_1"], False),
        ([page("x" * 100_000, "apn_1")], ["apn_1"], False),
        ([{"data": [entry("apn_1")], "page_info": "none"}], ["apn_1"], True),
        ([page("A", "apn_1"), page("", "apn_1", "apn_2")], ["apn_1", "apn_2"], True),
    ],
    ids=[
        *("in a circle", "the same again", "a service without pages", "an empty page", "the end", "null", "a number"),
        *("too long", "no information", "an overlap"),
    ],
)
async def test_whatever_is_said_of_pages_the_list_ends(  # noqa: PLR0913, PLR0917 - three of them are the case
    connect: Connect, sandbox: Sandbox, since: Since, documents: list[Any], ids: list[str], complete: bool
) -> None:
    pages(sandbox, *documents)
    accounts = await connect.accounts()
    assert [account.id for account in accounts.accounts] == ids
    assert accounts.complete is complete
    assert since.others == len(documents)
    assert bool(accounts.problems) is not complete


async def test_a_cursor_is_sent_as_it_came(connect: Connect, sandbox: Sandbox, since: Since) -> None:
    pages(sandbox, page("a&limit=1#/../é\n", "apn_1"), page("", "apn_2"))
    await connect.accounts()
    assert parse_qs(urlsplit(since.requests[-1].target).query)["after"] == ["a&limit=1#/../é\n"]
    assert since.requests[-1].path == ACCOUNTS


async def test_a_list_that_has_to_stop_goes_on_where_it_stopped(
    connect: Connect, sandbox: Sandbox, since: Since
) -> None:
    pages(sandbox, page("A", "apn_1"))
    sandbox.fail(Fault(status=429, retry_after=60), path=ACCOUNTS)
    accounts = await connect.accounts()
    assert isinstance(accounts, PartOfAccounts)
    assert [account.id for account in accounts.accounts] == ["apn_1"]
    assert (accounts.complete, accounts.pause) == (False, 60)
    assert re.fullmatch(
        r"The list of accounts stopped before its end\. 127.+ is busy \(status 429\): try again later\.",
        accounts.problems[0],
    )
    pages(sandbox, page("", "apn_2"))
    accounts = await connect.accounts()
    assert ([account.id for account in accounts.accounts], accounts.complete) == (["apn_1", "apn_2"], True)
    pages(sandbox, page("", "apn_3"))
    assert [account.id for account in (await connect.accounts()).accounts] == ["apn_3"]
    asked = ["after=A" in request.target for request in since.requests if request.path == ACCOUNTS]
    assert asked == [False, True, True, False]


async def test_all_pages_together_have_no_longer_than_anybody_waits(
    connect: Connect, sandbox: Sandbox, passing: TimePassing
) -> None:
    for cursor in "ABCDE":
        sandbox.fail(Fault(status=429, retry_after=8), path=ACCOUNTS)
        pages(sandbox, page(cursor, f"apn_{cursor}"))
    began = passing.now
    accounts = await connect.accounts()
    assert [account.id for account in accounts.accounts] == ["apn_A", "apn_B", "apn_C", "apn_D"]
    assert passing.now - began == 32
    assert "did not answer within 30 s" in accounts.problems[0]


async def test_what_was_begun_long_ago_is_begun_anew(
    connect: Connect, sandbox: Sandbox, passing: TimePassing, since: Since
) -> None:
    pages(sandbox, page("A", "apn_1"))
    sandbox.fail(dropped(), path=ACCOUNTS, times=3)
    assert not (await connect.accounts()).complete
    passing.now += 601
    pages(sandbox, page("", "apn_2"))
    assert [account.id for account in (await connect.accounts()).accounts] == ["apn_2"]
    assert "after" not in since.requests[-1].target


async def test_a_list_that_is_refused_in_the_middle_is_begun_anew(connect: Connect, sandbox: Sandbox) -> None:
    pages(sandbox, page("A", "apn_1"))
    sandbox.fail(Fault(status=400), path=ACCOUNTS)
    assert isinstance(await failing(connect), RefusedError)
    pages(sandbox, page("", "apn_2"))
    assert [account.id for account in (await connect.accounts()).accounts] == ["apn_2"]


async def test_two_lists_at_once_do_not_mix(connect: Connect) -> None:
    first, second = await asyncio.gather(connect.accounts(), connect.accounts())
    assert first == second
    assert first.complete


# Tokens


async def test_one_token_serves_until_two_minutes_before_its_end(
    connect: Connect, passing: TimePassing, since: Since
) -> None:
    for _ in range(3):
        await connect.accounts()
    passing.now += 3479
    await connect.accounts()
    assert since.tokens == 1
    passing.now += 2
    await connect.accounts()
    assert since.tokens == 2


async def test_all_who_wait_wait_for_one_token(connect: Connect, sandbox: Sandbox, since: Since) -> None:
    sandbox.fail(slow(gate := Gate()), path=TOKEN)
    account = Account("apn_slackteam", (await _slack()).app, "Team")
    asking = [asyncio.create_task(connect.credentials(account, "slack")) for _ in range(10)]
    await asyncio.to_thread(gate.wait_until_reached)
    gate.open()
    assert len(await asyncio.gather(*asking)) == 10
    assert (since.tokens, since.others) == (1, 10)


async def _slack() -> Account:
    from pd_lsp.catalog import account_kept_here  # noqa: PLC0415 - any account will do

    return account_kept_here("slack", "Team", [])


async def test_a_token_that_ended_is_renewed_once_for_all(connect: Connect, sandbox: Sandbox, since: Since) -> None:
    account = await one(connect, "slack")
    sandbox.expire_tokens()
    asking = [connect.credentials(account, "slack") for _ in range(5)]
    assert len(await asyncio.gather(*asking)) == 5
    assert since.tokens == 2


async def test_a_refusal_that_comes_late_renews_nothing_again(connect: Connect, sandbox: Sandbox, since: Since) -> None:
    slack, openai = await one(connect, "slack"), await one(connect, "openai")
    sandbox.expire_tokens()
    sandbox.fail(slow(gate := Gate()), path=f"{ACCOUNTS}/{openai.id}")
    late = asyncio.create_task(connect.credentials(openai, "openai"))
    await asyncio.to_thread(gate.wait_until_reached)
    await connect.credentials(slack, "slack")
    gate.open()
    assert (await late).names == ("api_key",)
    assert since.tokens == 2


async def test_a_key_that_takes_too_long_to_find_is_not_waited_for(project: ConnectProject, sandbox: Sandbox) -> None:
    """A password manager may wait for a fingerprint; whoever waits for credentials has an answer all the same."""
    source = SecretSource((), ("sleep", "3600"))
    connect = Connect(project, ClientKey("id", HeldSecret(source, {})), Patience(altogether=0.05))
    before = len(sandbox.requests)
    with pytest.raises(UnreachableError, match=r"did not answer within 0\.05 s"):
        await connect.credentials(replace(await _slack(), id="apn_slackteam"), "slack")
    await connect.close()
    assert sandbox.requests[before:] == []


@pytest.mark.parametrize("off", [-DAY, DAY, -400 * DAY])
async def test_a_clock_that_is_wrong_changes_nothing(
    project: ConnectProject, key: ClientKey, since: Since, monkeypatch: pytest.MonkeyPatch, off: float
) -> None:
    """What counts is the monotonic clock."""
    import time  # noqa: PLC0415 - to be wrong for a while

    right = time.time
    monkeypatch.setattr(time, "time", lambda: right() + off)
    connect = Connect(project, key)
    await connect.accounts()
    monkeypatch.setattr(time, "time", lambda: right() - off)
    assert (await connect.accounts()).complete
    await connect.close()
    assert since.tokens == 1


@pytest.mark.parametrize("lifetime", [60, 1, 0.5])
async def test_a_token_of_a_short_life_is_not_renewed_for_every_question(
    connect: Connect, sandbox: Sandbox, passing: TimePassing, since: Since, lifetime: float
) -> None:
    real = {"access_token": "x", "expires_in": lifetime}
    sandbox.fail(other_shape(real), path=TOKEN)
    sandbox.fail(other_shape([entry("apn_1")]), path=ACCOUNTS, times=3)
    await connect.accounts()
    passing.now += lifetime / 4
    await connect.accounts()
    assert since.tokens == 1
    passing.now += lifetime / 2
    await connect.accounts()
    assert since.tokens == 2


@pytest.mark.parametrize("lifetime", [0, -5, 10**400, float("nan"), float("inf"), True])
async def test_a_life_that_can_not_be_is_no_harm(
    connect: Connect, sandbox: Sandbox, since: Since, lifetime: float
) -> None:
    sandbox.fail(other_shape({"access_token": "x", "expires_in": lifetime}), path=TOKEN)
    sandbox.fail(other_shape([entry("apn_1")]), path=ACCOUNTS)
    assert (await connect.accounts()).complete
    assert (since.tokens, since.others) == (1, 1)


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"access_token": "", "expires_in": 1},
        {"access_token": "a b", "expires_in": 1},
        {"access_token": "a\r\nx-evil: 1", "expires_in": 1},
        {"access_token": "é", "expires_in": 1},
        {"access_token": 7, "expires_in": 1},
        {"access_token": "made-up-token"},
        {"access_token": "made-up-token", "expires_in": "soon"},
        [],
    ],
)
async def test_an_answer_without_a_token_is_a_sentence(connect: Connect, sandbox: Sandbox, document: Any) -> None:
    sandbox.fail(other_shape(document), path=TOKEN)
    error = await failing(connect)
    assert str(error) == "Pipedream's answer to signing in has another shape than expected: update pd-lsp."


@pytest.mark.parametrize("fault", [Fault(status=429, retry_after=3), Fault(status=500), dropped()])
async def test_signing_in_is_tried_once_more(connect: Connect, sandbox: Sandbox, since: Since, fault: Fault) -> None:
    sandbox.fail(fault, path=TOKEN)
    assert (await connect.accounts()).complete
    assert since.tokens == 2


async def test_a_second_refusal_means_signed_out_until_the_person_acts(
    connect: Connect, sandbox: Sandbox, since: Since
) -> None:
    sandbox.fail(Fault(status=401), path=ACCOUNTS, times=ALWAYS)
    assert str(await failing(connect)) == "Pipedream refused the key: sign in again with `pd-lsp login`."
    assert (since.tokens, since.others) == (2, 2)
    sandbox.heal()
    account = replace(await _slack(), id="apn_slackteam")
    for ask in (connect.accounts, lambda: connect.credentials(account, "slack")):
        with pytest.raises(RejectedKeyError, match="^Pipedream refused the key: sign in again"):
            await ask()
    assert (since.tokens, since.others) == (2, 2)


async def test_a_key_that_is_refused_at_signing_in_is_not_sent_again(project: ConnectProject, since: Since) -> None:
    connect = Connect(project, ClientKey("wrong", "very-wrong-secret"))
    for _ in range(3):
        error = await failing(connect)
        assert isinstance(error, SignedOutError)
        assert "very-wrong-secret" not in str(error)
    await connect.close()
    assert (since.tokens, since.others) == (1, 0)


async def test_many_who_are_refused_at_once_ask_for_one_new_token(
    connect: Connect, sandbox: Sandbox, since: Since
) -> None:
    account = await one(connect, "slack")
    sandbox.fail(Fault(status=401), path=f"{ACCOUNTS}/*", times=ALWAYS)
    asking = [connect.credentials(account, "slack") for _ in range(5)]
    errors = await asyncio.gather(*asking, return_exceptions=True)
    assert [type(error) for error in errors] == [RejectedKeyError] * 5
    assert since.tokens <= 3


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("PIPEDREAM_CLIENT_SECRET", "from PIPEDREAM_CLIENT_SECRET: give it a good one there, and start pd-lsp again"),
        ("KEY", "Pipedream refused the key: sign in again with `pd-lsp login`"),
    ],
)
async def test_who_is_refused_hears_where_the_key_came_from(project: ConnectProject, name: str, says: str) -> None:
    connect = Connect(project, ClientKey("wrong", held(name, "very-wrong-secret")))
    assert says in str(await failing(connect))
    await connect.close()


async def test_a_secret_that_a_command_prints_is_looked_for_once(project: ConnectProject, sandbox: Sandbox) -> None:
    source = SecretSource((), ("printf", "%s", sandbox.client_secret))
    connect = Connect(project, ClientKey(sandbox.client_id, HeldSecret(source, {})))
    assert (await connect.accounts()).complete
    assert sandbox.client_secret in {secret.value for secret in connect.own_secrets()}
    await connect.close()


async def test_a_command_that_prints_a_wrong_secret_is_named(project: ConnectProject) -> None:
    source = SecretSource((), ("printf", "wrong"))
    connect = Connect(project, ClientKey("wrong", HeldSecret(source, {})))
    assert str(await failing(connect)) == (
        "Pipedream refused the key from the command “printf”: give it a good one there, and start pd-lsp again."
    )
    await connect.close()


async def test_a_token_made_elsewhere_is_used(sandbox: Sandbox, project: ConnectProject, key: ClientKey) -> None:
    maker = Connect(project, key)
    await maker.accounts()
    token = next(secret.value for secret in maker.own_secrets() if "access_token" in secret.marker)
    await maker.close()
    since = Since(sandbox)
    connect = Connect(project, ClientKey("", "", token))
    assert {secret.value for secret in connect.own_secrets()} == {token}
    assert (await connect.accounts()).complete
    assert since.tokens == 0
    sandbox.expire_tokens()
    for _ in range(2):
        assert str(await failing(connect)) == (
            "Pipedream refused the token in PIPEDREAM_ACCESS_TOKEN, or it has ended: put a new one there, and start "
            "pd-lsp again."
        )
    await connect.close()
    assert (since.tokens, since.others) == (0, 2)


@pytest.mark.parametrize("token", ["made up", "made-up\n", "made-up-é"])
async def test_a_token_made_elsewhere_that_can_be_none_is_sent_nowhere(
    project: ConnectProject, since: Since, token: str
) -> None:
    connect = Connect(project, ClientKey("", "", token))
    error = await failing(connect)
    assert str(error) == "PIPEDREAM_ACCESS_TOKEN has blanks or several lines: put the token alone there."
    await connect.close()
    assert since.requests == []


# What is refused


@pytest.mark.parametrize("status", [404, 410])
async def test_a_project_that_is_not_there_is_named(
    connect: Connect, sandbox: Sandbox, project: ConnectProject, key: ClientKey, status: int
) -> None:
    sandbox.fail(Fault(status=status), path=ACCOUNTS)
    assert str(await failing(connect)) == (
        "Pipedream knows no such project as proj_sandbox with an environment development: compare it with `pd-lsp "
        "whoami`, and sign in again with `pd-lsp login`."
    )
    elsewhere = Connect(replace(project, project_id="proj_nobody"), key)
    error = await failing(elsewhere)
    await elsewhere.close()
    assert isinstance(error, GoneError)
    assert "no such project as proj_nobody" in str(error)


async def test_a_scope_that_is_missing_is_named(connect: Connect, sandbox: Sandbox) -> None:
    sandbox.fail(Fault(status=403), path=ACCOUNTS)
    error = await failing(connect)
    assert isinstance(error, ForbiddenError)
    assert str(error) == "The key may not read accounts: give its OAuth client the scope connect:accounts:read."


async def test_a_client_that_gets_no_token_hears_of_the_scope(connect: Connect, sandbox: Sandbox) -> None:
    sandbox.fail(Fault(status=400), path=TOKEN)
    assert str(await failing(connect)) == (
        "Pipedream gives the OAuth client no token: look whether its id is right, and add the scope "
        "connect:accounts:read."
    )


async def test_no_wider_scope_is_asked_for_than_what_is_done_takes(project: ConnectProject, key: ClientKey) -> None:
    granted = answer(json.dumps({"access_token": "x", "expires_in": 3600}).encode())
    listed = answer(b'{"data": []}')
    link = answer(b'{"connect_link_url": "https://pipedream.com/_static/connect.html?token=ctok_1"}')

    def says(head: str) -> list[bytes]:
        return [granted if TOKEN in head else link if "/tokens" in head else listed]

    with own_server(says) as server:
        connect = Connect(replace(project, url=f"http://127.0.0.1:{server.port}"), key)
        await connect.accounts()
        await connect.connect_link("slack")
        await connect.close()
    scopes = [json.loads(head.partition("\r\n\r\n")[2])["scope"] for head in server.asked if TOKEN in head]
    assert scopes == ["connect:accounts:read", "connect:tokens:create"]


@pytest.mark.parametrize(
    "project_id", ["../users", "proj_", "proj_a/b", "proj_a\n", "proj_é", "", "proj_a?x", "PROJ_a", "proj_%2e"]
)
def test_a_project_id_that_could_change_the_path_is_refused(
    project: ConnectProject, key: ClientKey, project_id: str
) -> None:
    with pytest.raises(RefusedError, match="should look like proj_"):
        Connect(replace(project, project_id=project_id), key)


@pytest.mark.parametrize("environment", ["", "staging", "production\n", "Production"])
def test_an_environment_that_there_is_not_is_refused(project: ConnectProject, key: ClientKey, environment: str) -> None:
    with pytest.raises(RefusedError, match="neither development nor production: name one of them"):
        Connect(replace(project, environment=environment), key)


# Credentials


async def test_the_credentials_of_one_account_are_given_and_not_shown(
    connect: Connect, sandbox: Sandbox, since: Since
) -> None:
    account = await one(connect, "slack")
    credentials = await connect.credentials(account, "slack")
    assert credentials.reveal() == sandbox.credentials(account.id)
    assert credentials.reveal()["oauth_access_token"] not in repr(credentials)
    assert since.requests[-1].target == f"{ACCOUNTS}/{account.id}?include_credentials=true"


async def test_credentials_inside_data_are_read_too(connect: Connect, sandbox: Sandbox) -> None:
    account = await one(connect, "openai")
    sandbox.fail(other_shape({"data": entry(account.id, credentials={"api_key": "made-up"})}), path=f"{ACCOUNTS}/*")
    assert (await connect.credentials(account, "openai")).reveal() == {"api_key": "made-up"}


async def test_a_token_that_pipedream_keeps_to_itself_is_a_sentence(connect: Connect) -> None:
    with pytest.raises(UnreadableTokenError, match="Pipedream's own OAuth client"):
        await connect.credentials(await one(connect, "google_calendar"), "google_calendar")


@pytest.mark.parametrize("values", [None, {}, [], "made-up-text", 3])
async def test_credentials_that_are_none_are_as_kept_back(connect: Connect, sandbox: Sandbox, values: Any) -> None:
    account = await one(connect, "openai")
    sandbox.fail(other_shape(entry(account.id, credentials=values)), path=f"{ACCOUNTS}/*")
    with pytest.raises(UnreadableTokenError, match="can't be read"):
        await connect.credentials(account, "openai")


async def test_a_dead_account_is_refused_before_anybody_is_asked(connect: Connect, since: Since) -> None:
    dead = next(account for account in (await connect.accounts()).accounts if account.dead)
    before = len(since.requests)
    with pytest.raises(RefusedError, match="is dead: connect it again"):
        await connect.credentials(dead, dead.app.slug)
    assert len(since.requests) == before


async def test_an_account_that_is_gone_is_named_and_not_the_project(connect: Connect, sandbox: Sandbox) -> None:
    account = await one(connect, "openai")
    sandbox.fail(Fault(status=404), path=f"{ACCOUNTS}/*")
    with pytest.raises(GoneError) as caught:
        await connect.credentials(account, "openai")
    assert str(caught.value) == (
        "The OpenAI account “Team key” is no longer in the project: refresh the accounts, or connect it again."
    )


@pytest.mark.parametrize("account_id", ["..", "../accounts", "apn_", "apn_a?x=y", "apn_a/../../tokens", "", "apn_a\n"])
async def test_an_id_that_could_change_the_path_goes_nowhere(connect: Connect, since: Since, account_id: str) -> None:
    account = replace(await _slack(), id=account_id)
    with pytest.raises(RefusedError, match="is no id of an account of Pipedream: refresh the accounts"):
        await connect.credentials(account, "slack")
    assert since.requests == []


async def test_a_call_for_credentials_is_repeated_once_at_the_most(
    connect: Connect, sandbox: Sandbox, since: Since
) -> None:
    account = await one(connect, "openai")
    sandbox.fail(Fault(status=500), path=f"{ACCOUNTS}/*", times=ALWAYS)
    before = len(since.requests)
    with pytest.raises(UnreachableError):
        await connect.credentials(account, "openai")
    assert len(since.requests) - before == 2


async def test_whoever_waits_for_credentials_waits_no_longer_than_for_anything(
    sandbox: Sandbox, project: ConnectProject, key: ClientKey
) -> None:
    sandbox.fail(slow(Gate()), path=TOKEN, times=ALWAYS)
    connect = Connect(project, key, Patience(altogether=0.05))
    with pytest.raises(UnreachableError, match=r"did not answer within 0\.05 s: try again later"):
        await connect.credentials(replace(await _slack(), id="apn_slackteam"), "slack")
    sandbox.heal()
    await connect.close()


# Connect Links


async def test_a_link_to_connect_an_account_names_the_app(connect: Connect, since: Since) -> None:
    link = await connect.connect_link("slack_v2")
    query = parse_qs(urlsplit(link).query)
    assert link.startswith("https://pipedream.com/")
    assert query["app"] == ["slack_v2"]
    assert query["token"][0].startswith("ctok_")
    assert [(request.method, request.path) for request in since.requests] == [
        ("POST", TOKEN),
        ("POST", "/v1/connect/proj_sandbox/tokens"),
    ]


async def test_an_app_can_not_add_to_a_link(connect: Connect) -> None:
    assert (await connect.connect_link("a&token=x#y z")).endswith("&app=a%26token%3Dx%23y%20z")


@pytest.mark.parametrize(
    "link",
    [
        None,
        7,
        "",
        "http://pipedream.com/x?",
        "https://pipedream.com.elsewhere.example/x?",
        "https://pipedream.com@elsewhere.example/?",
        "javascript:alert(1)",
        "https://pipedream.com/x?\n\x1b]52;c;x\x07",
        "https://pipedream.com/x y?",
    ],
)
async def test_a_link_that_leads_elsewhere_is_not_given(connect: Connect, sandbox: Sandbox, link: Any) -> None:
    sandbox.fail(other_shape({"connect_link_url": link}), path="/v1/connect/proj_sandbox/tokens")
    with pytest.raises(RefusedError, match="names no page to connect on: update pd-lsp, or connect on the web"):
        await connect.connect_link("slack")


@pytest.mark.parametrize(
    ("status", "says"),
    [
        (403, "The key may not connect accounts: give its OAuth client the scope connect:tokens:create."),
        (404, "Pipedream knows no such project as proj_sandbox: compare it with `pd-lsp whoami`."),
        (401, "Pipedream refused the key: sign in again with `pd-lsp login`."),
    ],
)
async def test_a_link_that_is_refused_says_why(connect: Connect, sandbox: Sandbox, status: int, says: str) -> None:
    sandbox.fail(Fault(status=status), path="/v1/connect/proj_sandbox/tokens")
    with pytest.raises(AccountsError) as caught:
        await connect.connect_link("slack")
    assert str(caught.value) == says


async def test_making_a_link_is_not_repeated(connect: Connect, sandbox: Sandbox, since: Since) -> None:
    sandbox.fail(Fault(status=503), path="/v1/connect/proj_sandbox/tokens", times=ALWAYS)
    with pytest.raises(UnreachableError):
        await connect.connect_link("slack")
    assert since.others == 1


async def test_a_service_that_is_not_there_is_a_sentence(
    project: ConnectProject, key: ClientKey, passing: TimePassing
) -> None:
    connect = Connect(replace(project, url="http://127.0.0.1:9"), key, passing.patience())
    assert "can't be reached" in str(await failing(connect))
    await connect.close()
    assert passing.pauses == [0.5]
