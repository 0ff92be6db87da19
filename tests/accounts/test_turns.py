import asyncio
import gc
import threading
from collections.abc import Iterator

import pytest

from pd_lsp.accounts.turns import OverdueError, Turns

FOREVER = 3600.0
"""Longer than any test: who waits for this has not failed at once."""
A_MOMENT = 0.05


class HangingService:
    """Answers nothing until it is released."""

    def __init__(self) -> None:
        self.asked = threading.Event()
        self.released = threading.Event()
        self.calls = 0

    def ask(self) -> str:
        self.calls += 1
        self.asked.set()
        self.released.wait()
        return "answer"


@pytest.fixture
def service() -> Iterator[HangingService]:
    hanging = HangingService()
    yield hanging
    hanging.released.set()
    join()


@pytest.fixture
def turns() -> Turns:
    return Turns("turn of a test")


def threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "turn of a test"]


def join() -> None:
    for thread in threads():
        thread.join()


def fail() -> None:
    raise TimeoutError("of its own")


def test_a_call_returns_what_the_function_does(turns: Turns) -> None:
    assert turns.call(lambda: 1, FOREVER) == 1


def test_a_call_raises_what_the_function_does(turns: Turns) -> None:
    with pytest.raises(TimeoutError, match="of its own"):
        turns.call(fail, FOREVER)


def test_what_does_not_return_is_given_up(turns: Turns, service: HangingService) -> None:
    with pytest.raises(OverdueError):
        turns.call(service.ask, A_MOMENT)


def test_while_one_hangs_further_calls_fail_at_once_and_start_no_thread(turns: Turns, service: HangingService) -> None:
    with pytest.raises(OverdueError):
        turns.call(service.ask, A_MOMENT)
    for _ in range(5):
        with pytest.raises(OverdueError):
            turns.call(service.ask, FOREVER)
    assert service.calls == 1
    assert len(threads()) == 1


def test_once_the_hanging_call_returns_others_have_their_turn(turns: Turns, service: HangingService) -> None:
    with pytest.raises(OverdueError):
        turns.call(service.ask, A_MOMENT)
    service.released.set()
    join()
    assert turns.call(service.ask, FOREVER) == "answer"


async def test_calls_at_the_same_time_are_made_one_after_the_other(turns: Turns) -> None:
    alone = threading.Lock()

    def ask() -> bool:
        was_alone = alone.acquire(blocking=False)
        threading.Event().wait(0.001)  # gives another call the chance to be in here too
        if was_alone:
            alone.release()
        return was_alone

    assert all(await asyncio.gather(*(turns.call_async(ask, FOREVER) for _ in range(20))))


async def test_a_call_that_waited_behind_a_hanging_one_is_never_made(turns: Turns, service: HangingService) -> None:
    first = asyncio.create_task(turns.call_async(service.ask, FOREVER))
    await asyncio.to_thread(service.asked.wait)
    late: list[str] = []
    with pytest.raises(OverdueError):
        await turns.call_async(lambda: late.append("made"), A_MOMENT)
    with pytest.raises(OverdueError):
        await turns.call_async(lambda: late.append("made"), FOREVER)
    service.released.set()
    assert await first == "answer"
    join()
    assert late == []


async def test_a_call_whose_caller_was_cancelled_in_the_queue_is_never_made(
    turns: Turns, service: HangingService
) -> None:
    first = asyncio.create_task(turns.call_async(service.ask, FOREVER))
    await asyncio.to_thread(service.asked.wait)
    late: list[str] = []
    second = asyncio.create_task(turns.call_async(lambda: late.append("made"), FOREVER))
    await asyncio.sleep(0)
    second.cancel()
    with pytest.raises(asyncio.CancelledError):
        await second
    service.released.set()
    assert await first == "answer"
    await asyncio.to_thread(join)
    assert late == []


async def test_waiting_does_not_block_the_event_loop(turns: Turns, service: HangingService) -> None:
    asking = asyncio.create_task(turns.call_async(service.ask, FOREVER))
    await asyncio.sleep(0)
    assert not asking.done()
    service.released.set()
    assert await asking == "answer"


async def test_what_hangs_is_given_up_by_the_event_loop_too(turns: Turns, service: HangingService) -> None:
    with pytest.raises(OverdueError):
        await turns.call_async(service.ask, A_MOMENT)


async def test_a_caller_that_is_cancelled_is_free_while_the_call_hangs(turns: Turns, service: HangingService) -> None:
    asking = asyncio.create_task(turns.call_async(service.ask, FOREVER))
    await asyncio.sleep(0)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking


def test_a_call_that_ends_after_its_event_loop_is_no_trouble(
    turns: Turns, service: HangingService, caplog: pytest.LogCaptureFixture
) -> None:
    async def ask() -> None:
        with pytest.raises(OverdueError):
            await turns.call_async(service.ask, A_MOMENT)

    asyncio.run(ask())
    service.released.set()
    join()
    assert caplog.text == ""


async def test_an_exception_of_the_function_reaches_the_caller_and_no_log(
    turns: Turns, caplog: pytest.LogCaptureFixture
) -> None:
    async def ask() -> None:
        with pytest.raises(TimeoutError, match="of its own"):
            await turns.call_async(fail, FOREVER)

    await ask()
    gc.collect()  # this is when asyncio complains of exceptions that nobody has seen
    assert caplog.text == ""
