"""What is known now: an answer at once, one question at a time behind it, pauses after failures, names on disk."""

import asyncio
import gc
import os
import stat
import threading
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio

from pd_lsp.accounts import ClientKey
from pd_lsp.accounts.cache import AccountCache
from pd_lsp.accounts.connect import Connect
from pd_lsp.accounts.local import Local
from pd_lsp.accounts.provider import (
    BusyError,
    NoAccounts,
    PartOfAccounts,
    RefusedError,
    SignedOutError,
    UnreachableError,
)
from pd_lsp.accounts.several import Several
from pd_lsp.catalog import account_kept_here
from pd_lsp.configuration import LocalAccount, ValueSource
from pd_lsp.credentials import Credentials
from pd_lsp.model import Account, Accounts
from pd_lsp.private_files import locked
from pd_lsp.sandbox import Fault, Gate, Sandbox
from pd_lsp.sandbox.faults import dropped, slow
from pd_lsp.settings import ConnectProject
from tests.accounts.time_passing import TimePassing
from tests.samples import ACCOUNTS, HOME_GITHUB, TEAM_SLACK, WORK_GITHUB

CONNECT = "/v1/connect/proj_sandbox/accounts"
ALWAYS = None
SECRET = "made-up-secret-0123456789"


class Slow:
    """A provider that answers when it is told to, and counts who asks. It stands in for a service that hangs."""

    def __init__(self) -> None:
        self.asked = 0
        self.closed = 0
        self.answer: asyncio.Future[Accounts] = asyncio.get_running_loop().create_future()

    async def accounts(self) -> Accounts:
        self.asked += 1
        return await asyncio.shield(self.answer)

    async def credentials(self, account: Account, source: str) -> Credentials:
        raise AssertionError((account, source))

    async def close(self) -> None:
        self.closed += 1


class Saying(Slow):
    """A provider that says one thing after the other, and the last of them for ever."""

    def __init__(self, *answers: Accounts | Exception) -> None:
        super().__init__()
        self.answers = list(answers)

    async def accounts(self) -> Accounts:
        self.asked += 1
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "own" / "accounts.json"


@pytest_asyncio.fixture
async def connect(project: ConnectProject, key: ClientKey, passing: TimePassing) -> AsyncIterator[Connect]:
    provider = Connect(project, key, passing.patience())
    yield provider
    await provider.close()


async def woken(cache: AccountCache) -> None:
    """Wakes the cache, and lets a question that this has begun come to its end."""
    cache.wake()
    if cache._refresh:
        await cache._refresh


async def asked_at(provider: Slow, cache: AccountCache, passing: TimePassing, until: float) -> list[float]:
    """The seconds from now at which somebody is asked who wakes the cache every second, as keystrokes do."""
    began, found = passing.now, []
    while passing.now - began <= until:
        before = provider.asked
        await woken(cache)
        found += [passing.now - began] * (provider.asked - before)
        passing.now += 1
    return found


# An answer at once


async def test_there_is_an_answer_before_anybody_was_asked() -> None:
    cache = AccountCache(Slow())
    assert cache.current == Accounts()
    assert not cache.current.complete


async def test_all_who_wait_wait_for_one_question() -> None:
    provider = Slow()
    cache = AccountCache(provider)
    waiting = [asyncio.create_task(cache.refresh()) for _ in range(3)]
    cache.wake()
    await asyncio.sleep(0)
    provider.answer.set_result(ACCOUNTS)
    assert await asyncio.gather(*waiting) == [ACCOUNTS] * 3
    assert provider.asked == 1


async def test_a_thousand_keystrokes_ask_once(connect: Connect, sandbox: Sandbox) -> None:
    sandbox.fail(slow(gate := Gate()), path=CONNECT)
    cache = AccountCache(connect)
    before = len(sandbox.requests)
    cache.wake()
    await asyncio.to_thread(gate.wait_until_reached)
    for _ in range(1_000):
        cache.wake()
        assert cache.current == Accounts()
    gate.open()
    assert (await cache.refresh()).complete
    assert [request.path for request in sandbox.requests[before:]] == ["/v1/oauth/token", CONNECT]


