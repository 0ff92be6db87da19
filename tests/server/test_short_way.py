"""The short way of a message says what the long one says, and leaves to it what it does not know."""

import asyncio
import json
from typing import Any

import pytest
from lsprotocol import types as lsp
from lsprotocol.converters import get_converter
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol

from pd_lsp.server.short_way import plain, read_params
from pd_lsp.server.transport import take_message

CONVERTER = get_converter()
DOCUMENT = {"uri": "file:///a.py"}
PLACE = {"line": 1, "character": 2}
BETWEEN = {"start": PLACE, "end": {"line": 3, "character": 4}}
VERSIONED = {**DOCUMENT, "version": 3}
COMPLETION, HOVER, CHANGE = lsp.TEXT_DOCUMENT_COMPLETION, lsp.TEXT_DOCUMENT_HOVER, lsp.TEXT_DOCUMENT_DID_CHANGE
TYPES = {COMPLETION: lsp.CompletionParams, HOVER: lsp.HoverParams, CHANGE: lsp.DidChangeTextDocumentParams}


@pytest.mark.parametrize(
    ("method", "params"),
    [
        (COMPLETION, {"textDocument": DOCUMENT, "position": PLACE}),
        (COMPLETION, {"textDocument": DOCUMENT, "position": PLACE, "context": {"triggerKind": 1}}),
        (
            COMPLETION,
            {"textDocument": DOCUMENT, "position": PLACE, "context": {"triggerKind": 2, "triggerCharacter": "["}},
        ),
        (HOVER, {"textDocument": DOCUMENT, "position": PLACE}),
        (CHANGE, {"textDocument": VERSIONED, "contentChanges": [{"text": "a"}, {"range": BETWEEN, "text": ""}]}),
        (CHANGE, {"textDocument": VERSIONED, "contentChanges": []}),
    ],
)
def test_parameters_are_read_as_the_long_way_reads_them(method: str, params: Any) -> None:
    assert read_params(method, params) == CONVERTER.structure(params, TYPES[method])


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("textDocument/definition", {"textDocument": DOCUMENT, "position": PLACE}),
        (COMPLETION, None),
        (COMPLETION, []),
        (COMPLETION, {"textDocument": DOCUMENT}),
        (COMPLETION, {"textDocument": DOCUMENT, "position": PLACE, "workDoneToken": 1}),
        (COMPLETION, {"textDocument": DOCUMENT, "position": {"line": -1, "character": 0}}),
        (COMPLETION, {"textDocument": DOCUMENT, "position": {"line": 1.5, "character": 0}}),
        (COMPLETION, {"textDocument": {"uri": 7}, "position": PLACE}),
        (COMPLETION, {"textDocument": DOCUMENT, "position": PLACE, "context": {"triggerKind": 9}}),
        (COMPLETION, {"textDocument": DOCUMENT, "position": PLACE, "context": "x"}),
        (HOVER, {"textDocument": DOCUMENT, "position": PLACE, "workDoneToken": "t"}),
        (HOVER, {"textDocument": "x", "position": PLACE}),
        (CHANGE, {"textDocument": DOCUMENT, "contentChanges": []}),
        (CHANGE, {"textDocument": VERSIONED, "contentChanges": 7}),
        (CHANGE, {"textDocument": VERSIONED, "contentChanges": [{"range": BETWEEN}]}),
        (CHANGE, {"textDocument": VERSIONED, "contentChanges": [{"range": {"start": PLACE}, "text": "a"}]}),
        (CHANGE, {"textDocument": VERSIONED, "contentChanges": [{"text": None}]}),
        (CHANGE, {"textDocument": VERSIONED, "contentChanges": ["a"]}),
    ],
)
def test_what_has_another_form_is_left_to_the_long_way(method: str, params: Any) -> None:
    assert read_params(method, params) is None


ITEM = lsp.CompletionItem(
    label="oauth_uid",
    kind=lsp.CompletionItemKind.Field,
    documentation=lsp.MarkupContent(lsp.MarkupKind.Markdown, "**it**"),
    insert_text_format=lsp.InsertTextFormat.PlainText,
    text_edit=lsp.TextEdit(lsp.Range(lsp.Position(0, 1), lsp.Position(2, 3)), "é😀"),
    additional_text_edits=[],
    deprecated=False,
)


@pytest.mark.parametrize(
    "answer",
    [
        None,
        lsp.CompletionList(is_incomplete=False, items=[ITEM, lsp.CompletionItem(label="")]),
        lsp.CompletionList(is_incomplete=True, items=[]),
        lsp.Hover(contents=lsp.MarkupContent(lsp.MarkupKind.PlainText, "")),
        lsp.Hover(contents="x", range=lsp.Range(lsp.Position(0, 0), lsp.Position(0, 1))),
    ],
)
def test_an_answer_is_written_as_the_long_way_writes_it(answer: Any) -> None:
    assert json.loads(json.dumps(plain(answer))) == json.loads(json.dumps(CONVERTER.unstructure(answer)))


def asking(method: str, **members: Any) -> bytes:
    params = {"textDocument": DOCUMENT, "position": PLACE}
    return json.dumps({"jsonrpc": "2.0", "method": method, "params": params, **members}).encode()


class Heard:
    """What a server has written."""

    def __init__(self) -> None:
        self.answers: list[Any] = []

    def write(self, data: bytes) -> None:
        self.answers.append(json.loads(data.partition(b"\r\n\r\n")[2]))


def served(handler: Any) -> tuple[LanguageServerProtocol, Heard]:
    """A server that asks `handler` for hovers."""
    server, heard = LanguageServer("short", "1"), Heard()
    server.feature(HOVER)(handler)
    server.protocol.set_writer(heard)  # type: ignore[arg-type]
    return server.protocol, heard


def test_a_handler_is_asked_and_its_answer_sent_at_once() -> None:
    protocol, heard = served(lambda params: lsp.Hover(contents=f"line {params.position.line}"))
    take_message(protocol, asking(HOVER, id=4))
    assert heard.answers == [{"jsonrpc": "2.0", "id": 4, "result": {"contents": "line 1"}}]


async def test_a_handler_that_has_to_wait_is_answered_for_when_it_knows() -> None:
    asked = asyncio.Event()

    async def handler(_params: lsp.HoverParams) -> lsp.Hover:
        await asked.wait()
        return lsp.Hover(contents="late")

    protocol, heard = served(handler)
    take_message(protocol, asking(HOVER, id=4))
    assert heard.answers == []
    asked.set()
    while not heard.answers:
        await asyncio.sleep(0)
    assert heard.answers == [{"jsonrpc": "2.0", "id": 4, "result": {"contents": "late"}}]


async def test_a_handler_that_waits_can_be_cancelled() -> None:
    async def handler(_params: lsp.HoverParams) -> None:
        await asyncio.Event().wait()

    protocol, heard = served(handler)
    take_message(protocol, asking(HOVER, id=4))
    take_message(protocol, json.dumps({"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": 4}}).encode())
    while not heard.answers:
        await asyncio.sleep(0)
    assert heard.answers[0]["error"]["code"] == -32800
