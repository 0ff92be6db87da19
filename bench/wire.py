"""A client that is nothing but pipes, so that what is measured is the server's."""

import json
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil


class WrongAnswerError(Exception):
    """A server answered something else than it should: its speed means nothing."""


@dataclass(slots=True)
class Keystroke:
    """What one change and the completion after it cost, in seconds."""

    wall: float
    processor: float


class Server:
    """A language server in a process of its own."""

    def __init__(self, command: Sequence[str], folder: Path) -> None:
        self.started = time.perf_counter()
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=folder
        )
        self._watched = psutil.Process(self._process.pid)
        self._last_id = 0
        capabilities = {"general": {"positionEncodings": ["utf-16"]}}
        options = {"trustedFolders": [folder.as_uri()]}
        parameters = {"processId": None, "rootUri": folder.as_uri(), "capabilities": capabilities}
        self.request("initialize", {**parameters, "initializationOptions": options})
        self.notify("initialized", {})

    def request(self, method: str, parameters: Any) -> Any:
        """The result of a request; what else the server says meanwhile is passed over."""
        self._last_id += 1
        self._send({"id": self._last_id, "method": method, "params": parameters})
        while True:
            answer = self._receive()
            if answer.get("id") == self._last_id and "method" not in answer:
                return answer.get("result")

    def notify(self, method: str, parameters: Any) -> None:
        """Sends a notification."""
        self._send({"method": method, "params": parameters})

    def open(self, uri: str, text: str) -> None:
        """Opens a document."""
        self.notify(
            "textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": "python", "version": 1, "text": text}}
        )

    def type(self, uri: str, version: int, text: str, line: int, column: int, expected: str) -> Keystroke:
        """One keystroke: the document's new text, and the completion at the caret, which must offer `expected`."""
        processor, begun = self._processor(), time.perf_counter()
        changed = {"textDocument": {"uri": uri, "version": version}, "contentChanges": [{"text": text}]}
        self.notify("textDocument/didChange", changed)
        found = self.request(
            "textDocument/completion", {"textDocument": {"uri": uri}, "position": {"line": line, "character": column}}
        )
        wall = time.perf_counter() - begun
        if expected not in [item["label"] for item in found["items"]]:
            raise WrongAnswerError(f"{expected} was not offered in line {line + 1} of {uri.rpartition('/')[2]}")
        return Keystroke(wall, self._processor() - processor)

    def memory(self) -> int:
        """Bytes of memory that the server's own process has resident."""
        return int(self._watched.memory_info().rss)

    def close(self) -> None:
        """Ends the server."""
        self.request("shutdown", None)
        self.notify("exit", None)
        self._process.wait(10)

    def _processor(self) -> float:
        times = self._watched.cpu_times()
        return float(times.user + times.system)

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self._process.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        assert self._process.stdout
        length = 0
        while (line := self._process.stdout.readline()).strip():
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        if not length:
            raise WrongAnswerError("The server ended.")
        answer: dict[str, Any] = json.loads(self._process.stdout.read(length))
        return answer
