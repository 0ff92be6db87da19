"""Which keys of `$auth`, and which environment variables, are secret: by their names."""

import re

_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_SECRET = frozenset({"token", "secret", "password", "passwd", "apikey"})
_KEYS = frozenset({"api", "private", "secret", "access", "auth", "service", "active", "app", "user", "admin"})
_PLAIN = frozenset(
    {
        "id",
        "url",
        "uri",
        "name",
        "public",
        "type",
        "domain",
        "expires",
        "limit",
        "max",
        "count",
        "endpoint",
        "validation",
    }
)


def is_secret_name(name: str) -> bool:
    """Whether what `name` holds is certainly secret: `oauth_access_token`, `API_Key`, `AuthToken`; not `oauth_uid`."""
    words = [word.lower() for word in _WORDS.findall(name)]
    if not words or not _PLAIN.isdisjoint(words):
        return False
    is_key = words[-1] == "key" and len(words) > 1 and words[-2] in _KEYS
    return is_key or words[-1] in _SECRET
