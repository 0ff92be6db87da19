"""HTTP to Pipedream: one host, TLS always verified, no redirects, limits on everything, retries that do no harm.

The one place that makes an HTTP client (D21). The text of an answer that is refused is not even read (D15).
"""

import asyncio
import json
import os
import random
import re
import ssl
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any, NoReturn, TypeVar

import httpx
import truststore

from pd_lsp import __version__
from pd_lsp.accounts.provider import (
    AnswerTooLargeError,
    BadQuestionError,
    BusyError,
    ForbiddenError,
    GoneError,
    RefusedError,
    RejectedKeyError,
    UnreachableError,
)

T = TypeVar("T")

_CONNECT, _ALTOGETHER = 10.0, 30.0
"""Seconds to connect, and for an answer with all its retries: so long somebody waits at most (D21, D22)."""
_LARGEST_ANSWER = 10_000_000
_DEEPEST = 50
_PAUSES = (0.5, 1.5)
"""Seconds before the second and the third try, where the service names no time."""
_LONGEST_PAUSE = 86_400.0
_ADDRESS = re.compile(r"(https?)://(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(?::([0-9]{1,5}))?/?", re.ASCII | re.IGNORECASE)
_LARGEST_PORT = 65_535
_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
_CLOCK_ERRORS = (9, 10)
"""OpenSSL's numbers for a certificate that is not valid yet, or no longer."""
_FAILURES = (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError, RuntimeError)
"""What comes out of httpx where the network, or the other side, does not do what it should; the last for a client that
was closed meanwhile."""


@dataclass(frozen=True, slots=True)
class Patience:
    """Time, as the client sees it; tests have another."""

    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    chance: Callable[[], float] = random.random
    altogether: float = _ALTOGETHER
    """Seconds that whoever asks waits at most."""


class ApiClient:
    """Asks one host. Raises what `pd_lsp.accounts.provider` has for everything that can go wrong."""

    def __init__(self, url: str, patience: Patience | None = None, deepest: int = _DEEPEST) -> None:
        """`url` is scheme, host and port; an answer may be nested `deepest` levels deep.

        Raises RefusedError for an address that no key may be sent to.
        """
        self.host = checked_url(url)
        self._deepest = deepest
        self.patience = patience or Patience()
        is_secure = url.lower().startswith("https:")
        self._is_here = not is_secure
        verify: ssl.SSLContext | bool = _tls() if is_secure else True
        try:
            self._http = httpx.AsyncClient(
                base_url=url,
                timeout=httpx.Timeout(_ALTOGETHER, connect=_CONNECT),
                follow_redirects=False,
                verify=verify,
                trust_env=is_secure,  # proxies; what goes to loopback stays there
                headers={"user-agent": f"pd-lsp/{__version__}", "accept": "application/json"},
            )
        except (ValueError, ImportError, httpx.InvalidURL):
            raise RefusedError(
                "HTTPS_PROXY, ALL_PROXY or NO_PROXY names nothing that can be used: a proxy looks like "
                "http://proxy.example:3128."
            ) from None

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

    async def in_time(self, question: Awaitable[T], seconds: float | None = None) -> T:
        """What `question`, which may be several calls, comes to. Raises UnreachableError where that takes too long."""
        limit = self.patience.altogether if seconds is None else seconds
        try:
            return await asyncio.wait_for(question, limit)
        except asyncio.TimeoutError:
            raise self.overdue() from None

    def overdue(self) -> UnreachableError:
        """What to say where whoever asked has waited long enough."""
        return UnreachableError(f"{self.host} did not answer within {self.patience.altogether:g} s: try again later.")

    async def close(self) -> None:
        """Closes the connections."""
        with suppress(RuntimeError):  # those of an event loop that has ended are gone with it
            await self._http.aclose()

    async def _ask(self, request: Callable[[], httpx.Request], tries: int) -> Mapping[str, Any]:
        clock = self.patience.clock
        deadline = clock() + self.patience.altogether
        for attempt in range(tries):
            left = deadline - clock()
            try:
                return await self.in_time(self._once(request), left)
            except UnreachableError as error:
                pause = self._pause(error, attempt)
                if attempt == tries - 1 or pause >= deadline - clock():
                    raise
                await self.patience.sleep(pause)
        raise AssertionError(tries)

    def _pause(self, error: UnreachableError, attempt: int) -> float:
        if error.seconds is not None:
            return error.seconds
        return _PAUSES[min(attempt, len(_PAUSES) - 1)] * (0.5 + self.patience.chance())

    async def _once(self, build: Callable[[], httpx.Request]) -> Mapping[str, Any]:
        try:
            request = build()
        except (ValueError, httpx.InvalidURL) as error:
            raise RefusedError(
                f"{self.host} can't be asked with what is in this question ({type(error).__name__}): report this."
            ) from None
        try:
            response = await self._http.send(request, stream=True)
        except _FAILURES as error:
            raise UnreachableError(self._why_unreachable(error)) from None
        try:
            if not response.is_success:
                _refuse(response, self.host)
            body = await self._body(response)
        finally:
            await response.aclose()
        if _quotes_key(request, body):
            raise RefusedError(
                f"The answer of {self.host} quotes the key that it was asked with, and is dropped: is there a proxy in "
                "between that changes it?"
            )
        return _document(body, self.host, self._deepest)

    async def _body(self, response: httpx.Response) -> bytes:
        body = bytearray()
        try:
            async for part in response.aiter_bytes():
                body += part
                if len(body) > _LARGEST_ANSWER:
                    raise AnswerTooLargeError(f"The answer of {self.host} is larger than 10 MB and was not read.")
        except httpx.DecodingError:
            raise RefusedError(
                f"The answer of {self.host} is not encoded as it says: is there a proxy in between that changes it?"
            ) from None
        except _FAILURES as error:
            raise UnreachableError(
                f"{self.host} broke off in the middle of its answer ({type(error).__name__}): {self._advice}."
            ) from None
        return bytes(body)

    def _why_unreachable(self, error: Exception) -> str:
        certificate = _certificate_error(error)
        if certificate and certificate.verify_code in _CLOCK_ERRORS:
            return f"The certificate of {self.host} is not valid now: set this machine's clock, and try again."
        if certificate:
            return (
                f"The certificate of {self.host} can't be verified: if a company's proxy is in between, name its "
                "certificate in SSL_CERT_FILE."
            )
        if isinstance(error, httpx.ProxyError):
            return (
                f"The proxy that HTTPS_PROXY names does not let {self.host} be reached: check its address, name and "
                "password."
            )
        if self._http.is_closed:
            return f"{self.host} is no longer asked, because the sign-in has changed or pd-lsp ends: try again."
        return f"{self.host} can't be reached ({type(error).__name__}): {self._advice}."

    @property
    def _advice(self) -> str:
        return "start the sandbox again" if self._is_here else "check the network and try again"


