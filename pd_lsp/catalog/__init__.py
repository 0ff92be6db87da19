"""What is known of some two thousand apps without asking anybody."""

from collections.abc import Mapping

from pd_lsp.catalog.app_facts import AppFacts, Placement, PlacementKind, Sdk
from pd_lsp.catalog.kept_here import account_kept_here
from pd_lsp.catalog.reader import Catalog, catalog
from pd_lsp.model import App, AppSlug


def known_app(slug: AppSlug) -> App | None:
    """What the catalogue knows of an app's name and keys, or None."""
    facts = catalog().app(slug)
    return facts.app if facts else None


def known_headers(slug: AppSlug) -> Mapping[str, str]:
    """The headers that an app takes its credentials in, with `{key}` for a key of `$auth`; none that nobody checked."""
    facts = catalog().app(slug)
    placement = facts.placement if facts and facts.reviewed else None
    return placement.parts if placement and placement.kind in ("header", "headers") else {}


__all__ = [
    "AppFacts",
    "Catalog",
    "Placement",
    "PlacementKind",
    "Sdk",
    "account_kept_here",
    "catalog",
    "known_app",
    "known_headers",
]