async def test_what_is_old_is_answered_at_once_while_it_is_asked_for_again(
    connect: Connect, sandbox: Sandbox, passing: TimePassing
) -> None:
    cache = AccountCache(connect, clock=passing.clock)
    known = await cache.refresh()
    passing.now += 301
    sandbox.fail(slow(gate := Gate()), path=CONNECT)
    cache.wake()
    await asyncio.to_thread(gate.wait_until_reached)
    assert cache.current is known
    gate.open()
    await woken(cache)
    assert cache.current == known


async def test_fresh_accounts_are_told_of() -> None:
    provider, told = Slow(), asyncio.Event()
    cache = AccountCache(provider, on_fresh=told.set)
    cache.wake()
    provider.answer.set_result(ACCOUNTS)
    await told.wait()
    assert cache.current == ACCOUNTS


async def test_a_failure_is_told_of_too() -> None:
    told: list[str] = []
    cache = AccountCache(Saying(UnreachableError("gone")), on_fresh=lambda: told.append(str(cache.error)))
    await woken(cache)
    assert told == ["gone"]


# When it is asked again


async def test_what_is_known_is_asked_for_again_after_five_minutes(passing: TimePassing) -> None:
    provider = Saying(ACCOUNTS)
    cache = AccountCache(provider, clock=passing.clock)
    assert await asked_at(provider, cache, passing, 900) == [0, 300, 600, 900]


async def test_after_failures_the_pauses_grow(passing: TimePassing) -> None:
    provider = Saying(UnreachableError("gone"))
    cache = AccountCache(provider, clock=passing.clock)
    expected = [0, 5, 15, 35, 75, 155, 315, 635, 1235, 1835]
    assert await asked_at(provider, cache, passing, 1900) == expected


async def test_after_a_success_the_pauses_are_short_again(passing: TimePassing) -> None:
    gone = UnreachableError("gone")
    provider = Saying(gone, gone, gone, ACCOUNTS, gone)
    cache = AccountCache(provider, clock=passing.clock)
    assert await asked_at(provider, cache, passing, 360) == [0, 5, 15, 35, 335, 340, 350]


@pytest.mark.parametrize(
    ("seconds", "times"),
    [(100, [0, 100, 200, 300]), (2, [0, 5, 15, 35, 75, 155, 315]), (None, [0, 5, 15, 35, 75, 155, 315])],
)
async def test_a_service_that_wants_to_be_left_alone_is(
    passing: TimePassing, seconds: float | None, times: list[float]
) -> None:
    provider = Saying(BusyError("busy", seconds))
    cache = AccountCache(provider, clock=passing.clock)
    assert await asked_at(provider, cache, passing, 320) == times


async def test_so_is_one_of_several(passing: TimePassing) -> None:
    provider = Saying(PartOfAccounts((TEAM_SLACK,), problems=("busy",), pause=150))
    cache = AccountCache(provider, clock=passing.clock)
    assert await asked_at(provider, cache, passing, 300) == [0, 150, 300]


async def test_the_retry_after_of_a_real_answer_is_heeded(
    connect: Connect, sandbox: Sandbox, passing: TimePassing
) -> None:
    cache = AccountCache(connect, clock=passing.clock)
    sandbox.fail(Fault(status=429, retry_after=3600), path=CONNECT, times=ALWAYS)
    await woken(cache)
    before = len(sandbox.requests)
    passing.now += 3599
    await woken(cache)
    assert len(sandbox.requests) == before
    sandbox.heal()
    passing.now += 2
    await woken(cache)
    assert cache.current.complete


