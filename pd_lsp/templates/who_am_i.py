"""A harmless call of an app, which shows that the account works and whose it is; where one is known."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from pd_lsp.model import AppSlug


@dataclass(frozen=True, slots=True)
class WhoAmI:
    """A call that changes nothing."""

    path: str
    """What follows the app's base address; or a whole address, where the call lives elsewhere."""
    method: str = "get"
    headers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """What the service wants beside the credentials."""


def who_am_i(app: AppSlug) -> WhoAmI | None:
    """The call for `app`."""
    return _CALLS.get(app)


_GOOGLE_USER = "https://www.googleapis.com/oauth2/v1/userinfo"
_ATLASSIAN_SITES = "https://api.atlassian.com/oauth/token/accessible-resources"
_PATHS = {
    "airtable_oauth": "/meta/whoami",
    "anthropic": "/models",
    "apify": "/users/me",
    "apify_oauth": "/users/me",
    "asana": "/users/me",
    "attio": "/v2/self",
    "basecamp": "https://launchpad.37signals.com/authorization.json",
    "bitbucket": "/user",
    "box": "/users/me",
    "brevo": "/account",
    "calendly_v2": "/users/me",
    "circleci": "/me",
    "clickup": "/user",
    "clockify": "/user",
    "close": "/me/",
    "cloudflare_api_key": "/user",
    "coda": "/whoami",
    "coinbase": "/user",
    "confluence": _ATLASSIAN_SITES,
    "deepgram": "/projects",
    "deepseek": "/models",
    "digital_ocean": "/account",
    "discord": "/users/@me",
    "discord_bot": "https://discord.com/api/users/@me",
    "elevenlabs": "/user",
    "eventbrite": "/users/me/",
    "figma": "/v1/me",
    "freshdesk": "/agents/me",
    "frontapp": "/me",
    "github": "/user",
    "gitlab": "/user",
    "gmail": "/users/me/profile",
    "gmail_custom_oauth": "/users/me/profile",
    "google_calendar": "/users/me/calendarList",
    "google_drive": "/about?fields=user",
    "google_tasks": "/users/@me/lists",
    "groqcloud": "/models",
    "harvest": "/users/me",
    "help_scout": "/users/me",
    "hubspot": "/account-info/v3/details",
    "hugging_face": "https://huggingface.co/api/whoami-v2",
    "intercom": "/me",
    "jira": _ATLASSIAN_SITES,
    "lemon_squeezy": "/users/me",
    "line": "/info",
    "mailchimp": "/ping",
    "mastodon": "/v1/accounts/verify_credentials",
    "mattermost": "/users/me",
    "message_bird": "/balance",
    "microsoft_onedrive": "/me",
    "microsoft_outlook": "/me",
    "microsoft_outlook_calendar": "/me",
    "microsoft_teams": "/me",
    "mistral_ai": "/models",
    "neon_api_keys": "/users/me",
    "netlify": "/user",
    "okta": "/users/me",
    "openai": "/models",
    "openrouter": "/key",
    "pcloud": "/userinfo",
    "pinterest": "/user_account",
    "pipedream": "/users/me",
    "pipedrive": "/v1/users/me",
    "pushbullet": "/users/me",
    "raindrop": "/user",
    "reddit": "/api/v1/me",
    "replicate": "/account",
    "resend": "/domains",
    "salesforce_rest_api": "/services/oauth2/userinfo",
    "sendgrid": "/scopes",
    "sentry": "/organizations/",
    "slack": "/auth.test",
    "slack_bot": "/auth.test",
    "slack_v2": "/auth.test",
    "smartsheet": "/users/me",
    "spotify": "/me",
    "square": "/locations",
    "strava": "/athlete",
    "stripe": "/balance",
    "telegram_bot_api": "/getMe",
    "todoist": "/user",
    "toggl": "/me",
    "trello": "/members/me",
    "twitter": "/users/me",
    "twilio": "/Accounts.json",
    "twitch": "/users",
    "typeform": "/me",
    "vercel_token_auth": "/v2/user",
    "vimeo": "/me",
    "wakatime": "/users/current",
    "webflow": "/token/authorized_by",
    "wistia": "/account.json",
    "wrike": "/contacts?me=true",
    "xero_accounting_api": "/connections",
    "youtube_data_api": _GOOGLE_USER,
    "zendesk": "/api/v2/users/me.json",
    "zoho_mail": "/accounts",
    "zoom": "/v2/users/me",
    "zulip": "/users/me",
}
_CALLS = {slug: WhoAmI(path) for slug, path in _PATHS.items()} | {
    "dropbox": WhoAmI("/users/get_current_account", method="post"),
    "heroku": WhoAmI("/account", headers={"Accept": "application/vnd.heroku+json; version=3"}),
    "klaviyo": WhoAmI("/accounts/", headers={"revision": "2024-10-15"}),
    "notion": WhoAmI("/users/me", headers={"Notion-Version": "2022-06-28"}),
}
