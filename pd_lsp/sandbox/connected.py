"""Which accounts are connected in the sandbox from the start."""

import random
from collections.abc import Mapping
from typing import Any

from pd_lsp.sandbox.accounts import COLLEAGUE, SandboxAccount
from pd_lsp.sandbox.directory import APPS
from pd_lsp.sandbox.invented import credentials_of

_COLLEAGUE: Mapping[str, Any] = {"external_user": COLLEAGUE}

_CONNECTED: tuple[tuple[str, str, str, Mapping[str, Any]], ...] = (
    ("apn_slackv2team", "slack_v2", "Team workspace", {}),
    ("apn_slackteam", "slack", "Team workspace", {}),
    ("apn_githubwork", "github", "octo-work", {}),
    ("apn_githubhome", "github", "octo-home", {}),
    ("apn_gitlabmain", "gitlab", "tanuki", {}),
    ("apn_openaikey", "openai", "Team key", {}),
    ("apn_notionteam", "notion", "Team pages", {}),
    ("apn_sheetsteam", "google_sheets", "team@example.com", {}),
    ("apn_mastodonme", "mastodon", "@me", {}),
    ("apn_discordbot", "discord_bot", "Helper bot", {}),
    ("apn_supabase1", "supabase", "Main project", {}),
    ("apn_airtable1", "airtable_oauth", "Bases", {}),
    ("apn_airtableold", "airtable_oauth", "Bases (revoked)", {"dead": True}),
    ("apn_calendar1", "google_calendar", "team@example.com", {"readable": False}),
    ("apn_linearkey", "linear_app", "Team key", {"healthy": False}),
    ("apn_spotifylate", "spotify", "team@example.com", {"expired": True}),
    ("apn_githubcolleague", "github", "octo-colleague", _COLLEAGUE),
    ("apn_linearcolleague", "linear_app", "Colleague's key", _COLLEAGUE),
    ("apn_spotifycolleague", "spotify", "colleague@example.com", _COLLEAGUE),
    ("apn_openaiprod", "openai", "Production key", {"environment": "production"}),
    ("apn_githubprod", "github", "octo-colleague", {**_COLLEAGUE, "environment": "production"}),
)
"""Id, app and name of each, and what is special about it."""


def connected(chance: random.Random) -> list[SandboxAccount]:
    """All of them, with values that `chance` invents."""
    return [
        SandboxAccount(id_, APPS[app], name, credentials_of(APPS[app], chance), **special)
        for id_, app, name, special in _CONNECTED
    ]
