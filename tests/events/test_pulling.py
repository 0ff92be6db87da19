"""Several sources as one list, over real HTTP from the sandbox."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from pd_lsp.accounts.past_events import PastEvents
from pd_lsp.accounts.provider import AccountsError
from pd_lsp.accounts.secret_sources import SecretSource
from pd_lsp.accounts.sign_in import EventsKey, HeldSecret
from pd_lsp.events.pulling import Origins, origins_named, pull
from pd_lsp.sandbox import Fault, Sandbox

SHEET, HTTP, SCHEDULE, WORKFLOW = "dc_Rw5NvTz", "hi_3qHr8Lv", "ti_8mXf2Pb", "p_V9Ch2Lk"


@pytest_asyncio.fixture
async def past() -> AsyncIterator[tuple[PastEvents, Sandbox]]:
    with Sandbox() as sandbox:
        key = HeldSecret(SecretSource(("KEY",)), {"KEY": sandbox.api_key})
        events = PastEvents(EventsKey(key, sandbox.url))
        yield events, sandbox
        await events.close()


async def test_events_of_several_sources_are_one_list_newest_first(past: tuple[PastEvents, Sandbox]) -> None:
    pulled = await pull(past[0], Origins((SHEET, HTTP), (WORKFLOW,)), 7)
    moments = [event.at for event in pulled.events if event.at]
    assert moments == sorted(moments, reverse=True)
    assert {event.origin for event in pulled.events[:3]} == {SHEET, HTTP, WORKFLOW}
    assert (len(moments), pulled.problems) == (7, ())


async def test_a_source_that_fails_costs_the_others_nothing(past: tuple[PastEvents, Sandbox]) -> None:
    pulled = await pull(past[0], Origins((SHEET, SCHEDULE, "dc_x/../y")), 10)
    assert len(pulled.events) == 3
    assert [problem.partition(":")[0] for problem in pulled.problems] == [
        f"Pipedream shows no events of the trigger {SCHEDULE}",
        "A source has an id such as dc_abc123",
    ]


async def test_where_all_fail_the_first_says_why(past: tuple[PastEvents, Sandbox]) -> None:
    past[1].fail(Fault(status=403), path="/v1/sources/*/event_summaries", times=None)
    with pytest.raises(AccountsError, match="A user API key may not read that"):
        await pull(past[0], Origins((SHEET, HTTP)), 10)


async def test_a_file_that_names_very_many_sources_is_not_followed(past: tuple[PastEvents, Sandbox]) -> None:
    pulled = await pull(past[0], Origins((SHEET, *(f"dc_x{number}" for number in range(999)))), 10)
    assert "Only the first 20 of 1000 sources were asked." in pulled.problems
    assert len(past[1].requests) == 20


def test_listed_events_are_asked_for_where_they_came_from() -> None:
    assert origins_named(["dc_1", "p_1", "hi_1", "dc_1"]) == Origins(("dc_1", "hi_1"), ("p_1",))
