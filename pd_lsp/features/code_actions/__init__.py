"""Code actions: one file each, and the tuple that lists them."""

from collections.abc import Callable, Iterable

from pd_lsp.features.code_actions.action import CodeAction
from pd_lsp.features.code_actions.add_app import add_app
from pd_lsp.features.code_actions.fixes import fixes
from pd_lsp.features.code_actions.template_actions import template_actions
from pd_lsp.features.code_actions.use_account import use_account
from pd_lsp.features.code_actions.write_stubs import write_stubs
from pd_lsp.features.diagnostics import Diagnostic, diagnose
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.text import TextRange

ALL: tuple[Callable[[Snapshot, TextRange], list[CodeAction]], ...] = (
    add_app,
    use_account,
    template_actions,
    write_stubs,
)


def code_actions(
    snapshot: Snapshot, selected: TextRange, diagnosed: Iterable[Diagnostic] | None = None
) -> list[CodeAction]:
    """Every action that applies to the selected range: first what mends the diagnostics there.

    `diagnosed` are those of the whole text, where somebody has found them already.
    """
    mending = fixes(snapshot, selected, diagnose(snapshot) if diagnosed is None else diagnosed)
    return [*mending, *(action for actions in ALL for action in actions(snapshot, selected))]


__all__ = ["ALL", "CodeAction", "code_actions"]
