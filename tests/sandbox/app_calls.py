"""One call of each app that the sandbox stands in for, and what the real service says to a token it does not know."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_GOOGLE_REFUSES = {
    "error": {"code": 401, "message": "Request had invalid authentication credentials.", "status": "UNAUTHENTICATED"}
}


@dataclass(frozen=True, slots=True)
class AppCall:
    """A call with the credentials of an account, whose names stand in braces."""

    account: str
    method: str
    url: str
    says: Mapping[str, Any]
    """Some of what the answer has."""
    refusal: tuple[int, Any]
    """The status and body for a wrong token."""
    headers: Mapping[str, str] = field(default_factory=lambda: {"Authorization": "Bearer {oauth_access_token}"})
    json: Any = None


_SLACK = AppCall(
    "apn_slackteam",
    "GET",
    "https://slack.com/api/auth.test",
    says={"ok": True, "team": "Sandbox"},
    refusal=(200, {"ok": False, "error": "invalid_auth"}),
)

CALLS = {
    "slack": _SLACK,
    "slack_v2, as a bot": AppCall(
        "apn_slackv2team",
        "POST",
        "https://slack.com/api/auth.test",
        says={"ok": True},
        refusal=_SLACK.refusal,
        headers={"Authorization": "Bearer {bot_token}"},
    ),
    "github": AppCall(
        "apn_githubwork",
        "GET",
        "https://api.github.com/user",
        says={"login": "octo-work"},
        refusal=(
            401,
            {"message": "Bad credentials", "documentation_url": "https://docs.github.com/rest", "status": "401"},
        ),
    ),
    "gitlab": AppCall(
        "apn_gitlabmain",
        "GET",
        "https://{base_api_url}/api/v4/user",
        says={"username": "tanuki"},
        refusal=(401, {"message": "401 Unauthorized"}),
    ),
    "openai": AppCall(
        "apn_openaikey",
        "POST",
        "https://api.openai.com/v1/chat/completions",
        says={"object": "chat.completion"},
        refusal=(
            401,
            {
                "error": {
                    "message": "Incorrect API key provided.",
                    "type": "invalid_request_error",
                    "param": None,
                    "code": "invalid_api_key",
                }
            },
        ),
        headers={"Authorization": "Bearer {api_key}"},
        json={"model": "gpt-4o", "messages": [{"role": "user", "content": "Say hello"}]},
    ),
    "notion": AppCall(
        "apn_notionteam",
        "GET",
        "https://api.notion.com/v1/users/me",
        says={"object": "user", "type": "bot"},
        refusal=(401, {"object": "error", "status": 401, "code": "unauthorized", "message": "API token is invalid."}),
        headers={"Authorization": "Bearer {oauth_access_token}", "Notion-Version": "2022-06-28"},
    ),
    "google_sheets": AppCall(
        "apn_sheetsteam",
        "GET",
        "https://sheets.googleapis.com/v4/spreadsheets/invented/values/Sheet1!A:C",
        says={"majorDimension": "ROWS"},
        refusal=(401, _GOOGLE_REFUSES),
    ),
    "google_sheets, user info": AppCall(
        "apn_sheetsteam",
        "GET",
        "https://www.googleapis.com/oauth2/v1/userinfo",
        says={"email": "team@example.com"},
        refusal=(401, _GOOGLE_REFUSES),
    ),
    "mastodon": AppCall(
        "apn_mastodonme",
        "GET",
        "https://{site_domain}/api/v1/accounts/verify_credentials",
        says={"username": "me"},
        refusal=(401, {"error": "The access token is invalid"}),
        headers={"Authorization": "Bearer {access_token}"},
    ),
    "discord_bot": AppCall(
        "apn_discordbot",
        "GET",
        "https://discord.com/api/v10/users/@me",
        says={"bot": True},
        refusal=(401, {"message": "401: Unauthorized", "code": 0}),
        headers={"Authorization": "Bot {bot_token}"},
    ),
    "supabase": AppCall(
        "apn_supabase1",
        "POST",
        "https://{subdomain}.supabase.co/rest/v1/signups",
        says={"email": "new@example.com"},
        refusal=(401, {"message": "Invalid API key", "hint": "Double check your Supabase API key."}),
        headers={"apikey": "{service_key}", "Prefer": "return=representation"},
        json={"email": "new@example.com"},
    ),
    "airtable_oauth": AppCall(
        "apn_airtable1",
        "GET",
        "https://api.airtable.com/v0/meta/whoami",
        says={"id": "usrSandbox"},
        refusal=(401, {"error": {"type": "UNAUTHORIZED", "message": "Invalid authentication token"}}),
    ),
    "linear_app": AppCall(
        "apn_linearcolleague",
        "POST",
        "https://api.linear.app/graphql",
        says={"data": {"viewer": {"id": "sandbox-viewer", "name": "Sandy Box", "email": "s@example.com"}}},
        refusal=(
            401,
            {
                "errors": [
                    {
                        "message": "Authentication required, not authenticated",
                        "extensions": {"code": "AUTHENTICATION_ERROR"},
                    }
                ],
                "data": None,
            },
        ),
        headers={"Authorization": "{api_key}"},
        json={"query": "{ viewer { id name email } }"},
    ),
    "spotify": AppCall(
        "apn_spotifycolleague",
        "GET",
        "https://api.spotify.com/v1/me",
        says={"id": "sandbox-colleague"},
        refusal=(401, {"error": {"status": 401, "message": "Invalid token"}}),
    ),
}
