"""The session: what the editor says of itself when it starts, and of the folders it trusts."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp

from pd_lsp.server import convert
from pd_lsp.server.diagnostics import answer_diagnostics
from pd_lsp.server.guarded import costs_only_its_answer
from pd_lsp.server.rule_levels import ask_levels, take_levels
from pd_lsp.server.step_pythons import selected_pythons
from pd_lsp.server.watching import ask_to_be_told

if TYPE_CHECKING:
    from pd_lsp.server.app import PdLanguageServer


def follow_session(server: "PdLanguageServer") -> None:
    """Registers what keeps the state of the session."""
    state = server.state

    @server.feature(lsp.INITIALIZE)
    @costs_only_its_answer(None)
    def on_initialize(params: lsp.InitializeParams) -> None:
        if not server.publisher.is_needed:
            answer_diagnostics(server)
        options = params.initialization_options
        state.trusted_by_editor = _folders(options.get("trustedFolders") if isinstance(options, dict) else None)
        state.selected_pythons = selected_pythons(options.get("stepPythons") if isinstance(options, dict) else None)
        take_levels(server, options.get("rules") if isinstance(options, dict) else None)
        server.debugs_steps = isinstance(options, dict) and options.get("debug") is True
        server.shows_inlay_hints = isinstance(options, dict) and options.get("inlayHints") is True

    @server.feature(lsp.INITIALIZED)
    @costs_only_its_answer(None)
    async def on_initialized(_params: lsp.InitializedParams) -> None:
        folder = next(iter(sorted(state.trusted_by_editor)), None)
        cache = state.accounts_of(folder)
        cache.load()  # so that the first completion need not
        if state.settings.sandbox or folder:
            cache.wake()
        await ask_to_be_told(server)
        await ask_levels(server)

    @server.feature("pd/trustedFolders")
    @costs_only_its_answer(None)
    def on_trusted_folders(params: Any) -> None:
        state.trusted_by_editor = _folders(getattr(params, "folders", None))
        server.runs.stop_untrusted()
        server.publisher.refresh()
        server.changes.note("accounts", "workflows")

    @server.feature(lsp.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    @costs_only_its_answer(None)
    def on_workspace_folders(_params: lsp.DidChangeWorkspaceFoldersParams) -> None:
        server.changes.note("accounts", "workflows")

    @server.feature(lsp.WINDOW_WORK_DONE_PROGRESS_CANCEL)
    def on_progress_cancel(params: lsp.WorkDoneProgressCancelParams) -> None:
        server.runs.cancel_progress(params.token)


def _folders(uris: Any) -> frozenset[Path]:
    """The folders that an editor's list of URIs names; whatever else stands in it is left out."""
    paths = [convert.path_of(uri) for uri in uris if isinstance(uri, str)] if isinstance(uris, list) else []
    return frozenset(path.resolve() for path in paths if path is not None)
