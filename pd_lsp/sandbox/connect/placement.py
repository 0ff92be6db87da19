"""Where the proxy sends what, and where a request carries the credential (docs/platform.md, sections 4.7 and 9)."""

import base64
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode, urlsplit

from pd_lsp.catalog import Placement, catalog
from pd_lsp.model import AppSlug
from pd_lsp.sandbox.directory import SandboxApp
from pd_lsp.sandbox.exchange import Request

_MORE_DOMAINS = {"google_sheets": ("www.googleapis.com",), "discord_bot": ("discord.com",)}
_OWN = {"supabase": Placement("headers", {"apikey": "{service_key}", "Authorization": "Bearer {service_key}"})}
"""Where the catalogue knows of a library only, and how an HTTP request does the same."""
_KEY = re.compile(r"\{(\w+)\}")
_INSERTED = frozenset({"header", "headers", "basic", "query"})


def placement_of(app: SandboxApp) -> Placement | None:
    """Where the app wants its credential; None where the proxy can't put it there."""
    facts = catalog().app(AppSlug(app.slug))
    placement = _OWN.get(app.slug) or (facts.placement if facts else None)
    return placement if placement and placement.kind in _INSERTED and placement.parts else None


def origin_of(app: SandboxApp) -> str | None:
    """Scheme and host of the app, with `{key}` where they depend on the account."""
    facts = catalog().app(AppSlug(app.slug))
    scheme, mark, rest = (facts.base_url if facts and facts.base_url else "").partition("://")
    return f"{scheme}://{rest.partition('/')[0]}" if mark else None


def proxy_json(app: SandboxApp) -> dict[str, Any]:
    """What an app says about the proxy: `allowed_domains` is null where the domain depends on the account."""
    origin = origin_of(app)
    if origin is None or placement_of(app) is None:
        return {"proxy_enabled": False, "allowed_domains": None, "base_proxy_target_url": None}
    return {
        "proxy_enabled": True,
        "allowed_domains": allowed_domains(app),
        "base_proxy_target_url": _KEY.sub(r"{{custom_fields.\1}}", origin),
    }


def allowed_domains(app: SandboxApp) -> list[str] | None:
    """The hosts that the proxy goes to; None where a path alone is accepted, because the host is the account's."""
    origin = origin_of(app)
    if origin is None or _KEY.search(origin):
        return None
    return [urlsplit(origin).netloc, *_MORE_DOMAINS.get(app.slug, ())]


def filled(template: str, credentials: Mapping[str, str]) -> str:
    """The template with the account's values in place of their names. Raises KeyError where the account lacks one."""
    return _KEY.sub(lambda key: credentials[key[1]], template)


def with_credential(request: Request, placement: Placement, credentials: Mapping[str, str]) -> Request:
    """The request with the credential where the app wants it. Raises KeyError where the account lacks a key."""
    parts = {name: filled(template, credentials) for name, template in placement.parts.items()}
    if placement.kind == "query":
        mark = "&" if "?" in request.target else "?"
        return replace(request, target=f"{request.target}{mark}{urlencode(parts)}")
    if placement.kind == "basic":
        pair = f"{parts.get('username', '')}:{parts.get('password', '')}".encode()
        parts = {"authorization": f"Basic {base64.b64encode(pair).decode()}"}
    return replace(request, headers={**request.headers, **{name.lower(): value for name, value in parts.items()}})
