"""Pipedream's API as far as pd-lsp asks it (docs/platform.md, sections 3 and 4)."""

import base64
import binascii
import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from pd_lsp.sandbox.accounts import APPS, ENVIRONMENTS, USER, SandboxAccount
from pd_lsp.sandbox.exchange import Answer, Request

CLIENT_ID, CLIENT_SECRET, PROJECT = "sandbox-client", "sandbox-client-secret", "proj_sandbox"
TOKEN_LIFETIME = 3600
_DEFAULT_PAGE, _LARGEST_PAGE = 10, 100
_NOT_FOUND = Answer(404, {"error": "record not found"})


@dataclass(slots=True)
class PipedreamApi:
    """The API, and the tokens it has given out."""

    accounts: Sequence[SandboxAccount]
    clock: Callable[[], float] = time.monotonic
    _tokens: dict[str, float] = field(default_factory=dict)

    def answer(self, request: Request) -> Answer:
        """The answer to one request."""
        match request.method, request.path.rstrip("/").split("/")[1:]:
            case "POST", ["v1", "oauth", "token"]:
                return self._token(request)
            case "POST", ["v1", "oauth", "revoke"]:
                self._tokens.pop(str(request.fields().get("token", "")), None)
                return Answer(200, {})
            case _, ["v1", "oauth", "token" | "revoke"]:
                return Answer(405, {"error": "method not allowed"})
        if self._tokens.get(request.bearer, 0.0) < self.clock():
            return Answer(401, {"error": "Unauthorized"})
        return self._authorised(request)

    def _token(self, request: Request) -> Answer:
        asked = request.fields()
        if asked.get("grant_type") != "client_credentials":
            return Answer(400, {"error": "unsupported_grant_type"})
        if (asked.get("client_id"), asked.get("client_secret")) != (CLIENT_ID, CLIENT_SECRET):
            return Answer(401, {"error": "invalid_client"})
        token = f"sandbox.{secrets.token_urlsafe(32)}"
        self._tokens[token] = self.clock() + TOKEN_LIFETIME
        return Answer(200, {"access_token": token, "token_type": "Bearer", "expires_in": TOKEN_LIFETIME})

    def _authorised(self, request: Request) -> Answer:
        if request.method != "GET":
            return Answer(405, {"error": "method not allowed"})
        match request.path.rstrip("/").split("/")[1:]:
            case ["v1", "connect", "apps"]:
                wanted = request.query.get("q", "").lower()
                found = [app for app in APPS.values() if wanted in app.name.lower() or wanted in app.slug]
                return _page(request, [app.as_json() for app in found])
            case ["v1", "connect", "apps", named]:
                app = next((app for app in APPS.values() if named in (app.slug, app.as_json()["id"])), None)
                return Answer(200, {"data": app.as_json()}) if app else _NOT_FOUND
            case ["v1", "connect", project, *rest]:
                return self._in_project(request, project, rest)
        return _NOT_FOUND

    def _in_project(self, request: Request, project: str, rest: list[str]) -> Answer:
        environment = request.headers.get("x-pd-environment", "")
        if not environment:
            return Answer(400, {"error": "x-pd-environment header is required"})
        if project != PROJECT or environment not in ENVIRONMENTS:
            return _NOT_FOUND
        with_credentials = request.query.get("include_credentials") in ("true", "1")
        accounts = [account for account in self.accounts if environment in account.environments]
        match rest:
            case ["accounts"]:
                user = request.query.get("external_user_id", USER)
                return _page(request, self._listed(request, accounts, user, with_credentials))
            case ["accounts", account_id]:
                found = next((account for account in accounts if account.id == account_id), None)
                return Answer(200, found.as_json(with_credentials=with_credentials)) if found else _NOT_FOUND
            case ["users", user, "accounts"]:
                return Answer(200, self._listed(request, accounts, user, with_credentials))
        return _NOT_FOUND

    @staticmethod
    def _listed(
        request: Request, accounts: list[SandboxAccount], user: str, with_credentials: bool
    ) -> list[dict[str, Any]]:
        app = request.query.get("app")
        return [
            account.as_json(with_credentials=with_credentials)
            for account in accounts
            if user == USER and app in (None, account.app.slug, account.app.as_json()["id"])
        ]


def _page(request: Request, items: list[dict[str, Any]]) -> Answer:
    """One page of `items`; the cursor is the id of an item, and empty on the last page (section 4.3)."""
    limit = request.query.get("limit", str(_DEFAULT_PAGE))
    size = min(max(int(limit), 1), _LARGEST_PAGE) if limit.isdigit() else _DEFAULT_PAGE
    after = _decoded(request.query.get("after", ""))
    start = next((place + 1 for place, item in enumerate(items) if item["id"] == after), 0)
    page = items[start : start + size]
    more = start + size < len(items)
    info = {
        "total_count": len(items),
        "count": len(page),
        "start_cursor": _encoded(page[0]["id"]) if page else "",
        "end_cursor": _encoded(page[-1]["id"]) if page and more else "",
    }
    return Answer(200, {"page_info": info, "data": page})


def _encoded(item_id: str) -> str:
    return base64.urlsafe_b64encode(item_id.encode()).decode().rstrip("=")


def _decoded(cursor: str) -> str:
    try:
        return base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except (binascii.Error, ValueError):
        return ""
