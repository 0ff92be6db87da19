"""Messages that no client should send cost themselves, and never the server (D23)."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

HELLO = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"capabilities": {}}}
STEP = "def handler(pd):\n    return 1\n"


class Wire:
    """A server process, and what goes over its pipes, unchecked."""

    def __init__(self, *arguments: str) -> None:
        command = [sys.executable, "-m", "pd_lsp", "serve", *arguments]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def send(self, message: Any) -> None:
        body = message if isinstance(message, bytes) else json.dumps(message).encode()
        assert self.process.stdin
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self.process.stdin.flush()

    def hear(self, **wanted: Any) -> dict[str, Any]:
        """The next message that has these members; others are passed over."""
        assert self.process.stdout
        while True:
            size = int(self.process.stdout.readline().split(b":")[1])
            self.process.stdout.readline()
            message: dict[str, Any] = json.loads(self.process.stdout.read(size))
            if wanted.items() <= message.items():
                return message

    def is_alive(self) -> bool:
        self.send(
            {
                "jsonrpc": "2.0",
                "id": "alive",
                "method": "textDocument/codeLens",
                "params": {"textDocument": {"uri": "x:"}},
            }
        )
        return self.hear(id="alive")["result"] == []


@pytest.fixture
def wire() -> Iterator[Wire]:
    wire = Wire()
    wire.send(HELLO)
    wire.hear(id=1)
    yield wire
    wire.send({"jsonrpc": "2.0", "method": "exit"})
    _, complaints = wire.process.communicate(timeout=20)
    assert b"Traceback" not in complaints


@pytest.mark.parametrize(
    "odd",
    [
        {"jsonrpc": "2.0", "id": {"a": 1}, "result": 1},
        {"jsonrpc": "2.0", "id": {"a": 1}, "error": {"code": 1, "message": "x"}},
        {"jsonrpc": "2.0", "id": [1], "method": "textDocument/completion", "params": {}},
        {"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": {"a": 1}}},
        {"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": 7}},
        {"jsonrpc": "2.0", "method": "pd/trustedFolders", "params": 7},
        {"jsonrpc": "2.0", "id": 99, "result": 1},
        {"jsonrpc": "1.0"},
        [],
        b"no json",
        b"[" * 100_000,
    ],
)
def test_a_message_that_fits_nothing_costs_itself(wire: Wire, odd: Any) -> None:
    wire.send(odd)
    assert wire.is_alive()


def test_a_request_after_shutdown_is_refused(wire: Wire) -> None:
    wire.send({"jsonrpc": "2.0", "id": 5, "method": "shutdown"})
    assert wire.hear(id=5)["result"] is None
    wire.send({"jsonrpc": "2.0", "id": 6, "method": "textDocument/codeLens", "params": {"textDocument": {"uri": "x:"}}})
    assert wire.hear(id=6)["error"]["code"] == -32600


def test_a_request_whose_parameters_do_not_fit_gets_an_error(wire: Wire) -> None:
    wire.send({"jsonrpc": "2.0", "id": 5, "method": "textDocument/completion", "params": {"position": "here"}})
    assert wire.hear(id=5)["error"]["code"] == -32602


@pytest.mark.parametrize("argument", [{"uri": "file://["}, {"uri": 7}, 7, None])
def test_a_run_of_nothing_is_a_sentence(wire: Wire, argument: Any) -> None:
    arguments = {"command": "pd.runStep", "arguments": [argument]}
    wire.send({"jsonrpc": "2.0", "id": 5, "method": "workspace/executeCommand", "params": arguments})
    assert "Open the step as a file" in wire.hear(method="window/showMessage")["params"]["message"]
    assert wire.hear(id=5)["result"] is None


@pytest.mark.parametrize("answer", [{"result": "Run once"}, {"result": 7}, {"error": "no"}, {"error": {"code": "x"}}])
def test_an_answer_that_can_not_be_read_is_a_no(tmp_path: Path, answer: Any) -> None:
    file = tmp_path / "step.py"
    file.write_text(STEP)
    wire = Wire()
    capabilities = {"window": {"showMessage": {}}}
    trusted = {"trustedFolders": [tmp_path.as_uri()]}
    wire.send({**HELLO, "params": {"capabilities": capabilities, "initializationOptions": trusted}})
    document = {"uri": file.as_uri(), "languageId": "python", "version": 1, "text": STEP}
    wire.send({"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": document}})
    arguments = {"command": "pd.runStep", "arguments": [{"uri": file.as_uri()}]}
    wire.send({"jsonrpc": "2.0", "id": 5, "method": "workspace/executeCommand", "params": arguments})
    question = wire.hear(method="window/showMessageRequest")
    wire.send({"jsonrpc": "2.0", "id": question["id"], **answer})
    assert wire.hear(id=5)["result"] is None
    wire.send({"jsonrpc": "2.0", "method": "exit"})
    wire.process.communicate(timeout=20)


def test_a_text_that_would_keep_a_parser_busy_is_left_alone(wire: Wire) -> None:
    document = {"uri": "file:///x.py", "languageId": "python", "version": 1, "text": "(" * 200_000}
    wire.send({"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": document}})
    wire.send({"jsonrpc": "2.0", "id": 5, "method": "textDocument/codeLens", "params": {"textDocument": document}})
    assert "leaves the rest alone" in wire.hear(method="window/showMessage")["params"]["message"]
    assert wire.hear(id=5)["result"] == []