async def test_whoever_asks_for_it_is_not_kept_waiting_by_a_failure(passing: TimePassing) -> None:
    provider = Saying(BusyError("busy", 3600), ACCOUNTS)
    cache = AccountCache(provider, clock=passing.clock)
    await woken(cache)
    assert await cache.refresh() == ACCOUNTS
    assert provider.asked == 2


async def test_a_week_without_a_network_is_survived(passing: TimePassing) -> None:
    provider = Saying(UnreachableError("gone"))
    cache = AccountCache(provider, clock=passing.clock)
    for _ in range(1_200):
        passing.now += 600
        await woken(cache)
    assert provider.asked == 1_200
    assert str(cache.error) == "gone"


# Failures


async def test_a_failed_refresh_keeps_what_was_known_and_no_longer_calls_it_all() -> None:
    cache = AccountCache(Saying(ACCOUNTS, UnreachableError("gone")))
    await cache.refresh()
    with pytest.raises(UnreachableError):
        await cache.refresh()
    assert (cache.current.accounts, cache.current.complete) == (ACCOUNTS.accounts, False)


async def test_before_anybody_has_signed_in_the_sentence_says_how() -> None:
    with pytest.raises(SignedOutError, match="--sandbox"):
        await AccountCache(NoAccounts()).refresh()


async def test_a_mistake_of_ours_is_a_sentence_without_its_text(caplog: pytest.LogCaptureFixture) -> None:
    cache = AccountCache(Saying(RuntimeError(SECRET)))
    with pytest.raises(RefusedError, match=r"^pd-lsp made a mistake in asking for accounts \(RuntimeError\)"):
        await cache.refresh()
    await woken(cache)
    gc.collect()  # this is when asyncio complains of exceptions that nobody has seen
    assert caplog.text == ""


async def test_whoever_gives_up_waiting_leaves_the_question_to_the_others() -> None:
    provider = Slow()
    cache = AccountCache(provider)
    first, second = (asyncio.create_task(cache.refresh()) for _ in range(2))
    await asyncio.sleep(0)
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    provider.answer.set_result(ACCOUNTS)
    assert await second == ACCOUNTS
    assert provider.asked == 1


# A part of all


PROBLEM = ("Connect can't be reached.",)


@pytest.mark.parametrize("on_disk", [False, True])
async def test_accounts_of_a_provider_that_fails_stay_known(file: Path, on_disk: bool) -> None:
    local = account_kept_here("acme", "Team", ["k"])
    whole = Accounts((local, TEAM_SLACK, WORK_GITHUB), complete=True)
    part = PartOfAccounts((local, HOME_GITHUB), problems=PROBLEM)
    cache = AccountCache(Saying(whole, part), file if on_disk else None)
    await cache.refresh()
    known = await cache.refresh()
    assert [account.id for account in known.accounts] == [local.id, HOME_GITHUB.id, TEAM_SLACK.id, WORK_GITHUB.id]
    assert (known.complete, known.problems) == (False, PROBLEM)
    if on_disk:
        assert AccountCache(NoAccounts(), file, here=[local]).current.accounts == known.accounts


async def test_an_account_that_is_no_longer_kept_here_is_gone_at_once() -> None:
    local = account_kept_here("acme", "Team", ["k"])
    cache = AccountCache(Saying(Accounts((local, TEAM_SLACK), complete=True), PartOfAccounts((), problems=PROBLEM)))
    await cache.refresh()
    assert (await cache.refresh()).accounts == (TEAM_SLACK,)


async def test_a_whole_list_takes_the_place_of_all(file: Path) -> None:
    cache = AccountCache(
        Saying(ACCOUNTS, PartOfAccounts((), problems=PROBLEM), Accounts((HOME_GITHUB,), complete=True)), file
    )
    for _ in range(3):
        known = await cache.refresh()
    assert known.accounts == (HOME_GITHUB,)
    assert AccountCache(NoAccounts(), file).current.accounts == (HOME_GITHUB,)