def checked_url(url: str) -> str:
    """Host and port of an address that a key may be sent to: https, or http to this machine. Raises RefusedError.

    It is ASCII: a host in letters that only look like others' is written as `xn--…` (D20).
    """
    found = _ADDRESS.fullmatch(url)
    scheme, host, port = (part or "" for part in found.groups()) if found else ("", "", "")
    plain = scheme.lower() == "https" or (scheme and host.lower() in _LOOPBACK)
    if not plain or (port and not 0 < int(port) <= _LARGEST_PORT):
        raise RefusedError(
            "The address of the API should look like https://api.pipedream.com: no other scheme, no user, no path."
        )
    return f"{host.lower()}:{port}" if port else host.lower()


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


def _quotes_key(request: httpx.Request, body: bytes) -> bool:
    """Whether an answer with names alone has the key in it, which would be kept and shown as one of them (D3)."""
    key = request.headers.get("authorization", "").partition(" ")[2]
    return bool(key) and "include_credentials" not in request.url.params and key.encode() in body


def _document(body: bytes, host: str, deepest: int) -> Mapping[str, Any]:
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        raise RefusedError(f"What {host} answered is no JSON: is there a proxy or login page in between?") from None
    if isinstance(document, list):
        document = {"data": document}
    if not isinstance(document, Mapping) or not _is_shallow(document, deepest):
        raise RefusedError(f"What {host} answered has another shape than expected: update pd-lsp.")
    return document


def _refuse(response: httpx.Response, host: str) -> NoReturn:
    """Raises what a status other than success means; whoever asked knows more, and may say it in other words."""
    status = response.status_code
    if status == httpx.codes.UNAUTHORIZED:
        raise RejectedKeyError("Pipedream refused the key: sign in again with `pd-lsp login`.")
    if status == httpx.codes.FORBIDDEN:
        raise ForbiddenError(f"{host} does not allow that with this key (status 403): use another one.")
    if status in (httpx.codes.NOT_FOUND, httpx.codes.GONE):
        raise GoneError(f"{host} has nothing there (status {status}): update pd-lsp, or report this.")
    if response.is_redirect:
        raise RefusedError(f"{host} answered with a redirect, which is not followed: is a login page in between?")
    if status == httpx.codes.TOO_MANY_REQUESTS or response.is_server_error:
        raise BusyError(f"{host} is busy (status {status})", _retry_after(response.headers))
    raise BadQuestionError(f"{host} refused the question with status {status}: update pd-lsp, or report this.")


def _retry_after(headers: httpx.Headers) -> float | None:
    """Seconds from now, of a number or a date (RFC 9110, section 10.2.3).

    A date is held against that of the answer itself, since this machine's clock may be wrong.
    """
    value = headers.get("retry-after", "").strip()
    if value.isdecimal():
        return min(float(value), _LONGEST_PAUSE)
    at = _moment(value)
    if at is None:
        return None
    now = _moment(headers.get("date", ""))
    return max(0.0, min(at - (time.time() if now is None else now), _LONGEST_PAUSE))


def _moment(date: str) -> float | None:
    try:
        return parsedate_to_datetime(date).timestamp()
    except (TypeError, ValueError, OverflowError, IndexError):
        return None


def _is_shallow(value: Any, levels: int) -> bool:
    if not isinstance(value, (dict, list)):
        return True
    inner = value.values() if isinstance(value, dict) else value
    return levels > 0 and all(_is_shallow(one, levels - 1) for one in inner)
