"""The documents that are open: their texts follow those of the editor."""

from functools import partial
from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from pd_lsp.server import convert
from pd_lsp.server.guarded import costs_only_its_answer

if TYPE_CHECKING:
    from pd_lsp.server.app import PdLanguageServer


def follow_documents(server: "PdLanguageServer") -> None:
    """Registers what keeps the texts of the open documents.

    pygls would keep a second copy of each, cut into lines anew at every change.
    """
    state = server.state
    for method in (lsp.TEXT_DOCUMENT_DID_OPEN, lsp.TEXT_DOCUMENT_DID_CHANGE, lsp.TEXT_DOCUMENT_DID_CLOSE):
        del server.protocol.fm.builtin_features[method]

    @server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    @costs_only_its_answer(None)
    def on_open(params: lsp.DidOpenTextDocumentParams) -> None:
        document = params.text_document
        state.open(document.uri, convert.path_of(document.uri), document.text, document.version)
        server.wake_accounts(document.uri)
        server.publisher.publish_with_neighbours(document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    @costs_only_its_answer(None)
    def on_change(params: lsp.DidChangeTextDocumentParams) -> None:
        uri, unit = params.text_document.uri, server.unit
        changes = [partial(convert.change_of, change=change, unit=unit) for change in params.content_changes]
        state.change(uri, changes, params.text_document.version)
        server.publisher.publish_with_neighbours(uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
    @costs_only_its_answer(None)
    def on_save(params: lsp.DidSaveTextDocumentParams) -> None:
        state.note_edits(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    @costs_only_its_answer(None)
    def on_close(params: lsp.DidCloseTextDocumentParams) -> None:
        neighbours = state.neighbours(params.text_document.uri)
        state.close(params.text_document.uri)
        server.publisher.clear(params.text_document.uri)
        for neighbour in neighbours:
            server.publisher.publish_soon(neighbour)
