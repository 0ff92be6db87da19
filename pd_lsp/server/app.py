"""Everything that the server answers."""

import logging
from functools import partial
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, default_converter

from pd_lsp import __version__
from pd_lsp.accounts.cache import AccountCache
from pd_lsp.accounts.caches import AccountCaches
from pd_lsp.accounts.provider import AccountsError, NobodySignedInError, SignedOutError, UnreachableError
from pd_lsp.features.code_actions import code_actions
from pd_lsp.features.completion import MOST_LISTED, complete
from pd_lsp.features.hover import hover
from pd_lsp.features.runnables import runnables
from pd_lsp.features.template_completion import complete_templates
from pd_lsp.model import Accounts
from pd_lsp.server import commands, convert
from pd_lsp.server.gate import Gate
from pd_lsp.server.guarded import costs_only_its_answer
from pd_lsp.server.state import ServerState
from pd_lsp.settings import Settings
from pd_lsp.syntax.pd_path import pd_path_at
from pd_lsp.text import ColumnUnit, TextRange

logger = logging.getLogger(__name__)


class _Protocol(LanguageServerProtocol):
    """pygls's protocol, which also tells a run that its request was cancelled.

    pygls cancels the answer to `workspace/executeCommand`, but not the command that works on it.
    """

    def _handle_cancel_notification(self, msg_id: Any) -> None:
        server = self._server
        if isinstance(server, PdLanguageServer):
            server.runs.cancel_request(msg_id)
        super()._handle_cancel_notification(msg_id)


