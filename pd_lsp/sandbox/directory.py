"""The apps that can be connected in the sandbox, as the API describes them (docs/platform.md, section 4.5)."""

import json
from dataclasses import dataclass
from typing import Any

CATEGORIES = ("Communication", "Developer Tools", "Artificial Intelligence", "Productivity", "Marketing", "Databases")


@dataclass(frozen=True, slots=True)
class SandboxApp:
    """An app, and what its accounts have."""

    slug: str
    name: str
    oauth: bool
    category: str = "Productivity"
    fields: tuple[str, ...] = ()
    """The app's own fields, beside those that every OAuth account has."""
    plain: tuple[str, ...] = ()
    """Those of them that are no secrets."""
    expiring: bool = False
    """Whether its access tokens end after an hour, and Pipedream renews them."""
    actions: bool = True
    triggers: bool = True
    weight: int = 1
    """Pipedream's rough measure of how popular it is."""

    @property
    def id(self) -> str:
        """The id of the app."""
        return f"app_{self.slug.replace('_', '')}"

    @property
    def oauth_app_id(self) -> str | None:
        """The id of Pipedream's own OAuth client for the app."""
        return f"oa_{self.slug.replace('_', '')}" if self.oauth else None

    @property
    def own_oauth_app_id(self) -> str | None:
        """The id of the OAuth client that the sandbox's owner has registered for the app."""
        return f"oa_own{self.slug.replace('_', '')}" if self.oauth else None

    def as_json(self) -> dict[str, Any]:
        """The app as accounts show theirs, with the keys of section 4.3."""
        return {
            "id": self.id,
            "name_slug": self.slug,
            "name": self.name,
            "auth_type": "oauth" if self.oauth else "keys",
            "description": f"{self.name}, as the sandbox has it",
            "img_src": f"https://assets.pipedream.net/{self.slug}.svg",
            "custom_fields_json": json.dumps([self._field(name) for name in self.fields]),
            "categories": [self.category],
            "featured_weight": self.weight,
            "scope_profiles": [],
        }

    def _field(self, name: str) -> dict[str, Any]:
        return {
            "name": name,
            "label": name.replace("_", " ").capitalize(),
            "description": None,
            "default": None,
            "optional": None,
            "type": "string" if name in self.plain else "password",
        }


def category_json(name: str) -> dict[str, str]:
    """A category, as `GET /v1/connect/app_categories` has it."""
    return {"id": category_id(name), "name": name, "description": f"Apps for {name.lower()}"}


def category_id(name: str) -> str:
    """The id of a category."""
    return f"cat_{name.replace(' ', '').lower()}"


APPS = {
    app.slug: app
    for app in (
        SandboxApp(
            "slack_v2", "Slack", True, "Communication", fields=("bot_token", "base_url"), plain=("base_url",), weight=90
        ),
        SandboxApp("slack", "Slack (legacy)", True, "Communication", weight=40),
        SandboxApp("github", "GitHub", True, "Developer Tools", weight=80),
        SandboxApp(
            "gitlab", "GitLab", True, "Developer Tools", ("base_api_url",), ("base_api_url",), expiring=True, weight=50
        ),
        SandboxApp("openai", "OpenAI", False, "Artificial Intelligence", ("api_key",), triggers=False, weight=95),
        SandboxApp("notion", "Notion", True, weight=85),
        SandboxApp("google_sheets", "Google Sheets", True, expiring=True, weight=99),
        SandboxApp("google_calendar", "Google Calendar", True, expiring=True, weight=75),
        SandboxApp("mastodon", "Mastodon", False, "Marketing", ("access_token", "site_domain"), ("site_domain",)),
        SandboxApp("discord_bot", "Discord Bot", False, "Communication", ("bot_token",), weight=60),
        SandboxApp("supabase", "Supabase", False, "Databases", ("subdomain", "service_key"), ("subdomain",), weight=45),
        SandboxApp("airtable_oauth", "Airtable", True, "Databases", expiring=True, weight=70),
        SandboxApp("linear_app", "Linear (API key)", False, "Developer Tools", ("api_key",), weight=30),
        SandboxApp("spotify", "Spotify", True, "Marketing", expiring=True, actions=False, triggers=False, weight=20),
    )
}
