"""Reads the names out of an answer of the API, and nothing else: values are dropped here (D3)."""

import json
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from pd_lsp.model import Account, App, AppSlug, AuthField, KeySource

OAUTH_FIELDS = ("oauth_access_token", "oauth_client_id", "oauth_refresh_token", "oauth_uid")
"""The keys that the account of every OAuth app has (docs/platform.md, section 2.1)."""
ACCOUNT_ID = re.compile(r"apn_[A-Za-z0-9]+")
APP_ID = re.compile(r"app_[A-Za-z0-9]{1,100}")
AUTH_TYPES = ("oauth", "keys", "none")
_SLUG = re.compile(r"[A-Za-z0-9_-]{1,100}")
_LONGEST_NAME = 200
_BREAKS = "\u2028\u2029"
"""Line and paragraph separators."""


def account_from(answer: Any, environment: str = "") -> Account | None:
    """The account of `environment` that one entry of a list describes (section 4.3); None without an id or an app."""
    entry = _mapping(answer)
    account_id = entry.get("id")
    app = app_from(entry.get("app"))
    if not isinstance(account_id, str) or not ACCOUNT_ID.fullmatch(account_id) or app is None:
        return None
    return Account(
        id=account_id,
        app=app,
        label=readable(entry.get("name")) or account_id,
        dead=entry.get("dead") is True,
        healthy=entry.get("healthy") is not False,
        environment=environment,
    )


def app_from(answer: Any) -> App | None:
    """The app that `answer` describes (section 4.5), with the keys its accounts have; None where it has no slug.

    The keys of a key-based app are all in `custom_fields_json`; an OAuth account can have more than are listed.
    """
    entry = _mapping(answer)
    slug = entry.get("name_slug")
    if not isinstance(slug, str) or not _SLUG.fullmatch(slug):
        return None
    oauth = entry.get("auth_type") == "oauth"
    custom, is_whole = _custom_fields(entry.get("custom_fields_json"))
    fields = {field.name: field for field in ([AuthField(name) for name in OAUTH_FIELDS] if oauth else []) + custom}
    complete = entry.get("auth_type") == "keys" and bool(custom) and is_whole
    source: KeySource = "every OAuth account" if oauth else "the app's own list"
    name, app_id, auth_type = readable(entry.get("name")) or slug, entry.get("id"), entry.get("auth_type")
    return App(
        slug=AppSlug(slug),
        name=name,
        fields=tuple(fields.values()),
        complete=complete,
        source=source,
        id=app_id if isinstance(app_id, str) and APP_ID.fullmatch(app_id) else "",
        auth_type=auth_type if auth_type in AUTH_TYPES else "",
    )


def is_slug(text: str) -> bool:
    """Whether `text` can be the slug of an app."""
    return _SLUG.fullmatch(text) is not None


def readable(name: Any, longest: int = _LONGEST_NAME) -> str:
    """A name of the service, without what is no visible character, cut to a length that fits a list (D26)."""
    if not isinstance(name, str):
        return ""
    kept = "".join(" " if character in _BREAKS else character for character in name if _is_visible(character))
    return kept.strip()[:longest]


def _is_visible(character: str) -> bool:
    """Not for control and formatting characters, such as those that turn the direction of a text."""
    return unicodedata.category(character)[0] != "C"


def _is_key(name: Any) -> bool:
    return isinstance(name, str) and 0 < len(name) <= _LONGEST_NAME and name.isprintable()


def _custom_fields(text: Any) -> tuple[list[AuthField], bool]:
    """The fields that can be read, and whether these are all of them."""
    try:
        listed = json.loads(text) if isinstance(text, str) else []
    except (ValueError, RecursionError):
        return [], False
    entries = [_mapping(entry) for entry in listed] if isinstance(listed, list) else []
    fields = [AuthField(entry["name"], readable(entry.get("label"))) for entry in entries if _is_key(entry.get("name"))]
    return fields, len(fields) == len(entries)


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
