"""Everything that can go wrong between the sandbox and a client, seen by httpx."""

import ssl
import threading
from collections.abc import Iterator
from datetime import datetime, timezone
from typing import Any

import httpx
import pytest

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

ACCOUNTS = "/v1/connect/proj_sandbox/accounts"
APPS = "/v1/connect/apps"
SLACK = "https://slack.com/api/auth.test"
NEVER_READ = 11_000_000


@pytest.fixture(autouse=True)
def healed(sandbox: Sandbox) -> Iterator[None]:
    yield
    sandbox.heal()


@pytest.fixture
def proxied(sandbox: Sandbox) -> Iterator[httpx.Client]:
    """A client that has the sandbox as its proxy and trusts its certificates."""
    context = ssl.create_default_context(cafile=str(sandbox.certificate))
    with httpx.Client(proxy=sandbox.proxy, verify=context, trust_env=False) as client:
        yield client


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 413, 429, 500, 502, 503, 504, 520])
def test_any_status_comes_with_an_error_as_its_body(api: httpx.Client, sandbox: Sandbox, status: int) -> None:
    sandbox.fail(Fault(status=status))
    answer = api.get(ACCOUNTS)
    assert answer.status_code == status
    assert answer.json().keys() == {"error"}
    assert answer.json()["error"]
    assert "retry-after" not in answer.headers
    assert (sandbox.requests[-1].status, sandbox.faults_to_come) == (status, 0)
    assert api.get(ACCOUNTS).status_code == 200


@pytest.mark.parametrize(
    ("retry_after", "sent"),
    [
        (3, "3"),
        (datetime(2030, 1, 5, 10, 0), "Sat, 05 Jan 2030 10:00:00 GMT"),  # noqa: DTZ001 - without a zone on purpose
        (datetime(2030, 1, 5, 10, 0, tzinfo=timezone.utc), "Sat, 05 Jan 2030 10:00:00 GMT"),
    ],
)
def test_a_refusal_says_when_to_come_again(api: httpx.Client, sandbox: Sandbox, retry_after: Any, sent: str) -> None:
    sandbox.fail(Fault(status=429, retry_after=retry_after))
    answer = api.get(ACCOUNTS)
    assert (answer.status_code, answer.headers["retry-after"]) == (429, sent)


def test_a_redirect_names_the_other_address(api: httpx.Client, sandbox: Sandbox) -> None:
    sandbox.fail(redirect("https://elsewhere.example/v1", status=307))
    answer = api.get(ACCOUNTS)
    assert (answer.status_code, answer.headers["location"]) == (307, "https://elsewhere.example/v1")


@pytest.mark.parametrize("status", [200, 503])
def test_a_page_comes_in_place_of_json(api: httpx.Client, sandbox: Sandbox, status: int) -> None:
    sandbox.fail(html(status))
    answer = api.get(ACCOUNTS)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "text/html; charset=utf-8")
    assert answer.text.startswith("<!doctype html>")


@pytest.mark.parametrize("document", [None, 3, "text", [], {"data": {"accounts": "none"}}])
def test_json_comes_in_another_shape(api: httpx.Client, sandbox: Sandbox, document: Any) -> None:
    sandbox.fail(other_shape(document))
    answer = api.get(ACCOUNTS)
    assert (answer.status_code, answer.json()) == (200, document)


def test_a_truncated_body_is_shorter_than_it_says(api: httpx.Client, sandbox: Sandbox) -> None:
    sandbox.fail(truncated())
    with pytest.raises(httpx.RemoteProtocolError, match="without sending complete message body"):
        api.get(ACCOUNTS)
    assert api.get(ACCOUNTS).status_code == 200


def test_a_dropped_connection_has_no_answer(api: httpx.Client, sandbox: Sandbox) -> None:
    sandbox.fail(dropped())
    with pytest.raises(httpx.RemoteProtocolError, match="without sending a response"):
        api.get(ACCOUNTS)
    assert sandbox.requests[-1].status == 0
    assert api.get(ACCOUNTS).status_code == 200


def test_a_connection_can_be_reset(api: httpx.Client, sandbox: Sandbox) -> None:
    sandbox.fail(dropped(reset=True))
    with pytest.raises(httpx.ReadError):
        api.get(ACCOUNTS)
    assert api.get(ACCOUNTS).status_code == 200


