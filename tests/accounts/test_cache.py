import asyncio

import pytest

from pd_lsp.accounts.cache import AccountCache
from pd_lsp.accounts.provider import NoAccounts, SignedOutError, UnreachableError
from pd_lsp.credentials import Credentials
from pd_lsp.model import Account, Accounts
from tests.samples import ACCOUNTS


class Slow:
    """A provider that answers when it is told to, and counts who asks. It stands in for a service that hangs."""

    def __init__(self) -> None:
        self.asked = 0
        self.answer: asyncio.Future[Accounts] = asyncio.get_running_loop().create_future()

    async def accounts(self) -> Accounts:
        self.asked += 1
        return await self.answer

    async def credentials(self, account: Account, source: str) -> Credentials:
        raise AssertionError((account, source))

    async def close(self) -> None:
        pass


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


async def test_fresh_accounts_are_told_of() -> None:
    provider, told = Slow(), asyncio.Event()
    cache = AccountCache(provider, on_fresh=told.set)
    cache.wake()
    provider.answer.set_result(ACCOUNTS)
    await told.wait()
    assert cache.current == ACCOUNTS


async def test_what_is_known_is_not_asked_for_again_at_once() -> None:
    provider = Slow()
    cache = AccountCache(provider)
    provider.answer.set_result(ACCOUNTS)
    await cache.refresh()
    cache.wake()
    await asyncio.sleep(0)
    assert provider.asked == 1


async def test_a_failed_refresh_keeps_what_was_known_and_no_longer_calls_it_all() -> None:
    provider = Slow()
    cache = AccountCache(provider)
    provider.answer.set_result(ACCOUNTS)
    await cache.refresh()
    provider.answer = asyncio.get_running_loop().create_future()
    provider.answer.set_exception(UnreachableError("gone"))
    with pytest.raises(UnreachableError):
        await cache.refresh()
    assert (cache.current.accounts, cache.current.complete) == (ACCOUNTS.accounts, False)


async def test_before_anybody_has_signed_in_the_sentence_says_how() -> None:
    with pytest.raises(SignedOutError, match="--sandbox"):
        await AccountCache(NoAccounts()).refresh()
