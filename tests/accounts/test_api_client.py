"""HTTP to Pipedream: each fault that a network or a service can have is a sentence of its own, and does no harm."""

import asyncio
import re
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
import pytest_asyncio

from pd_lsp.accounts.api_client import ApiClient, Patience, checked_url
from pd_lsp.accounts.provider import (
    AccountsError,
    AnswerTooLargeError,
    BadQuestionError,
    BusyError,
    ForbiddenError,
    GoneError,
    RefusedError,
    RejectedKeyError,
    UnreachableError,
)
from pd_lsp.sandbox import Fault, Gate, Sandbox
from pd_lsp.sandbox.faults import (
    dropped,
    endless,
    html,
    other_shape,
    redirect,
    slow,
    too_large,
    truncated,
    wrong_encoding,
)
from tests.accounts.own_servers import answer, own_server
from tests.accounts.time_passing import TimePassing

APPS = "/v1/apps/slack"
"""A call that needs nothing but a key."""
SHOWN = "<form>"
"""Part of the page that the sandbox sends in place of JSON."""
ALWAYS = None
CUT = Fault(status=200, delivery=truncated().delivery)


@pytest.fixture
def headers(sandbox: Sandbox) -> dict[str, str]:
    return {"authorization": f"Bearer {sandbox.api_key}"}


@pytest_asyncio.fixture
async def client(sandbox: Sandbox, passing: TimePassing) -> AsyncIterator[ApiClient]:
    client = ApiClient(sandbox.url, passing.patience())
    yield client
    await client.close()


async def ask(client: ApiClient, headers: dict[str, str]) -> str:
    """The slug of the app that is answered."""
    found = (await client.get(APPS, {}, headers))["data"]
    return str(found["name_slug"])


async def failing(client: ApiClient, headers: dict[str, str]) -> AccountsError:
    """The error that asking ends with."""
    with pytest.raises(AccountsError) as caught:
        await client.get(APPS, {}, headers)
    return caught.value


@pytest.mark.parametrize(
    "fault",
    [Fault(status=429), Fault(status=500), Fault(status=503), html(502), dropped(), dropped(reset=True), truncated()],
    ids=["429", "500", "503", "502 as a page", "dropped", "reset", "truncated"],
)
async def test_what_passes_is_tried_three_times_with_pauses_that_grow(
    client: ApiClient, headers: dict[str, str], sandbox: Sandbox, passing: TimePassing, fault: Fault
) -> None:
    sandbox.fail(fault, path=APPS, times=2)
    assert await ask(client, headers) == "slack"
    assert passing.pauses == [0.5, 1.5]
    assert sandbox.faults_to_come == 0


async def test_after_the_third_try_it_is_given_up(
    client: ApiClient, headers: dict[str, str], sandbox: Sandbox, passing: TimePassing
) -> None:
    sandbox.fail(Fault(status=500), path=APPS, times=ALWAYS)
    before = len(sandbox.requests)
    assert isinstance(await failing(client, headers), BusyError)
    assert len(sandbox.requests) - before == 3
    assert passing.pauses == [0.5, 1.5]


@pytest.mark.parametrize(("chance", "pauses"), [(0.0, [0.25, 0.75]), (0.999, [0.7495, 2.2485])])
async def test_pauses_vary(  # noqa: PLR0913, PLR0917 - two of them are the case
    client: ApiClient,
    headers: dict[str, str],
    sandbox: Sandbox,
    passing: TimePassing,
    chance: float,
    pauses: list[float],
) -> None:
    passing.chance = chance
    sandbox.fail(Fault(status=500), path=APPS, times=2)
    await ask(client, headers)
    assert passing.pauses == pytest.approx(pauses)


async def test_the_seconds_of_retry_after_are_obeyed(
    client: ApiClient, headers: dict[str, str], sandbox: Sandbox, passing: TimePassing
) -> None:
    sandbox.fail(Fault(status=429, retry_after=7), path=APPS)
    sandbox.fail(Fault(status=503, retry_after=0), path=APPS)
    await ask(client, headers)
    assert passing.pauses == [7, 0]


