"""Which hosts the sandbox is: its own apps' and the API's, and never a way to anywhere else."""

import ssl
from collections.abc import Iterator

import httpx
import pytest

from pd_lsp.sandbox import Sandbox
from pd_lsp.sandbox.hosts import HOSTS
from tests.sandbox.step_client import StepClient


@pytest.fixture
def proxied(sandbox: Sandbox) -> Iterator[httpx.Client]:
    """A client that has the sandbox as its proxy and trusts its certificates."""
    context = ssl.create_default_context(cafile=str(sandbox.certificate))
    with httpx.Client(proxy=sandbox.proxy, verify=context, trust_env=False) as client:
        yield client


def test_an_unknown_host_over_http_hears_a_sentence(proxied: httpx.Client) -> None:
    answer = proxied.get("http://intranet.example/")
    assert answer.status_code == 403
    assert "does not stand in for intranet.example" in answer.json()["error"]
    assert all(host in answer.json()["error"] for host in HOSTS)
    assert "without --sandbox" in answer.json()["error"]


def test_an_unknown_host_over_https_hears_a_sentence(proxied: httpx.Client) -> None:
    with pytest.raises(httpx.ProxyError, match=r"403 .*does not stand in for intranet\.example"):
        proxied.get("https://intranet.example/")


def test_a_step_that_calls_an_unknown_host_sees_the_sentence(step: StepClient) -> None:
    answer = step.request("GET", "https://intranet.example/")
    assert answer.status == 0
    assert "does not stand in for intranet.example" in answer.document


@pytest.mark.parametrize("url", ["https://127.0.0.1/", "https://[::1]/", "https://slack.com.intranet.example/"])
def test_nothing_that_only_resembles_a_known_host_is_one(proxied: httpx.Client, url: str) -> None:
    with pytest.raises(httpx.ProxyError, match="403"):
        proxied.get(url)


def test_a_known_host_is_answered_on_its_https_port_only(proxied: httpx.Client) -> None:
    with pytest.raises(httpx.ProxyError, match="403 .*443 only"):
        proxied.get("https://slack.com:8443/api/auth.test")


@pytest.mark.parametrize("host", HOSTS)
def test_every_known_host_has_a_certificate_of_its_own(proxied: httpx.Client, host: str) -> None:
    assert proxied.get(f"https://{host}/").headers["content-type"].startswith("application/json")


def test_the_api_is_there_under_its_own_name(proxied: httpx.Client, grant: dict[str, str]) -> None:
    assert "access_token" in proxied.post("https://api.pipedream.com/v1/oauth/token", json=grant).json()


def test_the_api_is_there_for_a_client_that_sends_everything_through_the_proxy(
    sandbox: Sandbox, proxied: httpx.Client, grant: dict[str, str]
) -> None:
    assert "access_token" in proxied.post(f"{sandbox.url}/v1/oauth/token", json=grant).json()


def test_a_known_host_is_not_the_api(proxied: httpx.Client, grant: dict[str, str]) -> None:
    assert "access_token" not in proxied.post("https://slack.com/v1/oauth/token", json=grant).json()


def test_a_client_that_was_not_told_of_the_certificate_refuses_it(sandbox: Sandbox) -> None:
    with (
        httpx.Client(proxy=sandbox.proxy, trust_env=False) as client,
        pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"),
    ):
        client.get("https://slack.com/api/auth.test")


def test_a_certificate_counts_for_its_own_sandbox_alone(sandbox: Sandbox) -> None:
    with Sandbox() as other:
        context = ssl.create_default_context(cafile=str(other.certificate))
        with (
            httpx.Client(proxy=sandbox.proxy, verify=context, trust_env=False) as client,
            pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"),
        ):
            client.get("https://slack.com/api/auth.test")


def test_what_is_remembered_of_a_request_holds_no_value(sandbox: Sandbox, proxied: httpx.Client) -> None:
    token = sandbox.credentials("apn_githubwork")["oauth_access_token"]
    proxied.get("https://api.github.com/user", headers={"authorization": f"Bearer {token}"})
    seen = sandbox.requests[-1]
    assert (seen.host, seen.method, seen.account, seen.status) == ("api.github.com", "GET", "apn_githubwork", 200)
    assert token not in repr(seen)
