"""Answers that lead elsewhere: definition, references, highlights, links, and hints for those who ask for them."""

from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from pd_lsp.features.app_links import app_links
from pd_lsp.features.definition import definition
from pd_lsp.features.highlights import highlights
from pd_lsp.features.inlay_hints import inlay_hints
from pd_lsp.features.place import Place
from pd_lsp.features.references import references
from pd_lsp.server import convert
from pd_lsp.server.guarded import costs_only_its_answer
from pd_lsp.text import TextRange

if TYPE_CHECKING:
    from pd_lsp.server.app import PdLanguageServer


def answer_navigation(server: "PdLanguageServer") -> None:
    """Registers all of them."""
    _answer_places(server)
    _answer_marks(server)


def _answer_places(server: "PdLanguageServer") -> None:
    """Those that may lead into other files."""
    state = server.state

    @server.feature(lsp.TEXT_DOCUMENT_DEFINITION)
    @costs_only_its_answer(None)
    def on_definition(params: lsp.DefinitionParams) -> list[lsp.Location] | list[lsp.LocationLink] | None:
        uri = params.text_document.uri
        snapshot = state.snapshot(uri)
        found = definition(snapshot, convert.offset(snapshot.lines, params.position, server.unit)) if snapshot else None
        if snapshot is None or found is None:
            return None
        if not _shows_links(server):
            return [convert.location(_uri(server, uri, place), place, server.unit) for place in found.places]
        origin = convert.text_range(snapshot.lines, found.origin, server.unit)
        places = ((_uri(server, uri, place), place) for place in found.places)
        return [convert.location_link(target, place, origin, server.unit) for target, place in places]

    @server.feature(lsp.TEXT_DOCUMENT_REFERENCES)
    @costs_only_its_answer(None)
    def on_references(params: lsp.ReferenceParams) -> list[lsp.Location] | None:
        uri = params.text_document.uri
        snapshot = state.snapshot(uri)
        if snapshot is None:
            return None
        offset = convert.offset(snapshot.lines, params.position, server.unit)
        found = references(snapshot, offset, with_declaration=params.context.include_declaration)
        return [convert.location(_uri(server, uri, place), place, server.unit) for place in found] or None


def _answer_marks(server: "PdLanguageServer") -> None:
    """Those that mark places in the document itself."""
    state = server.state

    @server.feature(lsp.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT)
    @costs_only_its_answer(None)
    def on_highlight(params: lsp.DocumentHighlightParams) -> list[lsp.DocumentHighlight] | None:
        snapshot = state.snapshot(params.text_document.uri)
        if snapshot is None:
            return None
        found = highlights(snapshot, convert.offset(snapshot.lines, params.position, server.unit))
        ranges = [convert.text_range(snapshot.lines, place, server.unit) for place in found]
        return [lsp.DocumentHighlight(place, lsp.DocumentHighlightKind.Read) for place in ranges] or None

    @server.feature(lsp.TEXT_DOCUMENT_DOCUMENT_LINK, lsp.DocumentLinkOptions(resolve_provider=False))
    @costs_only_its_answer(None)
    def on_link(params: lsp.DocumentLinkParams) -> list[lsp.DocumentLink] | None:
        snapshot = state.snapshot(params.text_document.uri)
        return convert.document_links(snapshot.lines, app_links(snapshot), server.unit) if snapshot else None

    @server.feature(lsp.TEXT_DOCUMENT_INLAY_HINT, lsp.InlayHintOptions(resolve_provider=False))
    @costs_only_its_answer(None)
    def on_inlay_hint(params: lsp.InlayHintParams) -> list[lsp.InlayHint] | None:
        snapshot = state.snapshot(params.text_document.uri) if server.shows_inlay_hints else None
        if snapshot is None:
            return None
        ends = (convert.offset(snapshot.lines, place, server.unit) for place in (params.range.start, params.range.end))
        return convert.inlay_hints(snapshot.lines, inlay_hints(snapshot, TextRange(*ends)), server.unit)


def _shows_links(server: "PdLanguageServer") -> bool:
    """Whether the client takes a definition with the key that it belongs to."""
    document = server.client_capabilities.text_document
    return bool(document and document.definition and document.definition.link_support)


def _uri(server: "PdLanguageServer", asked: str, place: Place) -> str:
    """How the editor calls the file of a place: by the URI that it has opened it with, if it has."""
    if place.path is None:
        return asked
    opened = (uri for uri, document in server.state.documents.items() if document.path == place.path)
    return next(opened, None) or convert.uri_of(place.path)