@pytest.mark.parametrize("clock_is_off", [timedelta(), timedelta(days=1), timedelta(days=-1)])
async def test_a_date_of_retry_after_counts_from_the_date_of_the_answer(
    headers: dict[str, str], passing: TimePassing, clock_is_off: timedelta
) -> None:
    now = datetime(2030, 1, 5, 10, 0, tzinfo=timezone.utc) + clock_is_off
    later = now + timedelta(seconds=4)
    busy = answer(
        b"{}",
        f"Date: {format_datetime(now, usegmt=True)}",
        f"Retry-After: {format_datetime(later, usegmt=True)}",
        status="429 Too Many Requests",
    )
    answers = [busy, answer(b'{"data": {"name_slug": "slack"}}')]
    with own_server(lambda _: [answers.pop(0)]) as server:
        client = ApiClient(f"http://127.0.0.1:{server.port}", passing.patience())
        assert await ask(client, headers) == "slack"
        await client.close()
    assert passing.pauses == [4]


async def test_a_date_that_is_past_means_at_once(
    client: ApiClient, headers: dict[str, str], sandbox: Sandbox, passing: TimePassing
) -> None:
    sandbox.fail(Fault(status=429, retry_after=datetime(2020, 1, 5, tzinfo=timezone.utc)), path=APPS)
    await ask(client, headers)
    assert passing.pauses == [0]


@pytest.mark.parametrize("value", ["soon", "-5", "3.5", "", "Mon, 99 Jan 2030 10:00:00 GMT", "\x80"])
async def test_a_retry_after_that_means_nothing_is_as_none(
    client: ApiClient, headers: dict[str, str], sandbox: Sandbox, passing: TimePassing, value: str
) -> None:
    sandbox.fail(Fault(status=429, headers={"Retry-After": value}), path=APPS)
    await ask(client, headers)
    assert passing.pauses == [0.5]


@pytest.mark.parametrize(
    ("value", "seconds", "said"), [(31, 31, "in 31 s"), (600, 600, "in 10 min"), (10**400, 86_400, "in 1440 min")]
)
async def test_of_a_pause_that_is_longer_than_anybody_waits_one_hears_at_once(  # noqa: PLR0913, PLR0917 - as above
    client: ApiClient,
    headers: dict[str, str],
    sandbox: Sandbox,
    passing: TimePassing,
    value: int,
    seconds: float,
    said: str,
) -> None:
    sandbox.fail(Fault(status=429, headers={"Retry-After": str(value)}), path=APPS)
    error = await failing(client, headers)
    assert isinstance(error, BusyError)
    assert str(error).endswith(f"is busy (status 429): try again {said}.")
    assert (error.seconds, passing.pauses) == (seconds, [])


async def test_pauses_that_only_together_are_too_long_end_it_too(
    client: ApiClient, headers: dict[str, str], sandbox: Sandbox, passing: TimePassing
) -> None:
    sandbox.fail(Fault(status=429, retry_after=20), path=APPS, times=ALWAYS)
    assert isinstance(await failing(client, headers), BusyError)
    assert passing.pauses == [20]


@pytest.mark.parametrize("fault", [Fault(status=503), Fault(status=429, retry_after=1), dropped(), CUT])
async def test_what_may_change_something_is_not_repeated(
    client: ApiClient, headers: dict[str, str], sandbox: Sandbox, passing: TimePassing, fault: Fault
) -> None:
    sandbox.fail(fault, method="POST", times=ALWAYS)
    before = len(sandbox.requests)
    with pytest.raises(UnreachableError):
        await client.post("/v1/connect/proj_sandbox/tokens", {"external_user_id": "me"}, headers)
    assert len(sandbox.requests) - before == 1
    assert passing.pauses == []


