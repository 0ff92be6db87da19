"""Answers about the place of the caret: completion, hover, code actions, lenses."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

from lsprotocol import types as lsp

from pd_lsp.features.code_actions import code_actions
from pd_lsp.features.environment_names import hover_environment
from pd_lsp.features.hover import Hover, hover
from pd_lsp.features.offered import offered
from pd_lsp.features.runnables import runnables
from pd_lsp.server import convert
from pd_lsp.server.diagnostics import last_diagnosed
from pd_lsp.server.guarded import costs_only_its_answer
from pd_lsp.server.plain_runs import run_actions, without_waiting
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.text import Offset, TextRange

if TYPE_CHECKING:
    from pd_lsp.server.app import PdLanguageServer

T = TypeVar("T")
Params = TypeVar("Params", lsp.CompletionParams, lsp.HoverParams)

_ACTION_KINDS = [lsp.CodeActionKind.QuickFix, lsp.CodeActionKind.Refactor, lsp.CodeActionKind.Source]


def answer(server: "PdLanguageServer") -> None:
    """Registers the features that answer from a snapshot."""
    state = server.state

    @server.feature(
        lsp.TEXT_DOCUMENT_COMPLETION,
        lsp.CompletionOptions(trigger_characters=["[", '"', "'", "."], resolve_provider=False),
    )
    @costs_only_its_answer(lsp.CompletionList(is_incomplete=True, items=[]))
    def on_completion(params: lsp.CompletionParams) -> lsp.CompletionList | Awaitable[lsp.CompletionList]:
        return _once_known(server, params, _completion)

    @server.feature(lsp.TEXT_DOCUMENT_HOVER)
    @costs_only_its_answer(None)
    def on_hover(params: lsp.HoverParams) -> lsp.Hover | Awaitable[lsp.Hover | None] | None:
        return _once_known(server, params, _hover)

    @server.feature(lsp.TEXT_DOCUMENT_CODE_ACTION, lsp.CodeActionOptions(code_action_kinds=_ACTION_KINDS))
    @costs_only_its_answer([])
    def on_code_action(params: lsp.CodeActionParams) -> list[lsp.CodeAction | lsp.Command]:
        snapshot = state.snapshot(params.text_document.uri)
        if snapshot is None:
            return []
        ends = (convert.offset(snapshot.lines, place, server.unit) for place in (params.range.start, params.range.end))
        document = state.documents[params.text_document.uri]
        found = code_actions(snapshot, TextRange(*ends), last_diagnosed(document, snapshot))
        if not server.speaks_pd:  # which says that the editor can let the person choose
            found = [action for action in found if action.command != "choose template"]
        uri, wanted = params.text_document.uri, params.context.only
        actions = convert.code_actions(uri, snapshot.lines, found, server.unit, params.range.end)
        repairs = sum(action.mends is not None for action in found)  # which come first
        actions = [*actions[:repairs], *run_actions(server, uri, snapshot), *actions[repairs:]]
        return actions if wanted is None else [one for one in actions if convert.is_of_kind(one, wanted)]

    @server.feature(lsp.TEXT_DOCUMENT_CODE_LENS, lsp.CodeLensOptions(resolve_provider=False))
    @costs_only_its_answer([])
    def on_code_lens(params: lsp.CodeLensParams) -> list[lsp.CodeLens]:
        snapshot = state.snapshot(params.text_document.uri)
        if snapshot is None:
            return []
        found = runnables(snapshot)
        uri, debugs = params.text_document.uri, server.debugs_steps
        argument = {"uri": uri, "handler": "handler"} if server.speaks_pd else without_waiting(uri)
        return convert.code_lenses(argument, snapshot.lines, found, server.unit, debugs=debugs)


def _once_known(
    server: "PdLanguageServer", params: Params, tell: Callable[["PdLanguageServer", Params, Snapshot | None], T]
) -> T | Awaitable[T]:
    """The answer at once, but where it needs a name that the step imports and nobody has looked for: a little later."""
    snapshot = server.state.snapshot(params.text_document.uri, params.position.line)
    answer = tell(server, params, snapshot)
    return _later(server, params, tell) if snapshot and snapshot.imported.is_late else answer


async def _later(
    server: "PdLanguageServer", params: Params, tell: Callable[["PdLanguageServer", Params, Snapshot | None], T]
) -> T:
    await server.state.imported_names.settle()
    return tell(server, params, server.state.snapshot(params.text_document.uri, params.position.line))


@costs_only_its_answer(lsp.CompletionList(is_incomplete=True, items=[]))
def _completion(
    server: "PdLanguageServer", params: lsp.CompletionParams, snapshot: Snapshot | None
) -> lsp.CompletionList:
    if snapshot is None:
        return lsp.CompletionList(is_incomplete=False, items=[])
    found = offered(snapshot, convert.offset(snapshot.lines, params.position, server.unit))
    if found.needs_accounts:
        server.wake_accounts(params.text_document.uri)
    return convert.completion_list(snapshot.lines, found.completions, server.unit, complete=found.is_whole)


@costs_only_its_answer(None)
def _hover(server: "PdLanguageServer", params: lsp.HoverParams, snapshot: Snapshot | None) -> lsp.Hover | None:
    found = _hover_at(snapshot, convert.offset(snapshot.lines, params.position, server.unit)) if snapshot else None
    if snapshot is None or found is None:
        return None
    server.wake_accounts(params.text_document.uri)
    return convert.hover(snapshot.lines, found, server.unit, markdown=server.shows_markdown)


def _hover_at(snapshot: Snapshot, place: Offset) -> Hover | None:
    return hover(snapshot, place) or hover_environment(snapshot, place)
