"""The least that a language server can be: pygls, full synchronisation, and answers that never change."""

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer

KEYS = ("oauth_access_token", "oauth_client_id", "oauth_refresh_token", "oauth_uid")

server = LanguageServer("bare", "1", text_document_sync_kind=lsp.TextDocumentSyncKind.Full)


@server.feature(lsp.TEXT_DOCUMENT_COMPLETION, lsp.CompletionOptions(trigger_characters=["[", '"', "'"]))
def complete(_params: lsp.CompletionParams) -> lsp.CompletionList:
    """The same four keys, wherever the caret is."""
    return lsp.CompletionList(is_incomplete=False, items=[lsp.CompletionItem(label=key) for key in KEYS])


@server.feature(lsp.TEXT_DOCUMENT_HOVER)
def hover(_params: lsp.HoverParams) -> lsp.Hover:
    """The same sentence, wherever the mouse is."""
    return lsp.Hover(contents="A key.")


@server.feature(
    lsp.TEXT_DOCUMENT_DIAGNOSTIC, lsp.DiagnosticOptions(inter_file_dependencies=False, workspace_diagnostics=False)
)
def diagnose(_params: lsp.DocumentDiagnosticParams) -> lsp.RelatedFullDocumentDiagnosticReport:
    """Nothing is ever wrong."""
    return lsp.RelatedFullDocumentDiagnosticReport(items=[])


if __name__ == "__main__":
    server.start_io()
