"""What may be asked for with a connect token (docs/platform.md, section 4.6)."""

from typing import Any
from urllib.parse import urlsplit

from pd_lsp.sandbox.project import Project

LONGEST_LIFE = 14_400
"""Seconds that a token lives at most, and unless asked otherwise."""
_LONGEST_USER = 250
_ADDRESSES = ("success_redirect_uri", "error_redirect_uri", "webhook_uri")


def mistake_in(asked: dict[str, Any], project: Project) -> str | None:
    """A sentence about the first thing that is wrong with what was asked for; None where all is well."""
    user, life, origins = (asked.get(name) for name in ("external_user_id", "expires_in", "allowed_origins"))
    if not isinstance(user, str) or not user:
        return "external_user_id is required"
    if len(user) > _LONGEST_USER:
        return f"external_user_id is longer than {_LONGEST_USER} characters"
    if life is not None and not (type(life) is int and 0 < life <= LONGEST_LIFE):
        return f"expires_in must be a number of seconds from 1 to {LONGEST_LIFE}"
    if origins is not None and not (isinstance(origins, list) and all(map(_is_address, origins))):
        return "allowed_origins must be a list of addresses"
    for name in _ADDRESSES:
        if asked.get(name) is not None and not _is_address(asked[name]):
            return f"{name} must be an address"
    if asked.get("app_id") and not (isinstance(asked["app_id"], str) and project.app(asked["app_id"])):
        return "app_id names no app"
    return None


def _is_address(text: Any) -> bool:
    try:
        parts = urlsplit(text) if isinstance(text, str) else None
    except ValueError:
        return False
    return bool(parts and parts.scheme in {"http", "https"} and parts.netloc)