async def test_the_age_of_what_is_kept_is_that_of_the_last_whole_list(file: Path) -> None:
    cache = AccountCache(Saying(ACCOUNTS, PartOfAccounts((HOME_GITHUB,), problems=PROBLEM)), file)
    await cache.refresh()
    at = cache.kept_at
    await cache.refresh()
    assert cache.kept_at == at > 0


async def test_a_start_without_the_network_has_both_local_accounts_and_those_of_connect(
    file: Path, connect: Connect, project: ConnectProject, key: ClientKey, passing: TimePassing
) -> None:
    kept = LocalAccount("github", "mine", {"token": ValueSource(environment="X")})
    whole = await AccountCache(Several([Local([kept], {}), connect]), file).refresh()
    offline = Connect(replace(project, url="http://127.0.0.1:9"), key, passing.patience())
    cache = AccountCache(Several([Local([kept], {}), offline]), file)
    assert cache.current.accounts == whole.accounts[1:]
    known = await cache.refresh()
    assert set(known.accounts) == set(whole.accounts)
    assert "can't be reached" in known.problems[0]
    assert AccountCache(NoAccounts(), file, here=whole.accounts[:1]).current.accounts == whole.accounts
    await cache.close()


# The file


async def test_a_start_without_the_network_completes_from_the_file(
    file: Path, connect: Connect, sandbox: Sandbox
) -> None:
    listed = await AccountCache(connect, file).refresh()
    sandbox.fail(dropped(), times=ALWAYS)
    cache = AccountCache(connect, file)
    assert (cache.current.accounts, cache.current.complete) == (listed.accounts, False)
    assert cache.kept_at > 0
    with pytest.raises(UnreachableError):
        await cache.refresh()
    assert cache.current.accounts == listed.accounts


async def test_the_file_is_read_once_and_never_over_what_is_fresh(file: Path) -> None:
    await AccountCache(Saying(ACCOUNTS), file).refresh()
    cache = AccountCache(Saying(Accounts((HOME_GITHUB,), complete=True)), file)
    fresh = await cache.refresh()
    cache.load()
    assert cache.current is fresh
    file.unlink()
    assert cache.current is fresh


async def test_a_thread_may_read_it_while_somebody_asks(file: Path) -> None:
    await AccountCache(Saying(ACCOUNTS), file).refresh()
    cache = AccountCache(Slow(), file)
    reading = [threading.Thread(target=cache.load) for _ in range(4)]
    for thread in reading:
        thread.start()
    assert cache.current.accounts == ACCOUNTS.accounts
    for thread in reading:
        thread.join()


async def test_no_value_is_in_the_file_and_nobody_else_can_read_it(
    file: Path, connect: Connect, sandbox: Sandbox
) -> None:
    cache = AccountCache(connect, file)
    for account in (await cache.refresh()).accounts:
        if account.id in {"apn_slackteam", "apn_openaikey", "apn_supabase1"}:
            await cache.note_seen(account.id, (await connect.credentials(account, "x")).names)
    content = file.read_text()
    values = [value for one in ("apn_slackteam", "apn_openaikey") for value in sandbox.credentials(one).values()]
    held = [secret.value for secret in connect.own_secrets()]
    assert len(held) == 2
    assert not [value for value in values + held if value in content]
    assert [stat.S_IMODE(path.stat().st_mode) for path in (file, file.parent)] == [0o600, 0o700]
    assert [path.name for path in file.parent.iterdir() if path.name != f"{file.name}.lock"] == [file.name]


@pytest.mark.parametrize("damage", [b"", b"{", b'{"form": 99}', b"[]", b"\xff"])
async def test_a_file_that_is_damaged_or_of_another_form_is_ignored_and_rewritten(file: Path, damage: bytes) -> None:
    await AccountCache(Saying(ACCOUNTS), file).refresh()
    file.write_bytes(damage)
    cache = AccountCache(Saying(ACCOUNTS), file)
    assert cache.current == Accounts()
    await cache.refresh()
    assert AccountCache(NoAccounts(), file).current.accounts == ACCOUNTS.accounts