@pytest.mark.parametrize(
    ("fault", "kind", "says"),
    [
        (Fault(status=401), RejectedKeyError, "Pipedream refused the key: sign in again with `pd-lsp login`."),
        (Fault(status=403), ForbiddenError, "HOST does not allow that with this key (status 403): use another one."),
        (Fault(status=404), GoneError, "HOST has nothing there (status 404): update pd-lsp, or report this."),
        (Fault(status=410), GoneError, "HOST has nothing there (status 410): update pd-lsp, or report this."),
        (Fault(status=413), BadQuestionError, "HOST refused the question with status 413: update pd-lsp, or report"),
        (Fault(status=400), BadQuestionError, "HOST refused the question with status 400: update pd-lsp, or report"),
        (Fault(status=429, retry_after=60), BusyError, "HOST is busy (status 429): try again in 60 s."),
        (Fault(status=500), BusyError, "HOST is busy (status 500): try again later."),
        (Fault(status=520), BusyError, "HOST is busy (status 520): try again later."),
        (html(), RefusedError, "What HOST answered is no JSON: is there a proxy or login page in between?"),
        (html(403), ForbiddenError, "HOST does not allow that with this key (status 403): use another one."),
        (html(503), BusyError, "HOST is busy (status 503): try again later."),
        (Fault(body=b""), RefusedError, "What HOST answered is no JSON: is there a proxy or login page in between?"),
        (Fault(body=b"\xff\xfe"), RefusedError, "What HOST answered is no JSON: is there a proxy or login page"),
        (Fault(body=b"9" * 5000), RefusedError, "What HOST answered is no JSON: is there a proxy or login page"),
        (Fault(body=b"[" * 100_000), RefusedError, "What HOST answered is no JSON: is there a proxy or login page"),
        (
            Fault(body=b'{"a":' * 51 + b"1" + b"}" * 51),
            RefusedError,
            "What HOST answered has another shape than expected: update pd-lsp.",
        ),
        (other_shape("text"), RefusedError, "What HOST answered has another shape than expected: update pd-lsp."),
        (other_shape(None), RefusedError, "What HOST answered has another shape than expected: update pd-lsp."),
        (
            redirect("https://elsewhere.example/"),
            RefusedError,
            "HOST answered with a redirect, which is not followed: is a login page in between?",
        ),
        (too_large(), AnswerTooLargeError, "The answer of HOST is larger than 10 MB and was not read."),
        (endless(), AnswerTooLargeError, "The answer of HOST is larger than 10 MB and was not read."),
        (
            wrong_encoding(),
            RefusedError,
            "The answer of HOST is not encoded as it says: is there a proxy in between that changes it?",
        ),
        (dropped(), UnreachableError, "HOST can't be reached (RemoteProtocolError): start the sandbox again."),
        (dropped(reset=True), UnreachableError, "HOST can't be reached (ReadError): start the sandbox again."),
        (
            truncated(),
            UnreachableError,
            "HOST broke off in the middle of its answer (RemoteProtocolError): start the sandbox again.",
        ),
    ],
)
async def test_each_fault_is_a_sentence_that_quotes_nothing(  # noqa: PLR0913, PLR0917 - three of them are the case
    client: ApiClient, headers: dict[str, str], sandbox: Sandbox, fault: Fault, kind: type[AccountsError], says: str
) -> None:
    sandbox.fail(fault, path=APPS, times=ALWAYS)
    error = await failing(client, headers)
    assert type(error) is kind
    assert str(error).startswith(says.replace("HOST", client.host))
    assert error.__cause__ is None
    assert SHOWN not in str(error)
    assert sandbox.api_key not in str(error)


async def test_a_refusal_whose_body_never_ends_is_heard_all_the_same(
    client: ApiClient, headers: dict[str, str], sandbox: Sandbox
) -> None:
    fault = Fault(status=404, body=endless().body, delivery=endless().delivery)
    sandbox.fail(fault, path=APPS)
    assert isinstance(await failing(client, headers), GoneError)


async def test_an_answer_of_as_many_levels_as_are_read_is_read(
    client: ApiClient, headers: dict[str, str], sandbox: Sandbox
) -> None:
    sandbox.fail(Fault(body=b'{"a":' * 50 + b"1" + b"}" * 50), path=APPS)
    assert "a" in await client.get(APPS, {}, headers)


async def test_a_bare_list_is_given_a_name(client: ApiClient, headers: dict[str, str], sandbox: Sandbox) -> None:
    sandbox.fail(other_shape([1, 2]), path=APPS)
    assert await client.get(APPS, {}, headers) == {"data": [1, 2]}


