"""Values of accounts, in the shapes that the real services give theirs."""

import random

from pd_lsp.sandbox.directory import SandboxApp

_OAUTH = ("oauth_access_token", "oauth_client_id", "oauth_refresh_token", "oauth_uid")
"""What every OAuth account has (docs/platform.md, section 2.1)."""
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
    ("linear_app", "api_key"): "lin_api_sandbox",
}
_FIXED = {
    "base_api_url": "gitlab.com",
    "base_url": "https://slack.com",
    "site_domain": "mastodon.social",
    "subdomain": "sandboxproject",
}
_LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def chance_of(seed: int | None) -> random.Random:
    """What invents: the same things for the same seed, others each time without one."""
    return random.SystemRandom() if seed is None else random.Random(seed)  # noqa: S311 - a seed is for tests


def keys_of(app: SandboxApp) -> tuple[str, ...]:
    """The keys that an account of `app` has."""
    return (*(_OAUTH if app.oauth else ()), *app.fields)


def credentials_of(app: SandboxApp, chance: random.Random) -> dict[str, str]:
    """Everything that an account of `app` holds."""
    return {name: _FIXED.get(name) or _value(app.slug, name, chance) for name in keys_of(app)}


def _value(slug: str, name: str, chance: random.Random) -> str:
    prefix = _PREFIXES.get((slug, name), f"sandbox-{name.rpartition('_')[2]}-")
    return prefix + "".join(chance.choices(_LETTERS, k=28))
