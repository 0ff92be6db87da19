"""HTTP to Pipedream: one host, TLS always verified, no redirects, limits on everything, retries that do no harm.

The one place that makes an HTTP client (D21). The text of an answer that is refused is never quoted (D15).
"""

import asyncio
import json
import os
import random
import ssl
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any, NoReturn
from urllib.parse import urlsplit

import httpx
import truststore

from pd_lsp import __version__
from pd_lsp.accounts.provider import BusyError, GoneError, RefusedError, RejectedKeyError, UnreachableError

_CONNECT, _ALTOGETHER = 10.0, 30.0
"""Seconds to connect, and for an answer with all its retries: so long somebody waits at most (D21, D22)."""
_LARGEST_ANSWER = 10_000_000
_DEEPEST = 50
_PAUSES = (0.5, 1.5)
"""Seconds before the second and the third try, where the service names no time."""
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_CLOCK_ERRORS = (9, 10)
"""OpenSSL's numbers for a certificate that is not valid yet, or no longer."""


@dataclass(frozen=True, slots=True)
class Patience:
    """Time, as the client sees it; tests have another."""

    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    chance: Callable[[], float] = random.random


class ApiClient:
    """Asks one host. Raises what `pd_lsp.accounts.provider` has for everything that can go wrong."""

    def __init__(self, url: str, patience: Patience | None = None) -> None:
        """`url` is scheme, host and port. Raises RefusedError for an address that no key may be sent to."""
        self._host = checked_url(url)
        self._patience = patience or Patience()
        is_secure = url.startswith("https:")
        self._http = httpx.AsyncClient(
            base_url=url,
            timeout=httpx.Timeout(_ALTOGETHER, connect=_CONNECT),
            follow_redirects=False,
            verify=_tls() if is_secure else True,
            trust_env=is_secure,  # proxies; what goes to loopback stays there
            headers={"user-agent": f"pd-lsp/{__version__}", "accept": "application/json"},
        )

    async def get(
        self, path: str, query: Mapping[str, str], headers: Mapping[str, str], *, tries: int = 3
    ) -> Mapping[str, Any]:
        """The JSON object that is answered; a list comes as `{"data": [...]}`. Reading is tried `tries` times."""
        return await self._ask(lambda: self._http.build_request("GET", path, params=query, headers=headers), tries)

    async def post(
        self, path: str, document: Mapping[str, Any], headers: Mapping[str, str] | None = None, *, tries: int = 1
    ) -> Mapping[str, Any]:
        """As `get`, for a call that is not repeated, unless it changes nothing, such as signing in."""
        return await self._ask(lambda: self._http.build_request("POST", path, json=document, headers=headers), tries)

    async def close(self) -> None:
        """Closes the connections."""
        await self._http.aclose()

    async def _ask(self, request: Callable[[], httpx.Request], tries: int) -> Mapping[str, Any]:
        deadline = self._patience.clock() + _ALTOGETHER
        for attempt in range(tries):
            left = deadline - self._patience.clock()
            try:
                return await asyncio.wait_for(self._once(request()), max(left, 0.01))
            except asyncio.TimeoutError:
                raise UnreachableError(f"{self._host} did not answer within 30 s: try again later.") from None
            except (UnreachableError, BusyError) as error:
                pause = self._pause(error, attempt)
                if attempt == tries - 1 or pause >= deadline - self._patience.clock():
                    raise
                await self._patience.sleep(pause)
        raise AssertionError(tries)

    def _pause(self, error: UnreachableError, attempt: int) -> float:
        if isinstance(error, BusyError) and error.seconds is not None:
            return error.seconds
        return _PAUSES[min(attempt, len(_PAUSES) - 1)] * (0.5 + self._patience.chance())

    async def _once(self, request: httpx.Request) -> Mapping[str, Any]:
        try:
            response = await self._http.send(request, stream=True)
            try:
                body = await _body(response)
            finally:
                await response.aclose()
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
            raise UnreachableError(self._why_unreachable(error)) from None
        return _document(response, body, self._host)

    def _why_unreachable(self, error: Exception) -> str:
        certificate = _certificate_error(error)
        if certificate and certificate.verify_code in _CLOCK_ERRORS:
            return f"The certificate of {self._host} is not valid now: set this machine's clock, and try again."
        if certificate:
            return (
                f"The certificate of {self._host} can't be verified: if a company's proxy is in between, name its "
                "certificate in SSL_CERT_FILE."
            )
        advice = "start the sandbox again" if self._host.startswith(_LOOPBACK) else "check the network and try again"
        return f"{self._host} can't be reached ({type(error).__name__}): {advice}."


