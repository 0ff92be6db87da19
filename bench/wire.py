"""A client that does next to nothing, so that what is measured is the server's."""

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.changes import content_change
from bench.pipes import NoAnswerError, Pipes, encoded
from bench.processes import ProcessTree

PATIENCE = 10.0
"""Seconds after which a server is taken for one that does not answer."""
_CAPABILITIES = {
    "general": {"positionEncodings": ["utf-16"]},
    "workspace": {
        "configuration": True,
        "workspaceFolders": True,
        "didChangeConfiguration": {},
        "diagnostics": {"refreshSupport": True},
    },
    "textDocument": {
        "synchronization": {},
        "completion": {
            "completionItem": {"insertReplaceSupport": True, "snippetSupport": True, "labelDetailsSupport": True},
            "completionList": {"itemDefaults": ["editRange", "insertTextFormat"]},
            "contextSupport": True,
        },
        "hover": {"contentFormat": ["markdown", "plaintext"]},
        "diagnostic": {"dynamicRegistration": True},
        "publishDiagnostics": {"versionSupport": True},
    },
}


class WrongAnswerError(Exception):
    """A server answered something else than it should: its speed means nothing."""


@dataclass(frozen=True, slots=True)
class Keystroke:
    """What one change and the completion after it cost, in seconds, and what was offered."""

    wall: float
    processor: float
    found: Any


