"""The Connect API (docs/platform.md, section 4): one file for each kind of thing that is asked for."""

from pd_lsp.sandbox.connect.router import ConnectApi

__all__ = ["ConnectApi"]
