"""Events that Pipedream keeps, over real HTTP from the sandbox's older API."""

import json
from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timezone
from typing import Any

import pytest
import pytest_asyncio

from pd_lsp.accounts.past_events import PastEvents, open_past_events
from pd_lsp.accounts.provider import (
    AccountsError,
    BadQuestionError,
    BusyError,
    ForbiddenError,
    GoneError,
    NobodySignedInError,
    RefusedError,
    RejectedKeyError,
    SignedOutError,
    UnreachableError,
)
from pd_lsp.accounts.sign_in import ClientKey, EventsKey, HeldSecret, SignIn, sign_in_for
from pd_lsp.configuration import Configuration
from pd_lsp.sandbox import Fault, Sandbox
from pd_lsp.sandbox.faults import Gate, dropped, html, other_shape, slow, too_large, truncated
from pd_lsp.settings import ConnectProject
from tests.accounts.time_passing import TimePassing

WORKFLOW = "p_V9Ch2Lk"
ERRORS, SOURCES = "/v1/workflows/*/$errors/event_summaries", "/v1/sources/*/event_summaries"
ALWAYS = None


@pytest_asyncio.fixture
async def past(sandbox: Sandbox, api_key: HeldSecret, passing: TimePassing) -> AsyncIterator[PastEvents]:
    events = PastEvents(EventsKey(api_key, sandbox.url), "", passing.patience())
    yield events
    await events.close()


async def failing(past: PastEvents, workflow: str = WORKFLOW) -> AccountsError:
    with pytest.raises(AccountsError) as caught:
        await past.failed(workflow, 10)
    return caught.value


def summary(number: int, event: Any = None, **fields: Any) -> dict[str, Any]:
    return {"id": f"160637081622{number}-0", "indexed_at_ms": 1606370816220 + number, "event": event, **fields}


def page(entries: Sequence[Any], total: int = 9, cursor: str = "c") -> Fault:
    info = {"total_count": total, "count": len(entries), "start_cursor": "s", "end_cursor": cursor}
    return other_shape({"page_info": info, "data": [*entries]})


async def test_a_failed_event_comes_with_what_it_was_and_what_was_raised(past: PastEvents) -> None:
    pulled = await past.failed(WORKFLOW, 10)
    assert pulled.problems == ()
    newest, _, oldest = pulled.events
    assert newest.at == datetime(2026, 11, 2, 8, 2, tzinfo=timezone.utc)
    assert (newest.id, newest.origin, newest.is_failed) == ("1793606520000-0", WORKFLOW, True)
    assert isinstance(newest.event, dict)
    assert isinstance(newest.context, dict)
    assert newest.event["body"] == {"name": "Katherine Johnson", "email": "katherine@example.com"}
    assert newest.context["workflow_id"] == WORKFLOW
    assert (newest.error, newest.missing) == ("KeyError: 'plan'", "")
    assert oldest.error == "JSONDecodeError: Expecting value: line 1 column 1 (char 0)"


async def test_the_events_of_a_source_come_whole(past: PastEvents, sandbox: Sandbox) -> None:
    pulled = await past.of_source(sandbox.source_id, 2)
    assert [event.event["newRow"][0] for event in pulled.events if isinstance(event.event, dict)] == [
        "Katherine Johnson",
        "Grace Hopper",
    ]
    assert {(event.is_failed, event.error, event.context) for event in pulled.events} == {(False, "", None)}


async def test_the_requests_of_an_http_trigger_are_events(past: PastEvents) -> None:
    event = (await past.of_source("hi_3qHr8Lv", 1)).events[0].event
    assert isinstance(event, dict)
    assert event["method"] == "POST"


async def test_the_key_goes_into_the_header_and_nowhere_else(past: PastEvents, sandbox: Sandbox) -> None:
    before = len(sandbox.requests)
    await past.failed(WORKFLOW, 10)
    requests = sandbox.requests[before:]
    assert all(request.authorized for request in requests)
    assert [request.target for request in requests] == [
        f"/v1/workflows/{WORKFLOW}/$errors/event_summaries?limit=10&expand=event",
        f"/v1/workflows/{WORKFLOW}",
    ]


async def test_the_step_that_failed_is_named(past: PastEvents) -> None:
    assert {event.step for event in (await past.failed(WORKFLOW, 10)).events} == {"parse_body"}


