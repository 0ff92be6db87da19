"""Certificates and proxies, as companies have them (D21)."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
import trustme

from pd_lsp.accounts import ClientKey, SignIn, open_provider
from pd_lsp.accounts.api_client import ApiClient
from pd_lsp.accounts.connect import Connect
from pd_lsp.accounts.provider import AccountsError, RefusedError, UnreachableError
from pd_lsp.sandbox import Sandbox
from pd_lsp.settings import API, ConnectProject
from tests.accounts.own_servers import OwnServer, answer, own_server
from tests.accounts.time_passing import TimePassing

PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")
YEAR = timedelta(days=365)
NOW = datetime.now(timezone.utc)
KEY = {"authorization": "Bearer made-up-key-0123456789"}


@pytest.fixture(autouse=True)
def no_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    """None of the machine's own proxies and certificates."""
    for name in (*PROXIES, *map(str.lower, PROXIES), "SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def authority(tmp_path: Path) -> trustme.CA:
    authority = trustme.CA()
    (tmp_path / "authority.pem").write_bytes(authority.cert_pem.bytes())
    return authority


@pytest.fixture
def trusted(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> trustme.CA:
    """An authority that SSL_CERT_FILE names."""
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    return authority


@contextmanager
def tls_server(
    authority: trustme.CA,
    host: str = "localhost",
    *,
    not_before: datetime = NOW - YEAR,
    not_after: datetime = NOW + YEAR,
    says: bytes = answer(),
) -> Iterator[OwnServer]:
    """A server with a certificate for `host`, good from one moment to another."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(host, not_before=not_before, not_after=not_after).configure_cert(context)
    with own_server(says, context) as server:
        yield server


async def asked(url: str, passing: TimePassing) -> object:
    client = ApiClient(url, passing.patience())
    try:
        return await client.get("/", {}, KEY)
    finally:
        await client.close()


async def error_of(url: str, passing: TimePassing) -> str:
    with pytest.raises(UnreachableError) as caught:
        await asked(url, passing)
    assert "made-up" not in str(caught.value)
    return str(caught.value)


async def test_an_authority_that_ssl_cert_file_names_is_trusted(trusted: trustme.CA, passing: TimePassing) -> None:
    with tls_server(trusted) as server:
        assert await asked(server.url, passing) == {}
        assert await asked(server.url.replace("https", "HTTPS"), passing) == {}


async def test_any_other_authority_is_not(authority: trustme.CA, passing: TimePassing) -> None:
    with tls_server(authority) as server:
        said = await error_of(server.url, passing)
        assert said == (
            f"The certificate of localhost:{server.port} can't be verified: if a company's proxy is in between, name "
            "its certificate in SSL_CERT_FILE."
        )
        assert server.asked == []


async def test_a_certificate_of_another_host_is_not_taken(trusted: trustme.CA, passing: TimePassing) -> None:
    with tls_server(trusted, "elsewhere.example") as server:
        assert "can't be verified" in await error_of(server.url, passing)
        assert server.asked == []


@pytest.mark.parametrize(
    ("not_before", "not_after"), [(NOW - 2 * YEAR, NOW - YEAR), (NOW + YEAR, NOW + 2 * YEAR)], ids=["old", "young"]
)
async def test_a_certificate_that_is_not_valid_now_hints_at_the_clock(
    trusted: trustme.CA, passing: TimePassing, not_before: datetime, not_after: datetime
) -> None:
    with tls_server(trusted, not_before=not_before, not_after=not_after) as server:
        said = await error_of(server.url, passing)
        assert said == (
            f"The certificate of localhost:{server.port} is not valid now: set this machine's clock, and try again."
        )
        assert server.asked == []


async def test_a_server_that_speaks_no_tls_is_a_sentence(trusted: trustme.CA, passing: TimePassing) -> None:
    assert trusted
    with own_server() as server:
        said = await error_of(f"https://localhost:{server.port}", passing)
    assert said.endswith("can't be reached (ConnectError): check the network and try again.")


@pytest.mark.parametrize("content", [None, b"", b"no certificate"])
def test_a_file_without_certificates_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None
) -> None:
    file = tmp_path / "file.pem"
    if content is not None:
        file.write_bytes(content)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    with pytest.raises(RefusedError, match="SSL_CERT_FILE or SSL_CERT_DIR names no certificates: mend it, or unset it"):
        ApiClient(API)


async def test_over_tls_a_redirect_is_not_followed_either(trusted: trustme.CA, passing: TimePassing) -> None:
    with own_server() as decoy:
        away = answer(b"", f"Location: http://localhost:{decoy.port}/", status="302 Found")
        with tls_server(trusted, says=away) as server, pytest.raises(RefusedError, match="redirect"):
            await asked(server.url, passing)
        assert decoy.asked == []


@pytest.mark.parametrize("variable", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"])
async def test_the_proxy_of_the_environment_is_used(
    sandbox: Sandbox, key: ClientKey, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv(variable, sandbox.proxy)
    monkeypatch.setenv("SSL_CERT_FILE", str(sandbox.certificate))
    before = len(sandbox.requests)
    provider = open_provider(SignIn(ConnectProject(sandbox.project_id, sandbox.external_user_id), key))
    assert (await provider.accounts()).complete
    await provider.close()
    assert {request.host for request in sandbox.requests[before:]} == {"api.pipedream.com"}


async def test_without_the_proxys_certificate_nothing_is_sent(
    sandbox: Sandbox, key: ClientKey, monkeypatch: pytest.MonkeyPatch, passing: TimePassing
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", sandbox.proxy)
    before = len(sandbox.requests)
    provider = Connect(ConnectProject(sandbox.project_id, sandbox.external_user_id), key, passing.patience())
    with pytest.raises(UnreachableError, match=r"^The certificate of api\.pipedream\.com can't be verified: .*FILE\.$"):
        await provider.accounts()
    await provider.close()
    assert sandbox.requests[before:] == []


async def test_a_proxy_sees_the_host_and_no_key(monkeypatch: pytest.MonkeyPatch, passing: TimePassing) -> None:
    with own_server(answer(b"", status="407 Proxy Authentication Required")) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://me:made-up-password@localhost:{proxy.port}")
        said = await error_of(API, passing)
    assert said == (
        "The proxy that HTTPS_PROXY names does not let api.pipedream.com be reached: check its address, name and "
        "password."
    )
    assert proxy.asked[0].startswith("CONNECT api.pipedream.com:443 HTTP/1.1\r\n")
    assert "made-up-key" not in "".join(proxy.asked)


async def test_a_proxy_that_is_not_there_is_a_sentence(monkeypatch: pytest.MonkeyPatch, passing: TimePassing) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    assert "api.pipedream.com can't be reached (ConnectError)" in await error_of(API, passing)


async def test_what_goes_to_this_machine_goes_past_every_proxy(
    sandbox: Sandbox, passing: TimePassing, monkeypatch: pytest.MonkeyPatch
) -> None:
    with own_server() as decoy:
        for variable in PROXIES[:3]:
            monkeypatch.setenv(variable, f"http://localhost:{decoy.port}")
            monkeypatch.setenv(variable.lower(), f"http://localhost:{decoy.port}")
        client = ApiClient(sandbox.url, passing.patience())
        await client.get("/v1/apps/slack", {}, {"authorization": f"Bearer {sandbox.api_key}"})
        await client.close()
        assert decoy.asked == []


async def test_a_host_that_no_proxy_names_is_asked_itself(
    trusted: trustme.CA, passing: TimePassing, monkeypatch: pytest.MonkeyPatch
) -> None:
    with own_server() as decoy, tls_server(trusted) as server:
        monkeypatch.setenv("HTTPS_PROXY", f"http://localhost:{decoy.port}")
        monkeypatch.setenv("NO_PROXY", "localhost")
        assert await asked(server.url, passing) == {}
        assert decoy.asked == []


@pytest.mark.parametrize("proxy", ["odd://localhost:1", "http://localhost:port", "socks5://localhost:1"])
async def test_a_proxy_that_can_not_be_one_is_a_sentence(monkeypatch: pytest.MonkeyPatch, proxy: str) -> None:
    monkeypatch.setenv("HTTPS_PROXY", proxy)
    project = ConnectProject("proj_1", "me")
    provider = open_provider(SignIn(project, ClientKey("id", "secret")))
    with pytest.raises(AccountsError, match="HTTPS_PROXY, ALL_PROXY or NO_PROXY names nothing that can be used"):
        await provider.accounts()