async def test_whoever_does_not_answer_is_given_up_once(sandbox: Sandbox, headers: dict[str, str]) -> None:
    sandbox.fail(slow(gate := Gate()), path=APPS, times=ALWAYS)
    client = ApiClient(sandbox.url, Patience(altogether=0.05))
    before = len(sandbox.requests)
    error = await failing(client, headers)
    assert type(error) is UnreachableError
    assert str(error) == f"{client.host} did not answer within 0.05 s: try again later."
    gate.open()
    await client.close()
    assert len(sandbox.requests) - before <= 1


async def test_an_answer_that_never_ends_is_given_up_when_time_is_over(headers: dict[str, str]) -> None:
    released = threading.Event()

    def trickle(_head: str) -> Iterator[bytes]:
        yield answer(b"{}")[:-1]
        released.wait()

    with own_server(trickle) as server:
        client = ApiClient(f"http://127.0.0.1:{server.port}", Patience(altogether=0.05))
        error = await failing(client, headers)
        released.set()
        await client.close()
    assert "did not answer within 0.05 s" in str(error)


async def test_whoever_asks_may_give_up(sandbox: Sandbox, headers: dict[str, str], client: ApiClient) -> None:
    sandbox.fail(slow(gate := Gate()), path=APPS)
    asking = asyncio.create_task(ask(client, headers))
    await asyncio.to_thread(gate.wait_until_reached)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    gate.open()
    assert await ask(client, headers) == "slack"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_is_not_followed_and_no_key_goes_elsewhere(
    client: ApiClient, headers: dict[str, str], sandbox: Sandbox, status: int
) -> None:
    with Sandbox() as decoy, own_server() as other:
        for to in (f"{decoy.url}{APPS}", f"http://localhost:{other.port}/", "//elsewhere.example", "/v1/apps", ""):
            sandbox.fail(redirect(to, status), path=APPS)
            before = len(sandbox.requests)
            assert "redirect" in str(await failing(client, headers))
            assert len(sandbox.requests) - before == 1
        assert (decoy.requests, other.asked) == ([], [])


async def test_an_answer_that_quotes_the_key_is_dropped_as_a_whole(
    client: ApiClient, sandbox: Sandbox, headers: dict[str, str]
) -> None:
    sandbox.fail(other_shape({"data": [{"name": f"Bearer {sandbox.api_key}"}]}), times=ALWAYS)
    with pytest.raises(RefusedError, match="quotes the key") as refused:
        await client.get(APPS, {}, headers)
    assert sandbox.api_key not in str(refused.value)
    asked_for_values = await client.get(APPS, {"include_credentials": "true"}, headers)
    assert asked_for_values["data"], "an account can be that of Pipedream itself, and have this key"


async def test_a_redirect_of_what_is_sent_is_not_followed_either(client: ApiClient, sandbox: Sandbox) -> None:
    with Sandbox() as decoy:
        sandbox.fail(redirect(f"{decoy.url}/v1/oauth/token", 307), path="/v1/oauth/token")
        with pytest.raises(RefusedError, match="redirect"):
            await client.post("/v1/oauth/token", {"client_secret": "made-up-secret"})
        assert decoy.requests == []


@pytest.mark.parametrize(
    ("path", "query", "value"),
    [(APPS, {}, "made-up\nkey"), (APPS, {}, "made-up-é-key"), (APPS, {"after": "x" * 100_000}, "made-up-key")],
)
async def test_a_question_that_can_not_be_written_is_a_sentence_without_it(
    client: ApiClient, path: str, query: dict[str, str], value: str
) -> None:
    with pytest.raises(AccountsError) as caught:
        await client.get(path, query, {"authorization": f"Bearer {value}"})
    assert "made-up" not in str(caught.value)


async def test_a_client_that_was_closed_says_so(client: ApiClient, headers: dict[str, str]) -> None:
    await client.close()
    with pytest.raises(UnreachableError, match="the sign-in has changed or pd-lsp ends: try again"):
        await client.get(APPS, {}, headers)


