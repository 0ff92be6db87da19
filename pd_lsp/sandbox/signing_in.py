"""Access tokens of the API, given out for a client's id and secret (docs/platform.md, section 4.1)."""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from pd_lsp.sandbox.answers import refused
from pd_lsp.sandbox.exchange import Answer, Request

CLIENT_ID, CLIENT_SECRET = "sandbox-client", "sandbox-client-secret"
API_KEY = "sandbox-user-api-key"
"""Opens the older API (section 3)."""
TOKEN_LIFETIME = 3600
"""Seconds that a token is good for."""


@dataclass(frozen=True, slots=True)
class AccessToken:
    """What a token opens, and until when."""

    ends: float
    scopes: frozenset[str]


@dataclass(slots=True)
class AccessTokens:
    """The tokens that were given out."""

    lifetime: int = TOKEN_LIFETIME
    clock: Callable[[], float] = time.monotonic
    client_secret: str = CLIENT_SECRET
    _given: dict[str, AccessToken] = field(default_factory=dict)

    def create(self, request: Request) -> Answer:
        """The answer to `POST /v1/oauth/token`."""
        asked = request.fields()
        if asked.get("grant_type") != "client_credentials":
            return refused("unsupported_grant_type")
        if (asked.get("client_id"), asked.get("client_secret")) != (CLIENT_ID, self.client_secret):
            return refused("invalid_client", 401)
        token = f"sandbox.{secrets.token_urlsafe(32)}"
        scopes = frozenset(str(asked.get("scope") or "*").split())
        self._given[token] = AccessToken(self.clock() + self.lifetime, scopes)
        given = {"access_token": token, "token_type": "Bearer", "expires_in": self.lifetime}
        return Answer(200, given | {"created_at": int(time.time())})

    def revoke(self, request: Request) -> Answer:
        """The answer to `POST /v1/oauth/revoke`."""
        self._given.pop(str(request.fields().get("token", "")), None)
        return Answer(200, {})

    def scopes(self, bearer: str) -> frozenset[str] | None:
        """What the token opens; None where it is none, or has ended."""
        token = self._given.get(bearer)
        return token.scopes if token and token.ends > self.clock() else None

    def expire(self) -> None:
        """Ends all of them now."""
        self._given.clear()
