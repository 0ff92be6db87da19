"""Diagnostics: given when the editor asks for them, sent by ourselves to one that does not, or can't be told to again.

What is wrong in a step changes without its text: accounts arrive, a run ends, another file of the workflow changes. An
editor that asks after each change of the text alone, as Neovim 0.11 and Emacs do, would show what was.
"""

import asyncio
from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from pd_lsp.features.diagnostics import Diagnostic, diagnose
from pd_lsp.server import convert
from pd_lsp.server.document import Document
from pd_lsp.server.guarded import costs_only_its_answer
from pd_lsp.syntax.snapshot import Snapshot

if TYPE_CHECKING:
    from pd_lsp.server.app import PdLanguageServer

_SOURCE = "pd-lsp"
_PAUSE = 0.2
"""Seconds without a change after which diagnostics are sent: somebody who types is not told of every half a word."""


class Publisher:
    """Sends diagnostics to an editor that does not ask for them whenever it should."""

    def __init__(self, server: "PdLanguageServer") -> None:
        self._server = server
        self._waiting: dict[str, asyncio.TimerHandle] = {}

    @property
    def is_needed(self) -> bool:
        """Whether it is left to us: the editor does not ask, or can't be told to ask again."""
        capabilities = self._server.client_capabilities
        document = capabilities.text_document
        return not (document and document.diagnostic and can_be_told(capabilities))

    def publish_soon(self, uri: str) -> None:
        """Sends those of a document once it has not changed for a moment."""
        if self.is_needed:
            self.forget(uri)
            self._waiting[uri] = asyncio.get_running_loop().call_later(_PAUSE, self._publish, uri)

    def publish_with_neighbours(self, uri: str) -> None:
        """Sends those of a document that has changed, and of the other steps of its workflow that are open."""
        for changed in (uri, *self._server.state.neighbours(uri)):
            self.publish_soon(changed)

    def refresh(self) -> None:
        """Sends those of every open document, or lets the editor ask for them: something around them has changed.

        Inlay hints, which have no one to publish them, are asked for again by the way.
        """
        if can_be_told(self._server.client_capabilities):
            self._server.workspace_diagnostic_refresh(None)
        workspace = self._server.client_capabilities.workspace
        hints = workspace.inlay_hint if workspace and self._server.shows_inlay_hints else None
        if hints and hints.refresh_support:
            self._server.workspace_inlay_hint_refresh(None)
        for uri in list(self._server.state.documents):
            self.publish_soon(uri)

    def clear(self, uri: str) -> None:
        """Takes back what was sent of a document that is closed."""
        self.forget(uri)
        if self.is_needed:
            self._send(uri, None, [])

    def forget(self, uri: str) -> None:
        """Does not send what was about to be sent."""
        waiting = self._waiting.pop(uri, None)
        if waiting:
            waiting.cancel()

    @costs_only_its_answer(None)
    def _publish(self, uri: str) -> None:
        self._waiting.pop(uri, None)
        document = self._server.state.documents.get(uri)
        if document:
            self._send(uri, document.version, diagnostics_of(self._server, uri))

    def _send(self, uri: str, version: int | None, found: list[lsp.Diagnostic]) -> None:
        self._server.text_document_publish_diagnostics(
            lsp.PublishDiagnosticsParams(uri=uri, version=version, diagnostics=found)
        )


def can_be_told(capabilities: lsp.ClientCapabilities) -> bool:
    """Whether the editor asks for diagnostics again when it is told to."""
    workspace = capabilities.workspace
    return bool(workspace and workspace.diagnostics and workspace.diagnostics.refresh_support)


def diagnostics_of(server: "PdLanguageServer", uri: str) -> list[lsp.Diagnostic]:
    """Those of one document as it is now, what its last run raised before all; none of one that is not open."""
    snapshot = server.state.snapshot(uri)
    if snapshot is None:
        return []
    document = server.state.documents[uri]
    raised = [convert.raised(snapshot.lines, *document.raised, server.unit)] if document.raised else []
    return raised + [convert.diagnostic(snapshot.lines, one, server.unit) for one in _diagnosed(document, snapshot)]


def last_diagnosed(document: Document, snapshot: Snapshot) -> list[Diagnostic]:
    """What the editor was last told of this very text, for whoever only moves through it; else found now.

    What lies in other files counts as it was then: when one changes, the editor is told anew.
    """
    known = document.diagnosed
    return known[1] if known and known[0] == _found_in(snapshot) else _diagnosed(document, snapshot)


def _diagnosed(document: Document, snapshot: Snapshot) -> list[Diagnostic]:
    found = diagnose(snapshot)
    document.diagnosed = None if snapshot.imported.is_late else (_found_in(snapshot), found)
    return found


def _found_in(snapshot: Snapshot) -> object:
    return snapshot.tree, snapshot.accounts, snapshot.workflow, snapshot.step, snapshot.levels


def answer_diagnostics(server: "PdLanguageServer") -> None:
    """Registers the answer to an editor that asks for diagnostics, once it has said that it does.

    To one that is sent them nothing is announced: it would ask as well, and show each of them twice.
    """

    @server.feature(
        lsp.TEXT_DOCUMENT_DIAGNOSTIC,
        lsp.DiagnosticOptions(identifier=_SOURCE, inter_file_dependencies=True, workspace_diagnostics=False),
    )
    @costs_only_its_answer(lsp.RelatedFullDocumentDiagnosticReport(items=[]))
    def on_diagnostic(params: lsp.DocumentDiagnosticParams) -> lsp.RelatedFullDocumentDiagnosticReport:
        return lsp.RelatedFullDocumentDiagnosticReport(items=diagnostics_of(server, params.text_document.uri))