@pytest.mark.parametrize(
    "fault",
    [
        Fault(status=404),
        Fault(status=503, retry_after=300),
        html(),
        other_shape({"steps": 7}),
        other_shape({"steps": [7, {"id": []}, {"id": "c_other", "namespace": "x"}]}),
        other_shape({"steps": [{"id": "c_V9Ch2Lk1", "namespace": {}}]}),
    ],
)
async def test_without_the_names_of_steps_there_are_events_all_the_same(
    past: PastEvents, sandbox: Sandbox, fault: Fault
) -> None:
    sandbox.fail(fault, path=f"/v1/workflows/{WORKFLOW}")
    pulled = await past.failed(WORKFLOW, 10)
    assert ([event.step for event in pulled.events], pulled.problems) == ([""] * 3, ())
    assert sandbox.faults_to_come == 0


@pytest.mark.parametrize("cell", [None, 7, "", "c_", "c_/../x", "step"])
async def test_a_step_without_a_proper_id_is_not_asked_for(past: PastEvents, sandbox: Sandbox, cell: Any) -> None:
    sandbox.fail(page([summary(1, {"original_event": 1, "error": {"cellId": cell}})], total=1), path=ERRORS)
    before = len(sandbox.requests)
    assert (await past.failed(WORKFLOW, 10)).events[0].step == ""
    assert len(sandbox.requests) - before == 1


async def test_a_workspace_goes_into_the_question(sandbox: Sandbox, api_key: HeldSecret, passing: TimePassing) -> None:
    for workspace, found in (("o_sandbox", 3), ("o_nobody", 0)):
        past = PastEvents(EventsKey(api_key, sandbox.url), workspace, passing.patience())
        if found:
            assert len((await past.failed(WORKFLOW, 10)).events) == found
        else:
            assert str(await failing(past)).endswith("that this key can read: check its id.")
        await past.close()


@pytest.mark.parametrize(
    "odd", ["", "p_", "p_../users", "p_1/../../users/me", "p_1?x=1", "p_1\n", "dc_1", "P_1", "p_é"]
)
async def test_no_other_thing_is_asked_for_than_a_workflow(past: PastEvents, sandbox: Sandbox, odd: str) -> None:
    before = len(sandbox.requests)
    assert str(await failing(past, odd)).startswith("A workflow has an id such as p_abc123")
    assert sandbox.requests[before:] == []


@pytest.mark.parametrize("odd", ["", "dc_", "p_abc", "dc_a/b", "..", "dc_a%2f", "dc_a\x00"])
async def test_no_other_thing_is_asked_for_than_a_source(past: PastEvents, sandbox: Sandbox, odd: str) -> None:
    before = len(sandbox.requests)
    with pytest.raises(RefusedError, match="A source has an id such as dc_abc123"):
        await past.of_source(odd, 10)
    assert sandbox.requests[before:] == []


@pytest.mark.parametrize("odd", ["p_abc", "o_../x", "o_"])
def test_a_workspace_has_an_id_of_its_own_form(api_key: HeldSecret, sandbox: Sandbox, odd: str) -> None:
    with pytest.raises(RefusedError, match="A workspace has an id such as o_abc123"):
        PastEvents(EventsKey(api_key, sandbox.url), odd)


async def test_pages_are_read_until_there_are_as_many_as_wanted(past: PastEvents, sandbox: Sandbox) -> None:
    sandbox.fail(page([summary(9), summary(8)], cursor="1793606520000-0"), path=SOURCES)
    before = len(sandbox.requests)
    pulled = await past.of_source(sandbox.source_id, 4)
    assert [event.id for event in pulled.events][2:] == ["1793606460000-0", "1793606400000-0"]
    assert [one.target.partition("?")[2] for one in sandbox.requests[before:]] == [
        "limit=4&expand=event",
        "limit=2&after=1793606520000-0&expand=event",
    ]


@pytest.mark.parametrize("cursor", ["c", "", "x" * 1001, 7, None])
async def test_pages_that_go_round_in_a_circle_end(past: PastEvents, sandbox: Sandbox, cursor: Any) -> None:
    sandbox.fail(page([summary(1)], cursor=cursor), path=SOURCES, times=ALWAYS)
    before = len(sandbox.requests)
    assert len((await past.of_source(sandbox.source_id, 100)).events) == 1
    assert len(sandbox.requests) - before <= 2


