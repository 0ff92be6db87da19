"""Pipedream's API as far as pd-lsp asks it (docs/platform.md, sections 3 and 4)."""

import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from pd_lsp.sandbox.accounts import ENVIRONMENTS, USER, SandboxAccount
from pd_lsp.sandbox.connected import APPS
from pd_lsp.sandbox.exchange import Answer, Request
from pd_lsp.sandbox.pages import page_of

CLIENT_ID, CLIENT_SECRET, PROJECT = "sandbox-client", "sandbox-client-secret", "proj_sandbox"
TOKEN_LIFETIME = 3600
"""Seconds that an access token is good for (section 4.1)."""
_NOT_FOUND = Answer(404, {"error": "record not found"})
_UNAUTHORIZED = Answer(401, {"error": "Unauthorized"})


@dataclass(slots=True)
class PipedreamApi:
    """The API, and the tokens it has given out."""

    accounts: Sequence[SandboxAccount]
    token_lifetime: int = TOKEN_LIFETIME
    clock: Callable[[], float] = time.monotonic
    _tokens: dict[str, float] = field(default_factory=dict)
    """When each token ends."""

    def answer(self, request: Request) -> Answer:
        """The answer to one request."""
        match request.parts:
            case ["v1", "oauth", "token"]:
                return self._token(request) if request.method == "POST" else _only("POST")
            case ["v1", "oauth", "revoke"]:
                return self._revoke(request) if request.method == "POST" else _only("POST")
        if self._tokens.get(request.bearer, 0.0) <= self.clock():
            return _UNAUTHORIZED
        match request.parts:
            case ["v1", "connect", *rest]:
                return self._connect(request, rest)
        return _NOT_FOUND

    def _token(self, request: Request) -> Answer:
        asked = request.fields()
        if asked.get("grant_type") != "client_credentials":
            return Answer(400, {"error": "unsupported_grant_type"})
        if (asked.get("client_id"), asked.get("client_secret")) != (CLIENT_ID, CLIENT_SECRET):
            return Answer(401, {"error": "invalid_client"})
        token = f"sandbox.{secrets.token_urlsafe(32)}"
        self._tokens[token] = self.clock() + self.token_lifetime
        given = {"access_token": token, "token_type": "Bearer", "expires_in": self.token_lifetime}
        return Answer(200, given | {"created_at": int(time.time())})

    def _revoke(self, request: Request) -> Answer:
        self._tokens.pop(str(request.fields().get("token", "")), None)
        return Answer(200, {})

    def _connect(self, request: Request, rest: list[str]) -> Answer:
        environment = request.headers.get("x-pd-environment", "")
        if not environment:
            return Answer(400, {"error": "x-pd-environment header is required"})
        if environment not in ENVIRONMENTS:
            return _NOT_FOUND
        answer = self._apps(request, rest) if rest[:1] == ["apps"] else self._project(request, rest, environment)
        return _only("GET") if request.method != "GET" and answer is not _NOT_FOUND else answer

    @staticmethod
    def _apps(request: Request, rest: list[str]) -> Answer:
        match rest:
            case ["apps"]:
                wanted = request.query.get("q", "").lower()
                found = [app for app in APPS.values() if wanted in app.name.lower() or wanted in app.slug]
                return page_of(request, [app.as_json() for app in found])
            case ["apps", named]:
                app = next((app for app in APPS.values() if named in (app.slug, app.id)), None)
                return Answer(200, {"data": app.as_json()}) if app else _NOT_FOUND
        return _NOT_FOUND

    def _project(self, request: Request, rest: list[str], environment: str) -> Answer:
        if rest[:1] != [PROJECT]:
            return _NOT_FOUND
        accounts = [account for account in self.accounts if environment in account.environments]
        match rest[1:]:
            case ["accounts"]:
                return page_of(request, _listed(request, accounts, request.query.get("external_user_id", USER)))
            case ["accounts", account_id]:
                found = next((account for account in accounts if account.id == account_id), None)
                return Answer(200, _shown(request, found)) if found else _NOT_FOUND
            case ["users", user, "accounts"]:
                return Answer(200, _listed(request, accounts, user))
        return _NOT_FOUND


def _listed(request: Request, accounts: list[SandboxAccount], user: str) -> list[dict[str, Any]]:
    app = request.query.get("app")
    return [
        _shown(request, account)
        for account in accounts
        if user == USER and app in (None, account.app.slug, account.app.id)
    ]


def _shown(request: Request, account: SandboxAccount) -> dict[str, Any]:
    return account.as_json(with_credentials=request.query.get("include_credentials") in ("true", "1"))


def _only(method: str) -> Answer:
    return Answer(405, {"error": "method not allowed"}, {"Allow": method})
