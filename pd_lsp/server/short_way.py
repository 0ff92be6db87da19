"""The messages of a keystroke on a shorter way than through pygls: the same handlers, and the same words.

pygls has a general converter check each message against all that its type allows, makes a future for the answer, and
has the converter take that apart. Here a message is read that has just the form which editors send; any other takes
pygls's way, which also says what is wrong with it.
"""

import re
from collections.abc import Callable
from enum import Enum
from functools import cache
from operator import attrgetter
from typing import Any

import attrs
from lsprotocol import types as lsp

Params = lsp.CompletionParams | lsp.HoverParams | lsp.DidChangeTextDocumentParams


def read_params(method: str, params: Any) -> Params | None:
    """The parameters of a message, or None where it must take the long way."""
    read = _READERS.get(method)
    try:
        return read(params) if read else None
    except (AttributeError, KeyError, TypeError, ValueError):
        return None


def plain(value: Any) -> Any:
    """An answer in words of LSP as JSON: members that say nothing are left out."""
    kind: Any = type(value)
    if kind in _JSON:
        return value
    if kind is list:
        return [plain(one) for one in value]
    if issubclass(kind, Enum):
        return value.value
    names, get = _members(kind)
    known = zip(names, get(value), strict=True)
    return {name: one if type(one) in _JSON else plain(one) for name, one in known if one is not None}


_JSON = frozenset({str, int, bool, float, type(None)})


@cache
def _members(kind: type) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]]]:
    """What the protocol calls the members of a type of LSP, and what reads them all."""
    fields = [field.name for field in attrs.fields(kind)]
    get = attrgetter(*fields)
    return tuple(map(_in_camel_case, fields)), get if len(fields) > 1 else lambda value: (get(value),)


def _in_camel_case(name: str) -> str:
    return re.sub(r"_(\w)", lambda found: found[1].upper(), name.rstrip("_"))


def _completion(params: Any) -> lsp.CompletionParams | None:
    if params.keys() - {"textDocument", "position", "context"}:
        return None
    context = params.get("context")
    return lsp.CompletionParams(_document(params), _position(params["position"]), context and _context(context))


def _hover(params: Any) -> lsp.HoverParams | None:
    if params.keys() != {"textDocument", "position"}:
        return None
    return lsp.HoverParams(_document(params), _position(params["position"]))


def _change(params: Any) -> lsp.DidChangeTextDocumentParams:
    document, changes = params["textDocument"], tuple(map(_content_change, params["contentChanges"]))
    return lsp.DidChangeTextDocumentParams(
        lsp.VersionedTextDocumentIdentifier(version=document["version"], uri=document["uri"]), changes
    )


def _content_change(change: Any) -> lsp.TextDocumentContentChangeEvent:
    place = change.get("range")
    if place is None:
        return lsp.TextDocumentContentChangeWholeDocument(change["text"])
    between = lsp.Range(_position(place["start"]), _position(place["end"]))
    return lsp.TextDocumentContentChangePartial(between, change["text"])


def _document(params: Any) -> lsp.TextDocumentIdentifier:
    return lsp.TextDocumentIdentifier(params["textDocument"]["uri"])


def _position(place: Any) -> lsp.Position:
    return lsp.Position(place["line"], place["character"])


def _context(context: Any) -> lsp.CompletionContext:
    return lsp.CompletionContext(lsp.CompletionTriggerKind(context["triggerKind"]), context.get("triggerCharacter"))


_READERS: dict[str, Callable[[Any], Params | None]] = {
    lsp.TEXT_DOCUMENT_COMPLETION: _completion,
    lsp.TEXT_DOCUMENT_HOVER: _hover,
    lsp.TEXT_DOCUMENT_DID_CHANGE: _change,
}