async def test_never_more_than_wanted_are_taken(past: PastEvents, sandbox: Sandbox) -> None:
    sandbox.fail(page([summary(number) for number in range(9)]), path=SOURCES)
    assert len((await past.of_source(sandbox.source_id, 4)).events) == 4


async def test_an_answer_that_is_too_large_is_asked_for_in_smaller_ones(past: PastEvents, sandbox: Sandbox) -> None:
    sandbox.fail(too_large(), path=SOURCES)
    before = len(sandbox.requests)
    assert len((await past.of_source(sandbox.source_id, 8)).events) == 3
    assert "limit=2" in sandbox.requests[before + 1].target


async def test_one_event_that_is_too_large_costs_none_of_the_others(past: PastEvents, sandbox: Sandbox) -> None:
    sandbox.fail(too_large(), path=SOURCES, times=2)
    pulled = await past.of_source(sandbox.source_id, 3)
    assert [event.missing for event in pulled.events] == ["is larger than 10 MB", "", ""]
    assert pulled.events[0].event is None


async def test_an_event_as_deep_as_the_platform_takes_it_is_read(past: PastEvents, sandbox: Sandbox) -> None:
    deep = json.loads('{"a":' * 256 + "1" + "}" * 256)
    sandbox.fail(page([summary(1, deep)], total=1), path=SOURCES)
    assert (await past.of_source(sandbox.source_id, 1)).events[0].event == deep


async def test_where_even_a_summary_is_too_large_it_ends(past: PastEvents, sandbox: Sandbox) -> None:
    sandbox.fail(too_large(), path=SOURCES, times=ALWAYS)
    with pytest.raises(RefusedError, match="too large without any event in it"):
        await past.of_source(sandbox.source_id, 3)


async def test_what_came_before_a_failure_is_kept(past: PastEvents, sandbox: Sandbox) -> None:
    sandbox.fail(page([summary(1)]), path=SOURCES)
    sandbox.fail(Fault(status=500), path=SOURCES, times=ALWAYS)
    pulled = await past.of_source(sandbox.source_id, 5)
    assert len(pulled.events) == 1
    assert pulled.problems[0].startswith(f"The older events of {sandbox.source_id} are missing. ")


@pytest.mark.parametrize(
    ("fault", "kind", "says"),
    [
        (Fault(status=401), RejectedKeyError, "Pipedream refused the key from PIPEDREAM_API_KEY: give it a good one"),
        (Fault(status=403), ForbiddenError, "A user API key may not read that in Pipedream's older API: take a key"),
        (Fault(status=404), GoneError, "Pipedream has no workflow p_V9Ch2Lk that this key can read: check its id, or "),
        (Fault(status=400), BadQuestionError, "Pipedream does not take the question for the workflow p_V9Ch2Lk: "),
        (Fault(status=429, retry_after=60), BusyError, "HOST is busy (status 429): try again in 60 s."),
        (Fault(status=503), BusyError, "HOST is busy (status 503): try again later."),
        (html(), RefusedError, "What HOST answered is no JSON: is there a proxy or login page in between?"),
        (truncated(), UnreachableError, "HOST broke off in the middle of its answer"),
        (dropped(), UnreachableError, "HOST can't be reached"),
        (Fault(body=b'{"data": [{"event": '), RefusedError, "What HOST answered is no JSON"),
        (other_shape({"data": {"a": 1}}), RefusedError, "Pipedream's list of events has another shape than expected"),
        (other_shape({}), RefusedError, "Pipedream's list of events has another shape than expected"),
    ],
)
async def test_each_fault_is_a_sentence(
    past: PastEvents, sandbox: Sandbox, fault: Fault, kind: type[AccountsError], says: str
) -> None:
    sandbox.fail(fault, path=ERRORS, times=ALWAYS)
    error = await failing(past)
    assert type(error) is kind
    assert str(error).startswith(says.replace("HOST", sandbox.url.removeprefix("http://")))


async def test_a_service_that_does_not_answer_is_not_waited_for_long(sandbox: Sandbox, api_key: HeldSecret) -> None:
    sandbox.fail(slow(Gate()), path=ERRORS, times=ALWAYS)
    past = PastEvents(EventsKey(api_key, sandbox.url), "", TimePassing().patience(altogether=0.2))
    assert "did not answer within 0.2 s" in str(await failing(past))
    await past.close()


