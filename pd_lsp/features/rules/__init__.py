"""The rules: one file each, and the tuple that lists them."""

from pd_lsp.features.rules import exit_without_return, unknown_key
from pd_lsp.features.rules.rule import Rule

ALL: tuple[Rule, ...] = (unknown_key.RULE, exit_without_return.RULE)

__all__ = ["ALL"]
