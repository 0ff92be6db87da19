"""Which accounts are connected in the sandbox, with values that are invented anew at each start."""

import random

from pd_lsp.sandbox.accounts import SandboxAccount, SandboxApp

APPS = {
    app.slug: app
    for app in (
        SandboxApp("slack_v2", "Slack", oauth=True, fields=("bot_token", "base_url")),
        SandboxApp("slack", "Slack (legacy)", oauth=True),
        SandboxApp("github", "GitHub", oauth=True),
        SandboxApp("gitlab", "GitLab", oauth=True, fields=("base_api_url",), expiring=True),
        SandboxApp("openai", "OpenAI", oauth=False, fields=("api_key",)),
        SandboxApp("notion", "Notion", oauth=True),
        SandboxApp("google_sheets", "Google Sheets", oauth=True, expiring=True),
        SandboxApp("google_calendar", "Google Calendar", oauth=True, expiring=True),
        SandboxApp("mastodon", "Mastodon", oauth=False, fields=("access_token", "site_domain")),
        SandboxApp("discord_bot", "Discord Bot", oauth=False, fields=("bot_token",)),
        SandboxApp("supabase", "Supabase", oauth=False, fields=("subdomain", "service_key")),
        SandboxApp("airtable_oauth", "Airtable", oauth=True, expiring=True),
    )
}

# id, app, label
_CONNECTED = (
    ("apn_slackv2team", "slack_v2", "Team workspace"),
    ("apn_slackteam", "slack", "Team workspace"),
    ("apn_githubwork", "github", "octo-work"),
    ("apn_githubhome", "github", "octo-home"),
    ("apn_gitlabmain", "gitlab", "tanuki"),
    ("apn_openaikey", "openai", "Team key"),
    ("apn_notionteam", "notion", "Team pages"),
    ("apn_sheetsteam", "google_sheets", "team@example.com"),
    ("apn_mastodonme", "mastodon", "@me"),
    ("apn_discordbot", "discord_bot", "Helper bot"),
    ("apn_supabase1", "supabase", "Main project"),
    ("apn_airtable1", "airtable_oauth", "Bases"),
)
_DEAD = ("apn_airtableold", "airtable_oauth", "Bases (revoked)")
_UNREADABLE = ("apn_calendar1", "google_calendar", "team@example.com")


def connected(seed: int | None) -> tuple[SandboxAccount, ...]:
    """All accounts, with values from `seed`, or with others at each call."""
    chance = random.SystemRandom() if seed is None else random.Random(seed)  # noqa: S311 - a seed is for tests
    living = [SandboxAccount(id_, APPS[app], name, _credentials(APPS[app], chance)) for id_, app, name in _CONNECTED]
    production = [
        SandboxAccount(
            "apn_openaiprod",
            APPS["openai"],
            "Production key",
            _credentials(APPS["openai"], chance),
            environments=("production",),
        )
    ]
    dead = SandboxAccount(_DEAD[0], APPS[_DEAD[1]], _DEAD[2], _credentials(APPS[_DEAD[1]], chance), dead=True)
    unreadable = SandboxAccount(
        _UNREADABLE[0], APPS[_UNREADABLE[1]], _UNREADABLE[2], _credentials(APPS[_UNREADABLE[1]], chance), readable=False
    )
    return (*living, dead, unreadable, *production)


_PREFIXES = {
    ("slack", "oauth_access_token"): "xoxp-sandbox-",
    ("slack_v2", "oauth_access_token"): "xoxp-sandbox-",
    ("slack_v2", "bot_token"): "xoxb-sandbox-",
    ("github", "oauth_access_token"): "gho_sandbox",
    ("gitlab", "oauth_access_token"): "glpat-sandbox-",
    ("openai", "api_key"): "sk-sandbox-",
    ("notion", "oauth_access_token"): "ntn_sandbox",
    ("google_sheets", "oauth_access_token"): "ya29.sandbox-",
    ("google_calendar", "oauth_access_token"): "ya29.sandbox-",
}
_FIXED = {
    "base_api_url": "gitlab.com",
    "base_url": "https://slack.com",
    "site_domain": "mastodon.social",
    "subdomain": "sandboxproject",
}


def _credentials(app: SandboxApp, chance: random.Random) -> dict[str, str]:
    oauth = ("oauth_access_token", "oauth_client_id", "oauth_refresh_token", "oauth_uid") if app.oauth else ()
    return {name: _FIXED.get(name) or _value(app.slug, name, chance) for name in (*oauth, *app.fields)}


def _value(slug: str, name: str, chance: random.Random) -> str:
    letters = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
    return _PREFIXES.get((slug, name), f"sandbox-{name.rpartition('_')[2]}-") + "".join(chance.choices(letters, k=28))