class PdLanguageServer(LanguageServer):
    """The server and what it knows."""

    def __init__(self, settings: Settings, accounts: AccountCaches) -> None:
        super().__init__(
            "pd-lsp",
            __version__,
            text_document_sync_kind=lsp.TextDocumentSyncKind.Full,
            protocol_cls=_Protocol,
            converter_factory=default_converter,
        )
        accounts.on_fresh = self._on_fresh_accounts
        self.state = ServerState(settings, accounts, say=self.say_once)
        self.runs = commands.Runs(self)
        self.gate = Gate()
        self._said: set[str] = set()
        self._waiting = 0
        self._problems: WeakKeyDictionary[AccountCache, set[type[AccountsError]]] = WeakKeyDictionary()

    @property
    def unit(self) -> ColumnUnit:
        """What the columns of this session count."""
        return convert.column_unit(self.workspace.position_encoding)

    @property
    def speaks_pd(self) -> bool:
        """Whether the client announced the experimental capability `pd`."""
        experimental = self.client_capabilities.experimental
        announced = experimental.get("pd") if isinstance(experimental, dict) else getattr(experimental, "pd", None)
        return announced is True

    @property
    def shows_markdown(self) -> bool:
        """Whether the client shows hovers in Markdown."""
        document = self.client_capabilities.text_document
        formats = document.hover.content_format if document and document.hover else None
        return lsp.MarkupKind.Markdown in (formats or ())

    def say_once(self, sentence: str) -> None:
        """Shows the person a sentence, unless it was shown before."""
        if sentence not in self._said:
            self._said.add(sentence)
            self.say(sentence)

    def say(self, sentence: str, kind: lsp.MessageType = lsp.MessageType.Warning) -> None:
        """Shows the person a sentence."""
        self.window_show_message(lsp.ShowMessageParams(type=kind, message=convert.shown(sentence)))

    def workspace_folder(self, path: Path) -> Path | None:
        """The folder that is open in the editor and holds `path`."""
        paths = [convert.path_of(uri) for uri in self.workspace.folders]
        around = [folder.resolve() for folder in paths if folder and path.is_relative_to(folder.resolve())]
        return max(around, key=lambda folder: len(folder.parts), default=None)

    def wake_accounts(self, path: Path | None) -> None:
        """Lets the accounts be asked for, where the document's folder allows the network (D6)."""
        if self.state.settings.sandbox or self.state.trusted_folder(path.resolve() if path else None):
            self.state.accounts_of(path).wake()

    async def fresh_accounts(self, cache: AccountCache) -> Accounts:
        """What the provider says now, for somebody who waits for it: they hear why not from whoever calls this.

        Raises AccountsError.
        """
        self._waiting += 1
        try:
            return await cache.refresh()
        finally:
            self._waiting -= 1

    def _on_fresh_accounts(self, cache: AccountCache) -> None:
        """Lets the editor ask again for what depends on accounts; says why there are none, or not all."""
        if cache.error:
            self._say_problem(cache, cache.error)
        else:
            self._problems.pop(cache, None)
            for problem in cache.current.problems:
                self.say_once(problem)
        workspace = self.client_capabilities.workspace
        if workspace and workspace.diagnostics and workspace.diagnostics.refresh_support:
            self.workspace_diagnostic_refresh(None)

    def _say_problem(self, cache: AccountCache, error: AccountsError) -> None:
        """Says of each kind of failure once that there is one, until it is over: its numbers may be others each time.

        Before anybody has signed in there is nothing to say; and whoever waits is told by what they wait for.
        """
        kind = next(kind for kind in (UnreachableError, SignedOutError, AccountsError) if isinstance(error, kind))
        told = self._problems.setdefault(cache, set())
        if kind not in told and not isinstance(error, NobodySignedInError):
            told.add(kind)
            if not self._waiting:
                self.say(str(error))

    def may_use_network(self) -> bool:
        """Whether the accounts may be asked for: in the sandbox, or where anything that is open is trusted (D6)."""
        return bool(self.state.settings.sandbox or self.trusted_places())

    def trusted_places(self) -> list[Path]:
        """The documents and folders that are open and trusted."""
        state = self.state
        folders = [convert.path_of(uri) for uri in self.workspace.folders]
        places = [document.path for document in state.documents.values()] + [
            folder.resolve() for folder in folders if folder
        ]
        return [place for place in places if place and state.trusted_folder(place)]

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Logs the kind of an error of ours; its text could hold anything (D15)."""
        logger.error("%s in %s", type(error).__name__, getattr(source, "__name__", source))


def create_server(settings: Settings, accounts: AccountCaches) -> PdLanguageServer:
    """The server with all its features. It reads nothing and starts nothing until a client speaks to it."""
    server = PdLanguageServer(settings, accounts)
    _follow_session(server)
    _follow_documents(server)
    _answer_features(server)
    commands.register(server)
    return server


def _follow_session(server: PdLanguageServer) -> None:
    state = server.state

    @server.feature(lsp.INITIALIZE)
    @costs_only_its_answer(None)
    def on_initialize(params: lsp.InitializeParams) -> None:
        options = params.initialization_options
        state.trusted_by_editor = _folders(options.get("trustedFolders") if isinstance(options, dict) else None)

    @server.feature(lsp.INITIALIZED)
    @costs_only_its_answer(None)
    def on_initialized(_params: lsp.InitializedParams) -> None:
        folder = next(iter(sorted(state.trusted_by_editor)), None)
        cache = state.accounts_of(folder)
        cache.load()  # so that the first completion need not
        if state.settings.sandbox or folder:
            cache.wake()

    @server.feature("pd/trustedFolders")
    @costs_only_its_answer(None)
    def on_trusted_folders(params: Any) -> None:
        state.trusted_by_editor = _folders(getattr(params, "folders", None))
        server.runs.stop_untrusted()

    @server.feature(lsp.WINDOW_WORK_DONE_PROGRESS_CANCEL)
    def on_progress_cancel(params: lsp.WorkDoneProgressCancelParams) -> None:
        server.runs.cancel_progress(params.token)


def _follow_documents(server: PdLanguageServer) -> None:
    state = server.state

    @server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    @costs_only_its_answer(None)
    def on_open(params: lsp.DidOpenTextDocumentParams) -> None:
        document = params.text_document
        path = convert.path_of(document.uri)
        state.open(document.uri, path, document.text, document.version)
        server.wake_accounts(path)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    @costs_only_its_answer(None)
    def on_change(params: lsp.DidChangeTextDocumentParams) -> None:
        uri, unit = params.text_document.uri, server.unit
        changes = [partial(convert.text_after, change=change, unit=unit) for change in params.content_changes]
        state.change(uri, changes, params.text_document.version)

    @server.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
    @costs_only_its_answer(None)
    def on_save(params: lsp.DidSaveTextDocumentParams) -> None:
        state.note_edits(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    @costs_only_its_answer(None)
    def on_close(params: lsp.DidCloseTextDocumentParams) -> None:
        state.close(params.text_document.uri)


def _answer_features(server: PdLanguageServer) -> None:
    state = server.state

    @server.feature(
        lsp.TEXT_DOCUMENT_COMPLETION, lsp.CompletionOptions(trigger_characters=["[", '"', "'"], resolve_provider=False)
    )
    @costs_only_its_answer(lsp.CompletionList(is_incomplete=True, items=[]))
    def on_completion(params: lsp.CompletionParams) -> lsp.CompletionList:
        snapshot = state.snapshot(params.text_document.uri)
        if snapshot is None:
            return lsp.CompletionList(is_incomplete=False, items=[])
        place = convert.offset(snapshot.lines, params.position, server.unit)
        found = complete(snapshot, place) or complete_templates(snapshot, place)
        is_at_key = bool(found) or pd_path_at(snapshot.tree, place) is not None
        if is_at_key:
            server.wake_accounts(convert.path_of(params.text_document.uri))
        known = (snapshot.accounts.complete or not is_at_key) and len(found) < MOST_LISTED
        return convert.completion_list(snapshot.lines, found, server.unit, complete=known)

    @server.feature(lsp.TEXT_DOCUMENT_HOVER)
    @costs_only_its_answer(None)
    def on_hover(params: lsp.HoverParams) -> lsp.Hover | None:
        snapshot = state.snapshot(params.text_document.uri)
        place = convert.offset(snapshot.lines, params.position, server.unit) if snapshot else None
        found = hover(snapshot, place) if snapshot and place is not None else None
        if snapshot is None or found is None:
            return None
        server.wake_accounts(convert.path_of(params.text_document.uri))
        return convert.hover(snapshot.lines, found, server.unit, markdown=server.shows_markdown)

    @server.feature(
        lsp.TEXT_DOCUMENT_CODE_ACTION, lsp.CodeActionOptions(code_action_kinds=[lsp.CodeActionKind.Refactor])
    )
    @costs_only_its_answer([])
    def on_code_action(params: lsp.CodeActionParams) -> list[lsp.CodeAction | lsp.Command]:
        snapshot = state.snapshot(params.text_document.uri)
        if snapshot is None:
            return []
        ends = (convert.offset(snapshot.lines, place, server.unit) for place in (params.range.start, params.range.end))
        found = code_actions(snapshot, TextRange(*ends))
        return convert.code_actions(params.text_document.uri, snapshot.lines, found, server.unit)

    @server.feature(lsp.TEXT_DOCUMENT_CODE_LENS, lsp.CodeLensOptions(resolve_provider=False))
    @costs_only_its_answer([])
    def on_code_lens(params: lsp.CodeLensParams) -> list[lsp.CodeLens]:
        snapshot = state.snapshot(params.text_document.uri)
        if snapshot is None:
            return []
        return convert.code_lenses(params.text_document.uri, snapshot.lines, runnables(snapshot), server.unit)


def _folders(uris: Any) -> frozenset[Path]:
    """The folders that an editor's list of URIs names; whatever else stands in it is left out."""
    paths = [convert.path_of(uri) for uri in uris if isinstance(uri, str)] if isinstance(uris, list) else []
    return frozenset(path.resolve() for path in paths if path is not None)