class Server:
    """A language server in a process of its own, and the documents that are open in it."""

    def __init__(
        self,
        command: Sequence[str],
        folder: Path,
        *,
        configuration: Mapping[str, Any] | None = None,
        needs_bench: bool = True,
    ) -> None:
        """`needs_bench`: it runs in the bench's own Python. To the others a `PYTHONPATH` would be code to analyse."""
        self.started = time.perf_counter()
        self._configuration = configuration or {}
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            bufsize=0,
            env=None if needs_bench else {name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
        )
        self._pipes = Pipes(self._process)
        self._last_id = 0
        self._published: dict[str, tuple[int | None, list[Any]]] = {}
        self._texts: dict[str, tuple[int, str]] = {}
        self._dynamic: set[str] = set()
        self.tree = ProcessTree(self._process.pid)
        self._capabilities = self._initialize(folder)

    def _initialize(self, folder: Path) -> dict[str, Any]:
        parameters = {
            "processId": os.getpid(),
            "rootUri": folder.as_uri(),
            "workspaceFolders": [{"uri": folder.as_uri(), "name": folder.name}],
            "capabilities": _CAPABILITIES,
            "initializationOptions": {"trustedFolders": [folder.as_uri()]},
        }
        answer = self.request("initialize", parameters, 30)
        self.notify("initialized", {})
        self.notify("workspace/didChangeConfiguration", {"settings": self._configuration})
        found: dict[str, Any] = answer["capabilities"]
        return found

    @property
    def takes_ranges(self) -> bool:
        """Whether it asks for what has changed, and not for the whole text."""
        sync = self._capabilities.get("textDocumentSync", 0)
        kind = sync.get("change", 0) if isinstance(sync, dict) else sync
        return int(kind) == 2  # noqa: PLR2004 - TextDocumentSyncKind.Incremental

    @property
    def is_asked_for_diagnostics(self) -> bool:
        """Whether it gives diagnostics when asked; otherwise it sends them by itself."""
        return "diagnosticProvider" in self._capabilities or "textDocument/diagnostic" in self._dynamic

    def request(self, method: str, parameters: Any, patience: float = PATIENCE) -> Any:
        """The result of a request; raises NoAnswerError."""
        self._pipes.send(self._request(method, parameters), patience)
        return self._result(patience)

    def _request(self, method: str, parameters: Any) -> dict[str, Any]:
        self._last_id += 1
        return {"id": self._last_id, "method": method, "params": parameters}

    def _result(self, patience: float) -> Any:
        """The result of the last request."""
        until = time.perf_counter() + patience
        while True:
            answer = self._receive(until)
            if answer.get("id") == self._last_id and "method" not in answer:
                if "error" in answer:
                    raise NoAnswerError(f"It refused: {answer['error'].get('message')}")
                return answer.get("result")

    def notify(self, method: str, parameters: Any) -> None:
        """Sends a notification."""
        self._pipes.send({"method": method, "params": parameters}, PATIENCE)

    def open(self, uri: str, text: str) -> None:
        """Opens a document."""
        self._texts[uri] = 1, text
        document = {"uri": uri, "languageId": "python", "version": 1, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": document})

    def change(self, uri: str, text: str) -> None:
        """Makes `text` of a document."""
        self._pipes.send(self._change(uri, text), PATIENCE)

    def _change(self, uri: str, text: str) -> dict[str, Any]:
        """The notification: of the range that differs, for a server that takes ranges."""
        version, before = self._texts[uri]
        self._texts[uri] = version + 1, text
        changes = [content_change(before, text) if self.takes_ranges else {"text": text}]
        document = {"uri": uri, "version": version + 1}
        return {"method": "textDocument/didChange", "params": {"textDocument": document, "contentChanges": changes}}

    def type(self, uri: str, text: str, line: int, column: int) -> Keystroke:
        """One keystroke: the document's new text, and the completion at the caret."""
        asked = self._request("textDocument/completion", _place(uri, line, column))
        messages = encoded(self._change(uri, text)), encoded(asked)
        processor, begun = self.tree.processor(), time.perf_counter()
        for message in messages:
            self._pipes.write(message, PATIENCE)
        found = self._result(PATIENCE)
        wall = self._pipes.read_at - begun
        return Keystroke(wall, self.tree.processor() - processor, found)

    def completion(self, uri: str, line: int, column: int, patience: float = PATIENCE) -> Any:
        """What is offered at a place, as the server says it."""
        return self.request("textDocument/completion", _place(uri, line, column), patience)

    def hover(self, uri: str, line: int, column: int) -> Any:
        """What is said of a place."""
        return self.request("textDocument/hover", _place(uri, line, column))

    def diagnostics(self, uri: str, text: str, patience: float = PATIENCE) -> tuple[float, list[Any]]:
        """The seconds from a change to `text` to the document's diagnostics, and these: asked for, or waited for."""
        self._take_waiting()
        self._published.pop(uri, None)
        change = encoded(self._change(uri, text))
        begun = time.perf_counter()
        self._pipes.write(change, patience)
        found = self._asked_for(uri, patience) if self.is_asked_for_diagnostics else self._waited_for(uri, patience)
        return time.perf_counter() - begun, found

    def _asked_for(self, uri: str, patience: float) -> list[Any]:
        answer = self.request("textDocument/diagnostic", {"textDocument": {"uri": uri}}, patience)
        found: list[Any] = answer.get("items", [])
        return found

    def _waited_for(self, uri: str, patience: float) -> list[Any]:
        until = time.perf_counter() + patience
        while not self._is_published(uri):
            self._receive(until)
        return self._published[uri][1]

    def rest(self, most: float = 0.1) -> None:
        """Waits, as a person does between two keys, until the server has nothing more to do, or `most` seconds."""
        until = time.perf_counter() + most
        spent = -1.0
        while time.perf_counter() < until and (now := self.tree.processor()) - spent > 0.0002:  # noqa: PLR2004
            spent = now
            time.sleep(0.004)
        self._take_waiting()

    def close(self) -> None:
        """Ends the server, kindly where it answers."""
        try:
            self.request("shutdown", None, 2)
            self.notify("exit", None)
            self._process.wait(2)
        except (NoAnswerError, OSError, subprocess.TimeoutExpired):
            self.tree.kill()
        finally:
            self._pipes.close()
            self._process.wait()

    def _is_published(self, uri: str) -> bool:
        version = self._published.get(uri, (0, []))[0]
        return uri in self._published and version in (None, self._texts[uri][0])

    def _take_waiting(self) -> None:
        """Takes what has come by itself."""
        for message in self._pipes.waiting():
            self._heed(message)

    def _heed(self, message: dict[str, Any]) -> None:
        """Answers what the server asks, and keeps the diagnostics that it sends."""
        method, parameters = message.get("method"), message.get("params") or {}
        if method == "textDocument/publishDiagnostics":
            self._published[parameters["uri"]] = parameters.get("version"), parameters["diagnostics"]
        if method is None or "id" not in message:
            return
        result: Any = None
        if method == "workspace/configuration":
            result = [self._section(item.get("section") or "") for item in parameters["items"]]
        if method == "client/registerCapability":
            self._dynamic |= {one["method"] for one in parameters["registrations"]}
        self._pipes.send({"id": message["id"], "result": result}, PATIENCE)

    def _section(self, name: str) -> Any:
        found: Any = self._configuration
        for part in filter(None, name.split(".")):
            found = found.get(part) if isinstance(found, Mapping) else None
        return found

    def _receive(self, until: float) -> dict[str, Any]:
        message = self._pipes.receive(until - time.perf_counter())
        self._heed(message)
        return message


def items_of(found: Any) -> list[dict[str, Any]]:
    """The items of a completion, whichever form it has."""
    items: list[dict[str, Any]] = found.get("items", []) if isinstance(found, dict) else found or []
    return items


def offers(found: Any, key: str) -> bool:
    """Whether `key` is among the completions, with its quotes or without."""
    return any(item["label"].strip("\"'") == key for item in items_of(found))


def _place(uri: str, line: int, column: int) -> dict[str, Any]:
    return {
        "textDocument": {"uri": uri},
        "position": {"line": line, "character": column},
        "context": {"triggerKind": 1},
    }
