"""A connected account, as the API shows it (docs/platform.md, sections 4.3 and 4.4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

from pd_lsp.sandbox.directory import SandboxApp

ENVIRONMENTS = ("development", "production")
USER, COLLEAGUE = "sandbox-user", "sandbox-colleague"
"""The external users that have accounts from the start."""

CREATED, _DIED = "2026-01-05T10:00:00.000Z", "2026-01-05T11:00:00.000Z"


@dataclass(frozen=True, slots=True)
class SandboxAccount:
    """A connected account and what it holds."""

    id: str
    app: SandboxApp
    name: str
    credentials: Mapping[str, str]
    dead: bool = False
    healthy: bool = True
    """False where the last test request or renewal failed; Pipedream tries again, so it is not dead for that."""
    expired: bool = False
    """Whether the access token that it has ended an hour ago."""
    readable: bool = True
    """False for one made with Pipedream's own OAuth client: its credentials are never given out (section 4.4)."""
    environment: str = ENVIRONMENTS[0]
    external_user: str = USER
    created: str = CREATED

    @property
    def accepted(self) -> bool:
        """Whether the app itself still takes its credentials."""
        return self.healthy and not self.dead and not self.expired

    @property
    def oauth_app_id(self) -> str | None:
        """The OAuth client that it was connected through."""
        return self.app.own_oauth_app_id if self.readable else self.app.oauth_app_id

    def as_json(self, *, with_credentials: bool) -> dict[str, Any]:
        """The account, with the keys of section 4.3."""
        account: dict[str, Any] = {
            "id": self.id,
            "name": self.name or None,
            "external_id": self.external_user,
            "healthy": self.healthy and not self.dead,
            "dead": self.dead,
            "app": self.app.as_json(),
            "created_at": self.created,
            "updated_at": self.created,
            "authorized_scopes": [],
            "error": self._error(),
            **self.renewals(datetime.now(timezone.utc)),
        }
        if with_credentials and self.readable:
            account["credentials"] = dict(self.credentials)
        return account

    def renewals(self, now: datetime) -> dict[str, str | None]:
        """When its token was renewed and ends: always ten minutes ago, for as long as the account lives."""
        if not self.app.expiring:
            return {"expires_at": None, "last_refreshed_at": None, "next_refresh_at": None}
        if self.dead:
            return {"expires_at": _DIED, "last_refreshed_at": CREATED, "next_refresh_at": None}
        renewed = now - timedelta(minutes=130 if self.expired else 10)
        return {
            "expires_at": timestamp(renewed + timedelta(minutes=60)),
            "last_refreshed_at": timestamp(renewed),
            "next_refresh_at": timestamp(renewed + timedelta(minutes=55)),
        }

    def _error(self) -> str | None:
        if self.dead:
            return "The refresh token was revoked."
        return None if self.healthy else "The test request was answered with status 401."


def timestamp(moment: datetime) -> str:
    """A moment as the API writes it."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")