def _linked(file: Path) -> None:
    file.rename(file.with_name("elsewhere"))
    file.symlink_to(file.with_name("elsewhere"))


def _piped(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


@pytest.mark.parametrize("spoil", [_linked, _piped])
async def test_a_file_that_is_none_is_ignored_and_replaced(file: Path, spoil: Callable[[Path], None]) -> None:
    await AccountCache(Saying(ACCOUNTS), file).refresh()
    spoil(file)
    cache = AccountCache(Saying(Accounts((HOME_GITHUB,), complete=True)), file)
    assert cache.current == Accounts()
    await cache.refresh()
    assert stat.S_ISREG(file.lstat().st_mode)
    assert AccountCache(NoAccounts(), file).current.accounts == (HOME_GITHUB,)
    if (elsewhere := file.with_name("elsewhere")).exists():
        assert AccountCache(NoAccounts(), elsewhere).current.accounts == ACCOUNTS.accounts


async def test_where_no_file_can_be_written_names_are_known_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    cache = AccountCache(Saying(ACCOUNTS), tmp_path / "file" / "accounts.json")
    assert await cache.refresh() == ACCOUNTS
    await cache.note_seen(TEAM_SLACK.id, ["bot_token"])
    noted = cache.current.by_id(TEAM_SLACK.id)
    assert noted
    assert noted.keys.names == ("bot_token",)
    assert (await cache.refresh()).by_id(TEAM_SLACK.id) == noted


async def test_what_is_kept_here_is_known_without_a_file_and_is_never_taken_from_one(file: Path) -> None:
    local, other = (account_kept_here("acme", label, ["k"]) for label in ("Team", "other"))
    await AccountCache(Saying(Accounts((local, TEAM_SLACK), complete=True)), file).refresh()
    assert AccountCache(NoAccounts(), file, here=[other]).current.accounts == (other, TEAM_SLACK)
    assert AccountCache(NoAccounts(), file).current.accounts == (TEAM_SLACK,)
    assert AccountCache(NoAccounts(), here=[other]).current == Accounts((other,))


# What runs have learned


async def test_the_keys_that_a_run_saw_are_known_at_once_and_survive_refresh_and_restart(file: Path) -> None:
    cache = AccountCache(Saying(ACCOUNTS), file)
    await cache.refresh()
    await cache.note_seen(TEAM_SLACK.id, ["oauth_access_token", "bot_token"])
    expected = replace(TEAM_SLACK, seen=("oauth_access_token", "bot_token"))
    assert cache.current.by_id(TEAM_SLACK.id) == expected
    assert (await cache.refresh()).by_id(TEAM_SLACK.id) == expected
    assert AccountCache(NoAccounts(), file).current.by_id(TEAM_SLACK.id) == expected


async def test_a_token_that_can_not_be_read_is_remembered_until_it_can(file: Path) -> None:
    cache = AccountCache(Saying(ACCOUNTS), file)
    await cache.refresh()
    await cache.note_seen(TEAM_SLACK.id, [])
    later = AccountCache(Saying(ACCOUNTS), file)
    found = later.current.by_id(TEAM_SLACK.id)
    assert found
    assert found.unreadable
    assert found.state.startswith("its token can't be read")
    await later.note_seen(TEAM_SLACK.id, ["bot_token"])
    found = later.current.by_id(TEAM_SLACK.id)
    assert found
    assert (found.unreadable, found.state) == (False, "")


async def test_what_a_run_learns_before_the_file_was_read_is_not_lost(file: Path) -> None:
    await AccountCache(Saying(ACCOUNTS), file).refresh()
    cache = AccountCache(NoAccounts(), file)
    await cache.note_seen(TEAM_SLACK.id, ["bot_token"])
    found = cache.current.by_id(TEAM_SLACK.id)
    assert found
    assert found.seen == ("bot_token",)


async def test_what_is_known_already_is_not_written_again(file: Path) -> None:
    cache = AccountCache(Saying(ACCOUNTS), file)
    await cache.refresh()
    await cache.note_seen(TEAM_SLACK.id, ["bot_token"])
    written = file.stat().st_ino
    await cache.note_seen(TEAM_SLACK.id, ["bot_token"])
    assert file.stat().st_ino == written


async def test_what_a_run_has_seen_is_known_while_another_process_keeps_the_file(file: Path) -> None:
    cache = AccountCache(Saying(ACCOUNTS), file)
    await cache.refresh()
    with locked(file):
        noting = asyncio.create_task(cache.note_seen(TEAM_SLACK.id, ["bot_token"]))
        await asyncio.sleep(0)
        seen = cache.current.by_id(TEAM_SLACK.id)
        assert seen
        assert (seen.seen, noting.done()) == (("bot_token",), False)
    await noting
    kept = AccountCache(NoAccounts(), file).current.by_id(TEAM_SLACK.id)
    assert kept == seen


async def test_what_another_server_has_learned_stays(file: Path) -> None:
    one, other = AccountCache(Saying(ACCOUNTS), file), AccountCache(Saying(ACCOUNTS), file)
    await asyncio.gather(one.refresh(), other.refresh())
    await one.note_seen(TEAM_SLACK.id, ["bot_token"])
    await other.note_seen(WORK_GITHUB.id, ["oauth_access_token"])
    await asyncio.gather(one.refresh(), other.refresh())
    for cache in (one, other, AccountCache(NoAccounts(), file)):
        assert {account.id for account in cache.current.accounts if account.seen} == {TEAM_SLACK.id, WORK_GITHUB.id}


# The end


async def test_closing_ends_a_question_that_is_under_way_and_whoever_waits_hears_so() -> None:
    provider = Slow()
    cache = AccountCache(provider)
    waiting = asyncio.create_task(cache.refresh())
    await asyncio.sleep(0)
    await cache.close()
    with pytest.raises(UnreachableError, match="no longer asked for, because pd-lsp ends: try again"):
        await waiting
    assert provider.closed == 1


async def test_it_can_be_closed_before_anything_and_twice() -> None:
    provider = Slow()
    cache = AccountCache(provider)
    await cache.close()
    await cache.close()
    assert provider.closed == 2


async def test_one_that_retires_answers_whoever_waits_and_writes_and_tells_nothing(file: Path) -> None:
    provider, told = Slow(), asyncio.Event()
    cache = AccountCache(provider, file, told.set)
    waiting = asyncio.create_task(cache.refresh())
    while not provider.asked:
        await asyncio.sleep(0)
    cache.retire()
    closing = asyncio.create_task(cache.close(at_once=False))
    provider.answer.set_result(ACCOUNTS)
    assert await waiting == ACCOUNTS
    await closing
    assert (file.exists(), told.is_set(), provider.closed) == (False, False, 1)


async def test_closing_a_real_provider_in_the_middle_of_a_question_leaves_nothing(
    project: ConnectProject, key: ClientKey, sandbox: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    sandbox.fail(slow(gate := Gate()), path=CONNECT)
    cache = AccountCache(Connect(project, key))
    cache.wake()
    await asyncio.to_thread(gate.wait_until_reached)
    await cache.close()
    gate.open()
    gc.collect()
    assert caplog.text == ""


def test_it_serves_one_event_loop_after_the_other() -> None:
    """As the command line has them, one for each `asyncio.run`."""
    cache: AccountCache

    async def begin() -> None:
        nonlocal cache
        cache = AccountCache(Saying(ACCOUNTS))
        await cache.refresh()

    async def go_on() -> None:
        assert await cache.refresh() == ACCOUNTS

    asyncio.run(begin())
    asyncio.run(go_on())
    asyncio.run(cache.close())
