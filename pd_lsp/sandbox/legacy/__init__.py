"""The older REST API, for a user's API key (docs/platform.md, section 3)."""

from pd_lsp.sandbox.legacy.router import LegacyApi

__all__ = ["LegacyApi"]
