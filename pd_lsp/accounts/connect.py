"""Pipedream Connect (docs/platform.md, section 4)."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeVar
from urllib.parse import quote

from pd_lsp.accounts.answers import refuse_in_vain, values_in
from pd_lsp.accounts.api_client import ApiClient, Patience
from pd_lsp.accounts.listing import Listing
from pd_lsp.accounts.names import account_from
from pd_lsp.accounts.provider import (
    BadQuestionError,
    ForbiddenError,
    GoneError,
    RefusedError,
    RejectedKeyError,
    UnreadableTokenError,
)
from pd_lsp.accounts.sign_in import ClientKey
from pd_lsp.credentials import Credentials, Secret
from pd_lsp.model import Account, Accounts
from pd_lsp.settings import ConnectProject

T = TypeVar("T")

_RENEW_BEFORE = 120.0
"""Seconds before its end that a token is renewed, as Pipedream's own SDK does (section 4.1)."""
_PROJECT_ID = re.compile(r"proj_[A-Za-z0-9]+")
_ENVIRONMENTS = ("development", "production")
_WORD = re.compile(r"[\x21-\x7e]+")
_LONGEST_LIFE = 31_536_000
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
        self._api = ApiClient(project.url, patience)
        self._clock = self._api.patience.clock
        self._listing = Listing(self._api, self._page)
        self._token = ""
        self._renew_at = 0.0
        self._renewing = asyncio.Lock()
        self._rejected = ""
        """Why the service refused the key, once that is certain: nobody is asked again until the person acts (D22)."""

    async def accounts(self) -> Accounts:
        """Names of all accounts of the user, over all pages. Raises AccountsError."""
        listed = await self._listing.read(self._clock() + self._api.patience.altogether)
        return listed.accounts(account_from(entry, self._project.environment) for entry in listed.entries)

    async def credentials(self, account: Account, source: str) -> Credentials:
        """The values of `account`. Raises UnreadableTokenError where they are not given out, else AccountsError."""
        refuse_in_vain(account)
        try:
            answer = await self._api.in_time(
                self._get(f"accounts/{account.id}", {"include_credentials": "true"}, tries=2)
            )
        except GoneError:
            raise GoneError(
                f"The {account.app.name} account “{account.label}” is no longer in the project: refresh the accounts, "
                "or connect it again."
            ) from None
        values = values_in(answer)
        if not values:
            raise UnreadableTokenError(
                f"The token of the {account.app.name} account “{account.label}” can't be read: it was connected "
                "through Pipedream's own OAuth client. Connect it with an OAuth client of your own, or choose another "
                "account."
            )
        return Credentials(source, values)

    async def connect_link(self, app: str) -> str:
        """A page on which the person connects an account of `app`, good once and for four hours (section 4.6)."""
        answer = await self._api.in_time(self._connect_token())
        link = answer.get("connect_link_url")
        if not isinstance(link, str) or not link.startswith("https://pipedream.com/") or not _WORD.fullmatch(link):
            raise RefusedError("Pipedream's answer names no page to connect on: update pd-lsp, or connect on the web.")
        return f"{link}{'&' if '?' in link else '?'}app={quote(app, safe='')}"

    async def accounts_of_steps(self, workflow_id: str) -> dict[str, dict[str, str]]:  # noqa: ARG002 - the protocol's words
        """Connect knows no workflows."""
        return {}

    def own_secrets(self) -> tuple[Secret, ...]:
        """The client's secret, and the token in use."""
        token = self._token or self._key.access_token
        held = {"pipedream.client_secret": self._key.held, "pipedream.access_token": token}
        return tuple(Secret(marker, value) for marker, value in held.items() if value)

    async def close(self) -> None:
        """Closes the connections."""
        await self._api.close()

    async def _page(self, query: dict[str, str]) -> Mapping[str, Any]:
        try:
            return await self._get("accounts", {"external_user_id": self._project.external_user_id, **query})
        except GoneError:
            raise GoneError(
                f"Pipedream knows no such project as {self._project.project_id} with an environment "
                f"{self._project.environment}: compare it with `pd-lsp whoami`, and sign in again with `pd-lsp login`."
            ) from None

    async def _get(self, path: str, query: Mapping[str, str], *, tries: int = 3) -> Mapping[str, Any]:
        url = f"/v1/connect/{self._project.project_id}/{path}"
        try:
            return await self._with_token(lambda token: self._api.get(url, query, self._headers(token), tries=tries))
        except ForbiddenError:
            raise _needs_scope("read accounts", _READING) from None

    async def _connect_token(self) -> Mapping[str, Any]:
        path = f"/v1/connect/{self._project.project_id}/tokens"
        asked = {"external_user_id": self._project.external_user_id}
        try:
            token, _ = await self._granted(_LINKING)
            return await self._api.post(path, asked, self._headers(token))
        except ForbiddenError:
            raise _needs_scope("connect accounts", _LINKING) from None
        except RejectedKeyError:
            raise RejectedKeyError(self._key.refused) from None
        except GoneError:
            raise GoneError(
                f"Pipedream knows no such project as {self._project.project_id}: compare it with `pd-lsp whoami`."
            ) from None

    def _headers(self, token: str) -> dict[str, str]:
        return {"authorization": f"Bearer {token}", "x-pd-environment": self._project.environment}

    async def _with_token(self, ask: Callable[[str], Awaitable[T]]) -> T:
        """Asks with the token; where it is refused, once more with a new one."""
        token = await self._current_token()
        try:
            return await ask(token)
        except RejectedKeyError:
            if self._key.access_token:
                raise self._refused() from None
            if token == self._token:  # nobody has renewed it meanwhile
                self._renew_at = 0.0
        token = await self._current_token()
        try:
            return await ask(token)
        except RejectedKeyError:
            raise self._refused() from None

    def _refused(self) -> RejectedKeyError:
        self._rejected = self._key.refused
        return RejectedKeyError(self._rejected)

    async def _current_token(self) -> str:
        """The token, renewed where it is about to end; all who wait wait for one renewal."""
        async with self._renewing:
            if self._rejected:
                raise RejectedKeyError(self._rejected)
            if self._clock() >= self._renew_at:
                await self._renew()
            return self._token

    async def _renew(self) -> None:
        if self._key.access_token:
            self._token = self._key.checked_access_token()
            return
        began = self._clock()
        try:
            self._token, lifetime = await self._granted(_READING)
        except RejectedKeyError:
            raise self._refused() from None
        self._renew_at = began + max(lifetime - _RENEW_BEFORE, lifetime / 2)

    async def _granted(self, scope: str) -> tuple[str, float]:
        """A new token for `scope`, and for how many seconds it is good."""
        if self._key.access_token:
            return self._key.checked_access_token(), 0.0
        secret = await self._key.secret()
        grant = {"grant_type": "client_credentials", "client_id": self._key.client_id, "client_secret": secret}
        try:
            answer = await self._api.post("/v1/oauth/token", {**grant, "scope": scope}, tries=2)
        except (BadQuestionError, GoneError):
            raise RefusedError(
                f"Pipedream gives the OAuth client no token: look whether its id is right, and add the scope {scope}."
            ) from None
        token, lifetime = answer.get("access_token"), answer.get("expires_in")
        if not isinstance(token, str) or not _WORD.fullmatch(token) or not isinstance(lifetime, (int, float)):
            raise RefusedError("Pipedream's answer to signing in has another shape than expected: update pd-lsp.")
        return token, min(lifetime, _LONGEST_LIFE)


def _needs_scope(what: str, scope: str) -> ForbiddenError:
    return ForbiddenError(f"The key may not {what}: give its OAuth client the scope {scope}.")
