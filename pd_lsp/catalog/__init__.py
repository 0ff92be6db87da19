"""What is known of some two thousand apps without asking anybody."""

from pd_lsp.catalog.app_facts import AppFacts, Placement, PlacementKind, Sdk
from pd_lsp.catalog.reader import Catalog, catalog

__all__ = ["AppFacts", "Catalog", "Placement", "PlacementKind", "Sdk", "catalog"]
