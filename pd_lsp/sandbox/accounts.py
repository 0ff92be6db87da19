"""An app and a connected account, as the API shows them (docs/platform.md, sections 4.3 to 4.5)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

ENVIRONMENTS = ("development", "production")
USER = "sandbox-user"


@dataclass(frozen=True, slots=True)
class SandboxApp:
    """An app as the API describes it (docs/platform.md, section 4.5)."""

    slug: str
    name: str
    oauth: bool
    fields: tuple[str, ...] = ()
    """The app's own fields, beside those that every OAuth account has."""
    expiring: bool = False
    """Whether its access tokens end after an hour, and Pipedream renews them."""

    @property
    def id(self) -> str:
        """The id of the app."""
        return f"app_{self.slug.replace('_', '')}"

    def as_json(self) -> dict[str, Any]:
        """The app, with the keys of section 4.3."""
        fields = [
            {
                "name": name,
                "label": name.replace("_", " ").capitalize(),
                "description": None,
                "default": None,
                "optional": None,
            }
            | {"type": "string" if name in _PLAIN_FIELDS else "password"}
            for name in self.fields
        ]
        return {
            "id": self.id,
            "name_slug": self.slug,
            "name": self.name,
            "auth_type": "oauth" if self.oauth else "keys",
            "description": f"{self.name}, as the sandbox has it",
            "img_src": f"https://assets.pipedream.net/{self.slug}.svg",
            "custom_fields_json": json.dumps(fields),
            "categories": [],
            "featured_weight": 1,
            "scope_profiles": [],
        }


_PLAIN_FIELDS = ("base_api_url", "base_url", "site_domain", "subdomain")
_CREATED, _DIED = "2026-01-05T10:00:00.000Z", "2026-01-05T11:00:00.000Z"


@dataclass(frozen=True, slots=True)
class SandboxAccount:
    """A connected account and what it holds."""

    id: str
    app: SandboxApp
    name: str
    credentials: Mapping[str, str]
    dead: bool = False
    readable: bool = True
    """False for one made with Pipedream's own OAuth client: its credentials are never given out (section 4.4)."""
    environments: tuple[str, ...] = ENVIRONMENTS[:1]

    def as_json(self, *, with_credentials: bool) -> dict[str, Any]:
        """The account, with the keys of section 4.3."""
        account: dict[str, Any] = {
            "id": self.id,
            "name": self.name,
            "external_id": USER,
            "healthy": not self.dead,
            "dead": self.dead,
            "app": self.app.as_json(),
            "created_at": _CREATED,
            "updated_at": _CREATED,
            "authorized_scopes": [],
            "error": "The refresh token was revoked." if self.dead else None,
            **self._renewals(datetime.now(timezone.utc)),
        }
        if with_credentials and self.readable:
            account["credentials"] = dict(self.credentials)
        return account

    def _renewals(self, now: datetime) -> dict[str, str | None]:
        """When its token was renewed and ends: always ten minutes ago, for as long as the account lives."""
        if not self.app.expiring:
            return {"expires_at": None, "last_refreshed_at": None, "next_refresh_at": None}
        if self.dead:
            return {"expires_at": _DIED, "last_refreshed_at": _CREATED, "next_refresh_at": None}
        return {
            "expires_at": _timestamp(now + timedelta(minutes=50)),
            "last_refreshed_at": _timestamp(now - timedelta(minutes=10)),
            "next_refresh_at": _timestamp(now + timedelta(minutes=45)),
        }


def _timestamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")
