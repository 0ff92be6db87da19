"""A stand-in for Pipedream's API and a few apps: for people without an account, for the demo and for tests."""

from pd_lsp.sandbox.faults import Fault, Gate
from pd_lsp.sandbox.service import Sandbox

__all__ = ["Fault", "Gate", "Sandbox"]
