"""The server: what it holds, and what it can tell the person."""

import asyncio
import inspect
import logging
from collections.abc import Awaitable
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
from pd_lsp.model import Accounts
from pd_lsp.server import commands, convert
from pd_lsp.server.accounts_view import show_accounts
from pd_lsp.server.answers import answer
from pd_lsp.server.changes import Changes
from pd_lsp.server.debug_information import give_debug_information
from pd_lsp.server.diagnostics import Publisher
from pd_lsp.server.documents import follow_documents
from pd_lsp.server.events import give_events
from pd_lsp.server.gate import Gate
from pd_lsp.server.navigation import answer_navigation
from pd_lsp.server.pipes import PipeWriter, ThreadWriter
from pd_lsp.server.rule_levels import follow_rule_levels
from pd_lsp.server.session import follow_session
from pd_lsp.server.signatures import help_with_calls
from pd_lsp.server.state import ServerState
from pd_lsp.server.step_pythons import give_step_pythons
from pd_lsp.server.template_commands import give_templates
from pd_lsp.server.watching import watch_files
from pd_lsp.server.workflows_view import show_workflows
from pd_lsp.settings import Settings
from pd_lsp.text import ColumnUnit

logger = logging.getLogger(__name__)


class _Protocol(LanguageServerProtocol):
    """pygls's protocol, which also tells a run that its request was cancelled.

    pygls cancels the answer to `workspace/executeCommand`, but not the command that works on it.
    """

    def _send_handler_result(self, future: Any, *, msg_id: Any) -> None:
        """Waits for an answer that a plain handler gives later: pygls does so for handlers that always wait."""
        answer = None if future.cancelled() or future.exception() else future.result()
        if not inspect.isawaitable(answer):
            super()._send_handler_result(future, msg_id=msg_id)
            return
        task = asyncio.ensure_future(answer)
        self._request_futures[msg_id] = task  # type: ignore[assignment]
        task.add_done_callback(partial(super()._send_handler_result, msg_id=msg_id))

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
            text_document_sync_kind=lsp.TextDocumentSyncKind.Incremental,
            protocol_cls=_Protocol,
            converter_factory=default_converter,
        )
        accounts.on_fresh = self._on_fresh_accounts
        accounts.on_configured = lambda: self.changes.note("accounts")
        self.state = ServerState(settings, accounts, say=self.say_once)
        self.runs = commands.Runs(self)
        self.gate = Gate()
        self.publisher = Publisher(self)
        self.changes = Changes(self)
        self.shows_inlay_hints = False
        """Whether the editor has asked for them when it started."""
        self.debugs_steps = False
        """The same for debugging: whether it starts a debug adapter for `pd/debugSession`."""
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

    def room(self) -> Awaitable[None] | None:
        """What to wait for before much more is written to an editor that reads slowly."""
        writer = self.protocol.writer
        return writer.room() if isinstance(writer, (PipeWriter, ThreadWriter)) else None

    def workspace_folder(self, path: Path) -> Path | None:
        """The folder that is open in the editor and holds `path`."""
        paths = [convert.path_of(uri) for uri in self.workspace.folders]
        around = [folder.resolve() for folder in paths if folder and path.is_relative_to(folder.resolve())]
        return max(around, key=lambda folder: len(folder.parts), default=None)

    def wake_accounts(self, uri: str) -> None:
        """Lets the accounts be asked for, where the folder of the open document allows the network (D6)."""
        document = self.state.documents.get(uri)
        if document and (self.state.settings.sandbox or self.state.trusted_folder(document.path)):
            self.state.accounts.of(document.path).wake()

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
        self.changes.note("accounts")
        self.publisher.refresh()

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
    follow_session(server)
    follow_documents(server)
    answer(server)
    answer_navigation(server)
    help_with_calls(server)
    follow_rule_levels(server)
    watch_files(server)
    commands.register(server)
    give_events(server)
    give_templates(server)
    show_accounts(server)
    show_workflows(server)
    give_step_pythons(server)
    give_debug_information(server)
    return server