def test_a_slow_answer_comes_when_its_gate_opens(api: httpx.Client, sandbox: Sandbox) -> None:
    gate = Gate()
    sandbox.fail(slow(gate), path=ACCOUNTS)
    with pytest.raises(httpx.ReadTimeout):
        api.get(ACCOUNTS, timeout=httpx.Timeout(20, read=0.05))
    gate.wait_until_reached()
    assert api.get(APPS).status_code == 200, "only the slow answer waits"
    gate.open()
    assert api.get(ACCOUNTS).status_code == 200


def test_a_client_that_waits_gets_the_slow_answer(api: httpx.Client, sandbox: Sandbox) -> None:
    gate = Gate()
    sandbox.fail(slow(gate))
    answers: list[httpx.Response] = []
    waiting = threading.Thread(target=lambda: answers.append(api.get(ACCOUNTS)))
    waiting.start()
    gate.wait_until_reached()
    assert not answers
    gate.open()
    waiting.join()
    assert [answer.status_code for answer in answers] == [200]


def test_a_gate_can_open_after_some_seconds(api: httpx.Client, sandbox: Sandbox) -> None:
    sandbox.fail(slow(Gate(seconds=0.01)), times=2)
    assert [api.get(ACCOUNTS).status_code for _ in range(2)] == [200, 200]


def test_a_gate_that_nobody_reaches_is_an_error() -> None:
    with pytest.raises(TimeoutError):
        Gate().wait_until_reached(timeout=0)


def test_whoever_closes_the_sandbox_lets_its_clients_go() -> None:
    gate = Gate()
    with Sandbox() as own, httpx.Client(base_url=own.url, trust_env=False) as client:
        own.fail(slow(gate))
        ended: list[BaseException | int] = []

        def ask() -> None:
            try:
                ended.append(client.get("/").status_code)
            except httpx.HTTPError as error:
                ended.append(error)

        waiting = threading.Thread(target=ask)
        waiting.start()
        gate.wait_until_reached()
        own.close()
        waiting.join()
    assert len(ended) == 1


def test_a_body_that_is_too_large_says_so(api: httpx.Client, sandbox: Sandbox) -> None:
    sandbox.fail(too_large())
    answer = api.get(ACCOUNTS)
    assert int(answer.headers["content-length"]) == len(answer.content) == NEVER_READ
    assert answer.json()["data"] == []


def test_an_endless_body_ends_with_the_patience_of_its_client(api: httpx.Client, sandbox: Sandbox) -> None:
    sandbox.fail(endless())
    read = 0
    with api.stream("GET", ACCOUNTS) as answer:
        assert "content-length" not in answer.headers
        for part in answer.iter_raw():
            read += len(part)
            if read > NEVER_READ:
                break
    assert api.get(ACCOUNTS).status_code == 200


def test_a_body_does_not_have_the_encoding_that_it_names(api: httpx.Client, sandbox: Sandbox) -> None:
    sandbox.fail(wrong_encoding())
    with pytest.raises(httpx.DecodingError):
        api.get(ACCOUNTS)


def test_parts_of_a_fault_can_be_combined(api: httpx.Client, sandbox: Sandbox) -> None:
    sandbox.fail(Fault(status=503, retry_after=7, body=b"{", headers={"x-request-id": "1"}, gate=Gate(seconds=0)))
    answer = api.get(ACCOUNTS)
    assert (answer.status_code, answer.content) == (503, b"{")
    assert (answer.headers["retry-after"], answer.headers["x-request-id"]) == ("7", "1")


def test_a_fault_happens_as_often_as_was_asked_for(api: httpx.Client, sandbox: Sandbox) -> None:
    sandbox.fail(Fault(status=503), times=2)
    assert [api.get(APPS).status_code for _ in range(4)] == [503, 503, 200, 200]


def test_a_fault_can_spare_the_first_requests(api: httpx.Client, sandbox: Sandbox) -> None:
    sandbox.fail(Fault(status=503), path=APPS, after=2)
    assert [api.get(APPS).status_code for _ in range(4)] == [200, 200, 503, 200]


def test_faults_come_in_the_order_they_were_asked_for(api: httpx.Client, sandbox: Sandbox) -> None:
    sandbox.fail(Fault(status=429))
    sandbox.fail(Fault(status=503))
    assert [api.get(APPS).status_code for _ in range(3)] == [429, 503, 200]


def test_a_fault_without_end_ends_when_the_sandbox_is_healed(api: httpx.Client, sandbox: Sandbox) -> None:
    sandbox.fail(Fault(status=503), times=None)
    assert [api.get(APPS).status_code for _ in range(3)] == [503] * 3
    assert sandbox.faults_to_come == 1
    sandbox.heal()
    assert (api.get(APPS).status_code, sandbox.faults_to_come) == (200, 0)