async def test_closing_ends_what_is_under_way_with_a_sentence(
    client: ApiClient, headers: dict[str, str], sandbox: Sandbox
) -> None:
    sandbox.fail(slow(gate := Gate()), path=APPS)
    asking = asyncio.create_task(failing(client, headers))
    await asyncio.to_thread(gate.wait_until_reached)
    await client.close()
    gate.open()
    assert isinstance(await asking, UnreachableError)


_THREE_LOOPS = """
import asyncio, sys
from pd_lsp.accounts.api_client import ApiClient
client = ApiClient(sys.argv[1])
headers = {"authorization": f"Bearer {sys.argv[2]}"}
for _ in range(3):
    print(asyncio.run(client.get("/v1/apps/slack", {}, headers))["data"]["name_slug"])
asyncio.run(client.close())
"""


def test_a_client_serves_one_event_loop_after_the_other(sandbox: Sandbox) -> None:
    command = [sys.executable, "-c", _THREE_LOOPS, sandbox.url, sandbox.api_key]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.stdout.split(), done.stderr) == (["slack"] * 3, "")


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://api.pipedream.com", "api.pipedream.com"),
        ("https://api.pipedream.com/", "api.pipedream.com"),
        ("https://api.pipedream.com:8443", "api.pipedream.com:8443"),
        ("HTTPS://API.Pipedream.com", "api.pipedream.com"),
        ("http://127.0.0.1:8000", "127.0.0.1:8000"),
        ("http://localhost", "localhost"),
        ("http://LOCALHOST:1", "localhost:1"),
        ("http://[::1]:8000", "[::1]:8000"),
        ("https://xn--pi-wlc.example", "xn--pi-wlc.example"),
    ],
)
def test_a_key_may_go_by_https_and_by_http_to_this_machine(url: str, host: str) -> None:
    assert checked_url(url) == host


@pytest.mark.parametrize(
    "url",
    [
        "",
        "api.pipedream.com",
        "http://api.pipedream.com",
        "http://127.0.0.1.elsewhere.example",
        "http://127.0.0.2",
        "http://localhost.elsewhere.example",
        "http://0.0.0.0",
        "ftp://127.0.0.1",
        "file:///etc/passwd",
        "https:api.pipedream.com",
        "https:///api.pipedream.com",
        "https://",
        "https://api.pipedream.com/v1",
        "https://api.pipedream.com//",
        "https://api.pipedream.com?x",
        "https://api.pipedream.com?",
        "https://api.pipedream.com#x",
        "https://me@api.pipedream.com",
        "https://me:secret@api.pipedream.com",
        "https://:@api.pipedream.com",
        "https://api.pipedream.com@elsewhere.example",
        "https://api.pipedream.com\\@elsewhere.example",
        "https://api.pipedream.com:0",
        "https://api.pipedream.com:65536",
        "https://api.pipedream.com:x",
        "https://api.pipedream.com:",
        "https://api.pipe\ndream.com",
        "https://api.pipedream.com\n",
        " https://api.pipedream.com",
        "https://api.pipedream.com ",
        "https://\u0430pi.pipedream.com",
        "https://api.pipedream\u3002com",
        "http\u017f://api.pipedream.com",
        "https://[::1",
        "http://[::ffff:127.0.0.1]",
    ],
)
def test_to_no_other_address_a_key_may_go(url: str) -> None:
    with pytest.raises(RefusedError, match="should look like https://api.pipedream.com: no other scheme, no user"):
        checked_url(url)
    with pytest.raises(RefusedError):
        ApiClient(url)


async def test_a_client_says_who_it_is_and_what_it_takes(headers: dict[str, str]) -> None:
    with own_server() as server:
        client = ApiClient(f"http://127.0.0.1:{server.port}")
        await client.get("/x", {"a": "b c&d"}, headers)
        await client.close()
    assert server.asked[0].startswith("GET /x?a=b+c%26d HTTP/1.1\r\n")
    assert re.search("\r\nuser-agent: pd-lsp/[0-9.]+\r\n", server.asked[0], re.IGNORECASE)
    assert "\r\naccept: application/json\r\n" in server.asked[0].lower()