def checked_url(url: str) -> str:
    """Host and port of an address that a key may be sent to: https, or http to this machine. Raises RefusedError."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port, parts = "", None, urlsplit("")
    plain = parts.scheme == "https" or (parts.scheme == "http" and host in _LOOPBACK)
    if not plain or not host or parts.username is not None or parts.path not in ("", "/") or parts.query:
        raise RefusedError(
            "The address of the API should look like https://api.pipedream.com: no other scheme, no user, no path."
        )
    return host if port is None else f"{host}:{port}"


def _tls() -> ssl.SSLContext:
    """Verifies with the system's own store, and with what SSL_CERT_FILE and SSL_CERT_DIR name."""
    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    file, folder = os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR")
    if file or folder:
        try:
            context.load_verify_locations(cafile=file or None, capath=folder or None)
        except OSError:
            raise RefusedError("SSL_CERT_FILE or SSL_CERT_DIR names no certificates: mend it, or unset it.") from None
    return context


def _certificate_error(error: BaseException | None) -> ssl.SSLCertVerificationError | None:
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return error
        error = error.__cause__ or error.__context__
    return None


async def _body(response: httpx.Response) -> bytes:
    body = bytearray()
    async for part in response.aiter_bytes():
        body += part
        if len(body) > _LARGEST_ANSWER:
            raise RefusedError("Pipedream's answer is larger than 10 MB and was not read.")
    return bytes(body)


def _document(response: httpx.Response, body: bytes, host: str) -> Mapping[str, Any]:
    if not response.is_success:
        _refuse(response, host)
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        raise RefusedError(f"What {host} answered is no JSON: is there a proxy or login page in between?") from None
    if isinstance(document, list):
        document = {"data": document}
    if not isinstance(document, Mapping) or not _is_shallow(document, _DEEPEST):
        raise RefusedError(f"What {host} answered has another shape than expected: update pd-lsp.")
    return document


def _refuse(response: httpx.Response, host: str) -> NoReturn:
    status = response.status_code
    if status == httpx.codes.UNAUTHORIZED:
        raise RejectedKeyError("Pipedream refused the key: sign in again with `pd-lsp login`.")
    if status == httpx.codes.FORBIDDEN:
        raise RefusedError("The key may not read accounts: give its OAuth client the scope connect:accounts:read.")
    if status in (httpx.codes.NOT_FOUND, httpx.codes.GONE):
        raise GoneError("Pipedream knows no such project, environment or account: check them with `pd-lsp whoami`.")
    if response.is_redirect:
        raise RefusedError(f"{host} answered with a redirect, which is not followed: is a login page in between?")
    if status == httpx.codes.TOO_MANY_REQUESTS or response.is_server_error:
        seconds = _retry_after(response.headers.get("retry-after"))
        when = "later" if seconds is None else f"in {seconds:.0f} s"
        raise BusyError(f"{host} is busy (status {status}): it is asked again {when}.", seconds)
    raise RefusedError(f"{host} refused the question with status {status}: update pd-lsp, or report this.")


def _retry_after(value: str | None) -> float | None:
    """Seconds from now, of a number or a date (RFC 9110, section 10.2.3)."""
    if value is None:
        return None
    if value.strip().isdecimal():
        return min(float(value), 86_400.0)
    try:
        return max(0.0, min(parsedate_to_datetime(value).timestamp() - time.time(), 86_400.0))
    except (TypeError, ValueError, OverflowError):
        return None


def _is_shallow(value: Any, levels: int) -> bool:
    if not isinstance(value, (dict, list)):
        return True
    inner = value.values() if isinstance(value, dict) else value
    return levels > 0 and all(_is_shallow(one, levels - 1) for one in inner)
