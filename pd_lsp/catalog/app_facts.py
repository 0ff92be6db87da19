"""What the catalogue says of one app, and how much of it somebody has checked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from pd_lsp.model import App, AppSlug, AuthField

PlacementKind = Literal[
    "header", "headers", "basic", "query", "body", "path", "oauth1", "sigv4", "service_account", "driver", "none"
]


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a request to an app carries its credentials (docs/platform.md, section 9)."""

    kind: PlacementKind
    parts: Mapping[str, str] = field(default_factory=dict)
    """What is sent under which name, with `{key}` for a key of `$auth`: headers, query or body parameters; `username`
    and `password`; `path`. Empty for the kinds that no request line can show."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sdk:
    """An app's client library for Python, from general knowledge: to be checked before code is made of it."""

    package: str
    """Its name on PyPI."""
    import_name: str
    usage: str
    """How it takes its credentials, with `<key>` for a key of `$auth`."""


@dataclass(frozen=True, slots=True)
class AppFacts:
    """One app as the catalogue knows it."""

    app: App
    """Its `fields` are never complete: they are the keys seen in the app's public components."""
    auth: Literal["oauth", "keys"]
    secrets: frozenset[str]
    """The keys whose values are secret."""
    base_url: str | None
    """With `{key}` where the account's own value belongs."""
    placement: Placement | None
    sdk: Sdk | None
    reviewed: bool
    """Whether somebody has read the row; otherwise address and placement may be wrong."""
    inferred: frozenset[str]
    """The columns of data/apps.json that come from general knowledge and from no source."""


def read_app_facts(slug: AppSlug, row: Mapping[str, Any]) -> AppFacts:
    """The facts in one row of the catalogue's file, as data/make_catalog.py writes it."""
    keys: Mapping[str, int] = row["keys"]
    return AppFacts(
        app=App(slug, row["name"], tuple(AuthField(name) for name in keys)),
        auth=row["auth"],
        secrets=frozenset(name for name, secret in keys.items() if secret),
        base_url=row.get("url"),
        placement=Placement(**row["placement"]) if "placement" in row else None,
        sdk=_sdk(row["sdk"]) if "sdk" in row else None,
        reviewed=bool(row["reviewed"]),
        inferred=frozenset(row.get("inferred", ())),
    )


def _sdk(row: Mapping[str, str]) -> Sdk:
    return Sdk(package=row["package"], import_name=row["import"], usage=row["usage"])