def test_a_fault_meets_its_path_and_method_only(api: httpx.Client, sandbox: Sandbox) -> None:
    sandbox.fail(Fault(status=503), path=ACCOUNTS, times=None)
    assert api.get(APPS).status_code == api.get(f"{ACCOUNTS}/apn_githubwork").status_code == 200
    assert api.get(ACCOUNTS, params={"limit": "3"}).status_code == 503
    sandbox.heal()
    sandbox.fail(Fault(status=503), method="DELETE", times=None)
    assert api.get(ACCOUNTS).status_code == 200


def test_a_star_in_a_path_stands_for_anything(api: httpx.Client, sandbox: Sandbox) -> None:
    sandbox.fail(Fault(status=503), path=f"{ACCOUNTS}/*", times=None)
    assert api.get(ACCOUNTS).status_code == 200
    assert api.get(f"{ACCOUNTS}/apn_githubwork").status_code == 503


def test_signing_in_can_fail(signed_out: httpx.Client, sandbox: Sandbox, grant: dict[str, str]) -> None:
    sandbox.fail(Fault(status=401), path="/v1/oauth/token")
    assert signed_out.post("/v1/oauth/token", json=grant).status_code == 401
    assert signed_out.post("/v1/oauth/token", json=grant).status_code == 200


@pytest.mark.parametrize("fault", [Fault(status=500), dropped(), endless()])
def test_a_request_whose_proper_answer_is_not_sent_has_no_effect(
    api: httpx.Client, sandbox: Sandbox, fault: Fault
) -> None:
    sandbox.fail(fault, path="/v1/oauth/revoke")
    token = api.headers["authorization"].partition(" ")[2]
    try:
        with api.stream("POST", "/v1/oauth/revoke", json={"token": token}):
            pass
    except httpx.RemoteProtocolError:
        pass
    assert api.get(APPS).status_code == 200


@pytest.mark.parametrize("named", ["", "api.pipedream.com"])
def test_the_api_fails_under_both_of_its_names(
    api: httpx.Client, proxied: httpx.Client, sandbox: Sandbox, named: str
) -> None:
    sandbox.fail(Fault(status=503), host=named, times=None)
    assert api.get(APPS).status_code == 503
    assert proxied.get(f"https://api.pipedream.com{APPS}").status_code == 503
    assert proxied.get(SLACK).status_code == 200


def test_an_app_can_fail_and_the_api_does_not(api: httpx.Client, proxied: httpx.Client, sandbox: Sandbox) -> None:
    sandbox.fail(Fault(status=502), host="slack.com")
    assert api.get(APPS).status_code == 200
    assert [proxied.get(SLACK).status_code for _ in range(2)] == [502, 200]


@pytest.mark.parametrize("fault", [truncated(), dropped(), dropped(reset=True), wrong_encoding()])
def test_an_app_can_fail_on_its_encrypted_connection(proxied: httpx.Client, sandbox: Sandbox, fault: Fault) -> None:
    sandbox.fail(fault, host="slack.com")
    with pytest.raises(httpx.RequestError):
        proxied.get(SLACK)
    assert proxied.get(SLACK).status_code == 200


def test_an_app_can_answer_without_end(proxied: httpx.Client, sandbox: Sandbox) -> None:
    sandbox.fail(endless(), host="slack.com")
    with proxied.stream("GET", SLACK) as answer:
        assert sum(len(part) for part, _ in zip(answer.iter_raw(), range(100), strict=False)) > 0
    assert proxied.get(SLACK).status_code == 200


@pytest.mark.parametrize("status", [204, 304])
def test_a_status_without_a_body_has_none(api: httpx.Client, sandbox: Sandbox, status: int) -> None:
    sandbox.fail(Fault(status=status))
    answer = api.get(ACCOUNTS)
    assert (answer.status_code, answer.content) == (status, b"")
    assert api.get(ACCOUNTS).status_code == 200


@pytest.mark.parametrize(
    "odd",
    [
        *({"times": 0}, {"after": -1}, {"path": "v1/connect"}, {"path": f"{APPS}?limit=3"}, {"method": "get"}),
        {"host": "intranet.example"},
    ],
)
def test_a_fault_that_could_never_happen_is_refused(sandbox: Sandbox, odd: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"at least once|begins with a slash|capital letters|does not stand in"):
        sandbox.fail(Fault(status=500), **odd)
