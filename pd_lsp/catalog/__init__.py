"""What is known of some two thousand apps without asking anybody."""

from pd_lsp.catalog.app_facts import AppFacts, Placement, PlacementKind, Sdk
from pd_lsp.catalog.kept_here import account_kept_here
from pd_lsp.catalog.reader import Catalog, catalog
from pd_lsp.model import App, AppSlug


def known_app(slug: AppSlug) -> App | None:
    """What the catalogue knows of an app's name and keys, or None."""
    facts = catalog().app(slug)
    return facts.app if facts else None


__all__ = ["AppFacts", "Catalog", "Placement", "PlacementKind", "Sdk", "account_kept_here", "catalog", "known_app"]
