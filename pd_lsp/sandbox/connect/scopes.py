"""Which scope a call needs (docs/platform.md, section 4.1)."""

from collections.abc import Collection

_KINDS = {"accounts": "accounts", "users": "users", "projects": "projects", "apps": "accounts"}


def scope_of(method: str, inside: list[str]) -> str:
    """The scope that opens `inside` of a project; empty where any token does."""
    kind = inside[0] if inside else ""
    if kind == "tokens":
        return "connect:tokens:create"
    if kind == "proxy":
        return "connect:proxy"
    if inside[:1] == ["users"] and inside[2:] == ["accounts"]:
        kind = "accounts"
    return f"connect:{_KINDS[kind]}:{'read' if method == 'GET' else 'write'}" if kind in _KINDS else ""


def allows(scopes: Collection[str], needed: str) -> bool:
    """Whether a token with `scopes` opens what needs `needed`."""
    wider = ("*", "connect:*", f"{needed.rpartition(':')[0]}:*", needed)
    return not needed or any(scope in scopes for scope in wider)
