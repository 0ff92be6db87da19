"""Pipedream Connect, over httpx (docs/platform.md, section 4)."""

import json
import re
import ssl
import time
from collections.abc import Mapping
from typing import Any

import httpx

from pd_lsp import __version__
from pd_lsp.accounts.names import account_from
from pd_lsp.accounts.provider import RefusedError, SignedOutError, UnreachableError, UnreadableTokenError
from pd_lsp.accounts.sign_in import ClientKey
from pd_lsp.credentials import Credentials, Secret
from pd_lsp.model import Account, Accounts
from pd_lsp.settings import ConnectProject

_TIMEOUT = httpx.Timeout(30.0, connect=10.0)
_LARGEST_ANSWER = 10_000_000
_PAGE = 100
_MOST_PAGES = 1000
_RENEW_BEFORE = 120.0
"""Seconds before its end that a token is renewed, as Pipedream's own SDK does (section 4.1)."""
_PROJECT_ID = re.compile(r"proj_[A-Za-z0-9]+")
_TOKEN = re.compile(r"[\x21-\x7e]+")
_READABLE_SCOPE = "connect:accounts:read"


class Connect:
    """The accounts of one external user of a Connect project."""

    def __init__(self, project: ConnectProject, key: ClientKey) -> None:
        if not _PROJECT_ID.fullmatch(project.project_id):
            raise RefusedError("The project id should look like proj_abc123: copy it from the project's settings.")
        self._project = project
        self._key = key
        self._token = ""
        self._token_ends = 0.0
        self._http = httpx.AsyncClient(
            base_url=project.url,
            timeout=_TIMEOUT,
            follow_redirects=False,
            verify=ssl.create_default_context() if project.url.startswith("https:") else True,
            trust_env=project.url.startswith("https:"),
            headers={"user-agent": f"pd-lsp/{__version__}"},
        )

    async def accounts(self) -> Accounts:
        """Names of all accounts of the user, over all pages. Raises AccountsError."""
        found: list[Account] = []
        cursor = ""
        for _ in range(_MOST_PAGES):
            query = {"external_user_id": self._project.external_user_id, "limit": str(_PAGE)}
            answer = await self._get("accounts", query | ({"after": cursor} if cursor else {}))
            found += [account for entry in _entries(answer) if (account := account_from(entry))]
            following = _end_cursor(answer)
            if not following or following == cursor:
                return Accounts(tuple(found), complete=True)
            cursor = following
        return Accounts(tuple(found), complete=False)

    async def credentials(self, account: Account, source: str) -> Credentials:
        """The values of `account`. Raises UnreadableTokenError where they are not given out, else AccountsError."""
        if account.dead:
            raise RefusedError(f"The {account.app.name} account “{account.label}” is dead: connect it again.")
        answer = await self._get(f"accounts/{account.id}", {"include_credentials": "true"})
        entry = answer.get("data") if isinstance(answer.get("data"), Mapping) else answer
        values = entry.get("credentials") if isinstance(entry, Mapping) else None
        if not isinstance(values, Mapping) or not values:
            raise UnreadableTokenError(
                f"The token of the {account.app.name} account “{account.label}” can't be read: it was connected "
                "through Pipedream's own OAuth client. Connect it with an OAuth client of your own, or choose another "
                "account."
            )
        return Credentials(source, values)

    def own_secrets(self) -> tuple[Secret, ...]:
        """The client's secret, and the token in use."""
        held = {"pipedream.client_secret": self._key.client_secret, "pipedream.access_token": self._token}
        return tuple(Secret(marker, value) for marker, value in held.items() if value)

    async def close(self) -> None:
        """Closes the connections."""
        await self._http.aclose()

    async def _get(self, path: str, query: Mapping[str, str]) -> Mapping[str, Any]:
        headers = {
            "authorization": f"Bearer {await self._fresh_token()}",
            "x-pd-environment": self._project.environment,
        }
        url = f"/v1/connect/{self._project.project_id}/{path}"
        return await self._send(self._http.build_request("GET", url, params=query, headers=headers))

    async def _fresh_token(self) -> str:
        if time.monotonic() >= self._token_ends - _RENEW_BEFORE:
            answer = await self._send(self._http.build_request("POST", "/v1/oauth/token", json=self._grant()))
            token, lifetime = answer.get("access_token"), answer.get("expires_in")
            if not isinstance(token, str) or not _TOKEN.fullmatch(token) or not isinstance(lifetime, (int, float)):
                raise RefusedError("Pipedream's answer to signing in has another shape than expected: update pd-lsp.")
            self._token, self._token_ends = token, time.monotonic() + lifetime
        return self._token

    def _grant(self) -> Mapping[str, str]:
        return {
            "grant_type": "client_credentials",
            "client_id": self._key.client_id,
            "client_secret": self._key.client_secret,
            "scope": _READABLE_SCOPE,
        }

    async def _send(self, request: httpx.Request) -> Mapping[str, Any]:
        try:
            response = await self._http.send(request, stream=True)
            try:
                body = await _body(response)
            finally:
                await response.aclose()
        except (httpx.HTTPError, OSError) as error:
            advice = "start the sandbox again" if request.url.scheme == "http" else "check the network and try again"
            raise UnreachableError(f"{request.url.host} can't be reached ({type(error).__name__}): {advice}.") from None
        return _document(response.status_code, body)


async def _body(response: httpx.Response) -> bytes:
    body = bytearray()
    async for part in response.aiter_bytes():
        body += part
        if len(body) > _LARGEST_ANSWER:
            raise RefusedError("Pipedream's answer is larger than 10 MB and was not read.")
    return bytes(body)


def _document(status: int, body: bytes) -> Mapping[str, Any]:
    """The JSON of an answer; the text of a refusal is never quoted (D15)."""
    if status == httpx.codes.UNAUTHORIZED:
        raise SignedOutError("Pipedream refused the key: check PIPEDREAM_CLIENT_ID and PIPEDREAM_CLIENT_SECRET.")
    if status == httpx.codes.NOT_FOUND:
        raise RefusedError("Pipedream knows no such project, environment or account: check PIPEDREAM_PROJECT_ID.")
    if not httpx.codes.is_success(status):
        raise RefusedError(f"Pipedream answered with status {status}: try again later.")
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        document = None
    if isinstance(document, list):
        return {"data": document}
    if not isinstance(document, Mapping):
        raise RefusedError("Pipedream's answer is no JSON: is there a proxy or login page in between?")
    return document


def _entries(answer: Mapping[str, Any]) -> list[Any]:
    """The accounts of a page; older answers nest them once more (section 4.3)."""
    data = answer.get("data")
    if isinstance(data, Mapping):
        data = data.get("accounts")
    return data if isinstance(data, list) else []


def _end_cursor(answer: Mapping[str, Any]) -> str:
    page = answer.get("page_info")
    cursor = page.get("end_cursor") if isinstance(page, Mapping) else None
    return cursor if isinstance(cursor, str) else ""