async def test_a_trigger_that_shows_no_events_says_what_there_is_instead(past: PastEvents) -> None:
    with pytest.raises(GoneError, match="shows no events of the trigger ti_8mXf2Pb: take failed ones, or catch one"):
        await past.of_source("ti_8mXf2Pb", 10)


@pytest.mark.parametrize("odd", [None, 7, "x", {}, {"id": 7}, {"id": "../x"}, {"id": "a/b"}, {"id": "\x1b[2J"}, []])
async def test_an_event_without_a_proper_id_is_left_out_and_said(past: PastEvents, sandbox: Sandbox, odd: Any) -> None:
    sandbox.fail(page([odd, summary(1), odd], total=3), path=SOURCES, times=ALWAYS)
    pulled = await past.of_source(sandbox.source_id, 10)
    assert [event.id for event in pulled.events] == ["1606370816221-0"]
    assert pulled.problems == (f"Events of {sandbox.source_id} without a proper id were left out.",)


@pytest.mark.parametrize("body", [None, "text", 7, [1], {"error": {}}, {"original_context": {"a": 1}}])
async def test_a_failed_event_without_its_event_is_listed_as_such(
    past: PastEvents, sandbox: Sandbox, body: Any
) -> None:
    sandbox.fail(page([summary(1, body)], total=1), path=ERRORS)
    (event,) = (await past.failed(WORKFLOW, 10)).events
    assert (event.event, event.context) == (None, None)
    assert event.missing == "came without the event that it failed for"
    assert event.error == "it is not said why"


@pytest.mark.parametrize(
    ("error", "line"),
    [
        ({"stack": "Traceback (most recent call last):\n  File x\nValueError: no\n"}, "ValueError: no"),
        ({"stack": "Error: first\n    at x"}, "Error: first"),
        ({"stack": "", "msg": "said"}, "said"),
        ({"code": "Timeout"}, "Timeout"),
        ({"stack": 7, "code": None}, "it is not said why"),
        ({"stack": "\x1b]52;c;eA==\x07Key\u202eError"}, "]52;c;eA==KeyError"),
        ({"stack": "x" * 5000}, "x" * 2000),
        ("text", "it is not said why"),
    ],
)
async def test_an_error_is_one_line_of_visible_characters(
    past: PastEvents, sandbox: Sandbox, error: Any, line: str
) -> None:
    sandbox.fail(page([summary(1, {"original_event": 1, "error": error})], total=1), path=ERRORS)
    assert (await past.failed(WORKFLOW, 10)).events[0].error == line


@pytest.mark.parametrize(
    ("moment", "event_id", "year"),
    [(None, "1606370816223-0", 2020), ("x", "x", None), (True, "x", None), (-5, "x", None), (10**30, "9" * 30, None)],
)
async def test_when_it_was_is_said_or_unknown(
    past: PastEvents, sandbox: Sandbox, moment: Any, event_id: str, year: int | None
) -> None:
    sandbox.fail(page([{"id": event_id, "indexed_at_ms": moment, "event": 1}], total=1), path=SOURCES)
    at = (await past.of_source(sandbox.source_id, 1)).events[0].at
    assert (at.year if at else None) == year


async def test_a_refused_key_is_not_sent_again(past: PastEvents, sandbox: Sandbox) -> None:
    sandbox.fail(Fault(status=401), path=ERRORS)
    before = len(sandbox.requests)
    assert {type(await failing(past)) for _ in range(3)} == {RejectedKeyError}
    assert len(sandbox.requests) - before == 1


def test_who_has_not_signed_in_hears_of_the_command() -> None:
    with pytest.raises(NobodySignedInError, match="type `pd-lsp login --api-key` in a terminal"):
        open_past_events(SignIn())


def test_an_oauth_client_is_no_key_to_events(project: ConnectProject, key: ClientKey) -> None:
    with pytest.raises(SignedOutError, match="this sign-in is an OAuth client's: type `pd-lsp login --api-key` too"):
        open_past_events(SignIn(project, key))


async def test_a_user_key_is_sent_to_pipedream_alone() -> None:
    past = open_past_events(sign_in_for(None, Configuration(), {"PIPEDREAM_API_KEY": "made-up-key"}))
    assert past._api.client.host == "api.pipedream.com"
    await past.close()
