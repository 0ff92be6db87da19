"""Pipedream Connect (docs/platform.md, section 4)."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeVar

from pd_lsp.accounts.api_client import ApiClient, Patience
from pd_lsp.accounts.names import account_from
from pd_lsp.accounts.provider import RefusedError, RejectedKeyError, UnreadableTokenError
from pd_lsp.accounts.sign_in import ClientKey
from pd_lsp.credentials import Credentials, Secret
from pd_lsp.model import Account, Accounts
from pd_lsp.settings import ConnectProject

T = TypeVar("T")

_PAGE = 100
_MOST_PAGES = 1000
_RENEW_BEFORE = 120.0
"""Seconds before its end that a token is renewed, as Pipedream's own SDK does (section 4.1)."""
_PROJECT_ID = re.compile(r"proj_[A-Za-z0-9]+")
_ENVIRONMENTS = ("development", "production")
_TOKEN = re.compile(r"[\x21-\x7e]+")
_READING, _LINKING = "connect:accounts:read", "connect:tokens:create"
"""The narrowest scopes for what is done (D5)."""


class Connect:
    """The accounts of one external user of a Connect project."""

    def __init__(self, project: ConnectProject, key: ClientKey, patience: Patience | None = None) -> None:
        """Raises RefusedError for a project that can't be one; asks nobody yet."""
        if not _PROJECT_ID.fullmatch(project.project_id):
            raise RefusedError("The project id should look like proj_abc123: copy it from the project's settings.")
        if project.environment not in _ENVIRONMENTS:
            raise RefusedError(
                "The environment of the project is neither development nor production: name one of them."
            )
        self._project = project
        self._key = key
        self._clock = (patience or Patience()).clock
        self._api = ApiClient(project.url, patience)
        self._token = ""
        self._token_ends = 0.0
        self._renewing = asyncio.Lock()
        self._rejected: RejectedKeyError | None = None
        """Set once the service has refused the key twice: nobody is asked again until the person acts (D22)."""

    async def accounts(self) -> Accounts:
        """Names of all accounts of the user, over all pages. Raises AccountsError."""
        found: list[Account] = []
        cursor = ""
        for _ in range(_MOST_PAGES):
            query = {"external_user_id": self._project.external_user_id, "limit": str(_PAGE)}
            answer = await self._get("accounts", query | ({"after": cursor} if cursor else {}))
            environment = self._project.environment
            found += [account for entry in _entries(answer) if (account := account_from(entry, environment))]
            following = _end_cursor(answer)
            if not following or following == cursor:
                return Accounts(tuple(found), complete=True)
            cursor = following
        return Accounts(tuple(found), complete=False)

    async def credentials(self, account: Account, source: str) -> Credentials:
        """The values of `account`. Raises UnreadableTokenError where they are not given out, else AccountsError."""
        if account.dead:
            raise RefusedError(f"The {account.app.name} account “{account.label}” is dead: connect it again.")
        answer = await self._get(f"accounts/{account.id}", {"include_credentials": "true"}, tries=2)
        entry = answer.get("data") if isinstance(answer.get("data"), Mapping) else answer
        values = entry.get("credentials") if isinstance(entry, Mapping) else None
        if not isinstance(values, Mapping) or not values:
            raise UnreadableTokenError(
                f"The token of the {account.app.name} account “{account.label}” can't be read: it was connected "
                "through Pipedream's own OAuth client. Connect it with an OAuth client of your own, or choose another "
                "account."
            )
        return Credentials(source, values)

    async def connect_link(self, app: str) -> str:
        """A page on which the person connects an account of `app`, good once and for four hours (section 4.6)."""
        token = await self._fresh_token(_LINKING)
        path = f"/v1/connect/{self._project.project_id}/tokens"
        asked = {"external_user_id": self._project.external_user_id}
        answer = await self._api.post(path, asked, self._headers(token))
        link = answer.get("connect_link_url")
        if not isinstance(link, str) or not link.startswith("https://pipedream.com/"):
            raise RefusedError("Pipedream's answer names no page to connect on: update pd-lsp, or connect on the web.")
        return f"{link}&app={app}"

    async def accounts_of_steps(self, workflow_id: str) -> dict[str, dict[str, str]]:  # noqa: ARG002 - the protocol's words
        """Connect knows no workflows."""
        return {}

    def own_secrets(self) -> tuple[Secret, ...]:
        """The client's secret, and the token in use."""
        held = {"pipedream.client_secret": self._key.held, "pipedream.access_token": self._token}
        return tuple(Secret(marker, value) for marker, value in held.items() if value)

    async def close(self) -> None:
        """Closes the connections."""
        await self._api.close()

    async def _get(self, path: str, query: Mapping[str, str], *, tries: int = 3) -> Mapping[str, Any]:
        url = f"/v1/connect/{self._project.project_id}/{path}"
        return await self._with_token(lambda token: self._api.get(url, query, self._headers(token), tries=tries))

    def _headers(self, token: str) -> dict[str, str]:
        return {"authorization": f"Bearer {token}", "x-pd-environment": self._project.environment}

    async def _with_token(self, ask: Callable[[str], Awaitable[T]]) -> T:
        """Asks with the token; where it is refused, once more with a new one."""
        token = await self._current_token()
        try:
            return await ask(token)
        except RejectedKeyError:
            if token == self._token:  # nobody has renewed it meanwhile
                self._token_ends = 0.0
        try:
            return await ask(await self._current_token())
        except RejectedKeyError as error:
            self._rejected = error
            raise

    async def _current_token(self) -> str:
        """The token, renewed where it is about to end; all who wait wait for one renewal."""
        async with self._renewing:
            if self._rejected:
                raise RejectedKeyError(str(self._rejected))
            if self._clock() >= self._token_ends - _RENEW_BEFORE:
                self._token = await self._fresh_token(_READING)
            return self._token

    async def _fresh_token(self, scope: str) -> str:
        if self._key.access_token:
            return self._key.access_token
        secret = await self._key.secret()
        grant = {"grant_type": "client_credentials", "client_id": self._key.client_id, "client_secret": secret}
        answer = await self._api.post("/v1/oauth/token", {**grant, "scope": scope}, tries=2)
        token, lifetime = answer.get("access_token"), answer.get("expires_in")
        if not isinstance(token, str) or not _TOKEN.fullmatch(token) or not isinstance(lifetime, (int, float)):
            raise RefusedError("Pipedream's answer to signing in has another shape than expected: update pd-lsp.")
        if scope == _READING:
            self._token_ends = self._clock() + lifetime
        return token


def _entries(answer: Mapping[str, Any]) -> list[Any]:
    """The accounts of a page; older answers nest them once more (section 4.3)."""
    data = answer.get("data")
    if isinstance(data, Mapping):
        data = data.get("accounts")
    if not isinstance(data, list):
        raise RefusedError("Pipedream's list of accounts has another shape than expected: update pd-lsp.")
    return data


def _end_cursor(answer: Mapping[str, Any]) -> str:
    page = answer.get("page_info")
    cursor = page.get("end_cursor") if isinstance(page, Mapping) else None
    return cursor if isinstance(cursor, str) else ""
