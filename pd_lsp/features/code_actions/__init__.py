"""Code actions: one file each, and the tuple that lists them."""

from collections.abc import Callable

from pd_lsp.features.code_actions.action import CodeAction
from pd_lsp.features.code_actions.add_app import add_app
from pd_lsp.features.code_actions.fixes import fixes
from pd_lsp.features.code_actions.template_actions import template_actions
from pd_lsp.features.code_actions.use_account import use_account
from pd_lsp.features.code_actions.write_stubs import write_stubs
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.text import TextRange

ALL: tuple[Callable[[Snapshot, TextRange], list[CodeAction]], ...] = (
    fixes,
    add_app,
    use_account,
    template_actions,
    write_stubs,
)


def code_actions(snapshot: Snapshot, selected: TextRange) -> list[CodeAction]:
    """Every action that applies to the selected range."""
    return [action for actions in ALL for action in actions(snapshot, selected)]


__all__ = ["ALL", "CodeAction", "code_actions"]
