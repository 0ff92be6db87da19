"""Positions in each unit that an editor may count in, in text where the units differ."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.e2e.test_odd_messages import HELLO, Wire

URI = "untitled:step"
CODECS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}
BEFORE = [
    "# 😀 said\r\ndef handler(pd):\r\n    x = '😀é'; y = ",
    "# one\r# two\rdef handler(pd):\r    x = 'e\u0301'; y = ",
    "\ufeffdef handler(pd):\n    x = '\u2028\x0c'; y = ",
]


class Session:
    """An editor that counts in one unit, and keeps the text that it has itself."""

    def __init__(self, wire: Wire, unit: str, text: str) -> None:
        self.wire, self.unit, self.text = wire, unit, text
        document = {"uri": URI, "languageId": "python", "version": 1, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": document})

    def notify(self, method: str, params: Any) -> None:
        self.wire.send({"jsonrpc": "2.0", "method": method, "params": params})

    def ask(self, method: str, params: Any) -> Any:
        self.wire.send({"jsonrpc": "2.0", "id": method, "method": method, "params": params})
        return self.wire.hear(id=method)["result"]

    def position(self, offset: int) -> dict[str, int]:
        before = self.text[:offset].replace("\r\n", "\n").replace("\r", "\n").split("\n")
        codec, size = CODECS[self.unit]
        return {"line": len(before) - 1, "character": len(before[-1].encode(codec)) // size}

    def offset(self, place: dict[str, int]) -> int:
        return next(at for at in range(len(self.text) + 1) if self.position(at) == place)

    def replace(self, start: int, end: int, text: str) -> None:
        """What a person does: their editor has it at once, and tells the server what has changed."""
        change = {"range": {"start": self.position(start), "end": self.position(end)}, "text": text}
        self.text = self.text[:start] + text + self.text[end:]
        changed = {"textDocument": {"uri": URI, "version": 2}, "contentChanges": [change]}
        self.notify("textDocument/didChange", changed)

    def accept(self, label: str, offset: int) -> None:
        """Chooses a completion at a place."""
        found = self.ask("textDocument/completion", {"textDocument": {"uri": URI}, "position": self.position(offset)})
        edit = next(item["textEdit"] for item in found["items"] if item["label"] == label)
        start, end = self.offset(edit["range"]["start"]), self.offset(edit["range"]["end"])
        self.text = self.text[:start] + edit["newText"] + self.text[end:]


@pytest.fixture(params=list(CODECS))
def agreed(request: pytest.FixtureRequest) -> Iterator[tuple[Wire, str]]:
    wire = Wire()
    capabilities = {"general": {"positionEncodings": [request.param]}}
    wire.send({**HELLO, "params": {"capabilities": capabilities}})
    answer = wire.hear(id=1)["result"]["capabilities"]
    assert (answer["positionEncoding"], answer["textDocumentSync"]["change"]) == (request.param, 2)
    yield wire, request.param
    wire.send({"jsonrpc": "2.0", "method": "exit"})
    wire.process.communicate(timeout=20)


@pytest.mark.parametrize("before", BEFORE, ids=["CRLF", "CR", "BOM"])
def test_a_key_that_is_typed_letter_by_letter_is_completed_where_it_stands(
    agreed: tuple[Wire, str], before: str
) -> None:
    session = Session(*agreed, before)
    for letter in 'pd.inputs["slack"]["$auth"]["oauth_':
        session.replace(len(session.text), len(session.text), letter)
    session.accept("oauth_uid", len(session.text))
    assert session.text == before + 'pd.inputs["slack"]["$auth"]["oauth_uid"]'


def test_text_before_the_key_may_be_changed_meanwhile(agreed: tuple[Wire, str]) -> None:
    session = Session(*agreed, BEFORE[0] + 'pd.inputs["slack"]["$auth"]["oauth_uid"]\r\n')
    session.replace(2, 3, "é😀\r\n# ")
    session.replace(session.text.index("uid"), session.text.index('"]\r\n'), "")
    session.accept("oauth_uid", session.text.index('"]\r\n'))
    assert session.text == BEFORE[0].replace("😀", "é😀\r\n# ", 1) + 'pd.inputs["slack"]["$auth"]["oauth_uid"]\r\n'


def test_a_change_that_can_not_be_applied_costs_answers_until_the_whole_text_comes(agreed: tuple[Wire, str]) -> None:
    text = 'def handler(pd):\n    return pd.inputs["slack"]["'
    session = Session(*agreed, text)
    reversed_range = {"start": {"line": 1, "character": 9}, "end": {"line": 0, "character": 0}}
    document = {"uri": URI, "version": 2}
    for changes, labels in (
        ([{"range": reversed_range, "text": "x"}], []),
        ([{"range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}}, "text": "x"}], []),
        ([{"text": text}], ["$auth"]),
    ):
        session.notify("textDocument/didChange", {"textDocument": document, "contentChanges": changes})
        at_end = {"textDocument": {"uri": URI}, "position": session.position(len(text))}
        assert [item["label"] for item in session.ask("textDocument/completion", at_end)["items"]] == labels
