"""An editor that announces nothing at all: it gets everything but what only plugins of pd-lsp can show."""

import itertools
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.test_odd_messages import Wire

STEP = """\
def handler(pd: "pipedream"):
    print("hello 🙂")
    key = pd.inputs["openai"]["$auth"]["api_key"]
    return {"length": len(key)}
"""
FOR_EVER = """\
import time
def handler(pd):
    print("started", flush=True)
    time.sleep(600)
"""
KNOWN_TO_ALL = {
    "textDocument/publishDiagnostics",
    "window/logMessage",
    "window/showMessage",
    "window/showMessageRequest",
}
"""What a server may send to a client that has announced nothing, by the specification."""


class PlainEditor:
    """Speaks the protocol as its first version had it, on a file of its own, and keeps what the server sends."""

    def __init__(self, file: Path, text: str, python: Path) -> None:
        self.file, self.uri, self.text = file, file.as_uri(), text
        self.sent_by_server: list[dict[str, Any]] = []
        self._unread: list[dict[str, Any]] = []
        self._ids = itertools.count(1)
        file.write_text(text)
        self.wire = Wire("--stdio", "--sandbox", "--python", str(python))
        self.initialized = self.ask("initialize", {"processId": None, "rootUri": None, "capabilities": {}})
        self.notify("initialized", {})
        document = {"uri": self.uri, "languageId": "python", "version": 1, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": document})

    def notify(self, method: str, params: Any) -> None:
        self.wire.send({"jsonrpc": "2.0", "method": method, "params": params})

    def ask(self, method: str, params: Any) -> Any:
        number = next(self._ids)
        self.wire.send({"jsonrpc": "2.0", "id": number, "method": method, "params": params})
        while "method" in (message := self.wire.hear()):
            self._keep(message)
        assert message["id"] == number
        return message["result"]

    def _keep(self, message: dict[str, Any]) -> None:
        self.sent_by_server.append(message)
        self._unread.append(message)

    def until(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The next message of the server that is wanted; it may have come before an answer."""
        while True:
            while self._unread:
                message = self._unread.pop(0)
                if wanted(message):
                    return message
            self._keep(self.wire.hear())

    def at(self, needle: str) -> dict[str, Any]:
        """The place behind `needle`, in columns of UTF-16."""
        line, found = next((n, one) for n, one in enumerate(self.text.splitlines()) if needle in one)
        before = found[: found.index(needle) + len(needle)]
        return {"line": line, "character": len(before.encode("utf-16-le")) // 2}

    def asks_at(self, method: str, needle: str) -> Any:
        return self.ask(method, {"textDocument": {"uri": self.uri}, "position": self.at(needle)})

    def actions(self) -> dict[str, dict[str, Any]]:
        """The code actions at the end of the step, by title."""
        last = self.at(self.text.splitlines()[-1])
        caret = {"start": last, "end": last}
        asked = {"textDocument": {"uri": self.uri}, "range": caret, "context": {"diagnostics": []}}
        return {action["title"]: action for action in self.ask("textDocument/codeAction", asked)}

    def until_offered(self, title: str) -> None:
        """Waits until there is a code action of this title."""
        while title not in self.actions():
            pass

    def do(self, command: dict[str, Any]) -> Any:
        """Sends a command of the server as it came, which is all that such an editor can do with it."""
        return self.ask("workspace/executeCommand", {**command, "title": None})

    def question(self) -> dict[str, Any]:
        return self.until(lambda message: message.get("method") == "window/showMessageRequest")

    def answer(self, question: dict[str, Any], **answer: Any) -> None:
        self.wire.send({"jsonrpc": "2.0", "id": question["id"], **answer})

    def until_said(self, text: str, how: str = "showMessage") -> str:
        """Waits for a message with `text` in it."""
        heard = self.until(
            lambda message: message.get("method") == f"window/{how}" and text in message["params"]["message"]
        )
        return str(heard["params"]["message"])

    def leave(self) -> None:
        """Goes as it should; the server has sent nothing that this editor could not know."""
        self.ask("shutdown", None)
        self.notify("exit", None)
        _, complaints = self.wire.process.communicate(timeout=20)
        assert b"Traceback" not in complaints
        assert {message["method"] for message in self.sent_by_server} <= KNOWN_TO_ALL


Open = Callable[..., PlainEditor]


@pytest.fixture
def opened(tmp_path: Path, steps_python: Path) -> Iterator[Open]:
    """Opens a step in such an editor, in a folder that is trusted as anywhere else: by a terminal."""
    editors: list[PlainEditor] = []

    def start(text: str = STEP, *, trusted: bool = True) -> PlainEditor:
        if trusted:
            pd_lsp("trust", tmp_path)
        editors.append(PlainEditor(tmp_path / "step.py", text, steps_python))
        return editors[-1]

    yield start
    for editor in editors:
        editor.leave()


def pd_lsp(*words: str | Path) -> None:
    """A command in a terminal."""
    subprocess.run([sys.executable, "-m", "pd_lsp", *words], check=True, capture_output=True)


def test_keys_are_completed_with_a_plain_edit(opened: Open) -> None:
    editor = opened(STEP.replace('["api_key"]', '["'))
    items = editor.asks_at("textDocument/completion", '["$auth"]["')["items"]
    [key] = [item for item in items if item["label"] == "api_key"]
    assert key["insertTextFormat"] == 1
    assert key["textEdit"]["newText"] == 'api_key"]'
    assert key["textEdit"]["range"]["end"] == editor.at('["$auth"]["')


def test_a_hover_is_plain_text(opened: Open) -> None:
    contents = opened().asks_at("textDocument/hover", '"api_')["contents"]
    assert contents["kind"] == "plaintext"
    assert contents["value"].startswith("api_key: a key of OpenAI (openai)")


def test_diagnostics_come_by_themselves(opened: Open) -> None:
    editor = opened(STEP.replace('"api_key"', '"api_kee"'))

    def names_the_key(message: dict[str, Any]) -> bool:
        found = message["params"]["diagnostics"] if message.get("method", "").endswith("publishDiagnostics") else []
        return any(diagnostic["code"] == "unknown-key" for diagnostic in found)

    editor.until(names_the_key)


def test_templates_are_code_actions_with_changes_of_the_oldest_form(opened: Open) -> None:
    editor = opened()
    assert editor.do({"command": "pd.refreshAccounts"})
    action = editor.actions()["Insert OpenAI: Ask a model a question"]
    assert list(action["edit"]) == ["changes"]
    assert "command" not in action


def test_a_step_is_run_by_a_code_action_after_a_question_and_told_of_in_messages(opened: Open) -> None:
    editor = opened()
    assert editor.do(editor.actions()["Run step"]["command"]) is None  # at once: the editor does not stand still
    question = editor.question()
    assert "Accounts: openai" in question["params"]["message"]
    titles = [action["title"] for action in question["params"]["actions"]]
    assert titles == ["Cancel", "Run once", "Always for this file"]  # many take the first for the default
    editor.answer(question, result={"title": "Run once"})
    assert editor.until_said("hello", "logMessage") == "hello 🙂"
    assert "$return_value" in editor.until_said("succeeded", "logMessage")
    assert editor.until_said("succeeded").startswith("step succeeded after ")


def test_the_lens_runs_the_same(opened: Open) -> None:
    editor = opened()
    [lens] = editor.ask("textDocument/codeLens", {"textDocument": {"uri": editor.uri}})
    assert lens["command"]["arguments"] == editor.actions()["Run step"]["command"]["arguments"]


def test_a_run_is_stopped_by_a_code_action(opened: Open) -> None:
    editor = opened(FOR_EVER)
    editor.do(editor.actions()["Run step"]["command"])
    editor.answer(editor.question(), result={"title": "Run once"})
    editor.until_said("started", "logMessage")
    actions = editor.actions()
    assert "Run step" not in actions
    editor.do(actions["Stop step"]["command"])
    editor.until_said("step cancelled after")
    editor.until_offered("Run step")


def test_an_editor_that_knows_no_questions_names_the_command_and_then_runs(opened: Open) -> None:
    editor = opened()
    run = editor.actions()["Run step"]["command"]
    editor.do(run)
    editor.answer(editor.question(), error={"code": -32601, "message": "Method not found"})
    said = editor.until_said("pd-lsp allow")
    words = said.partition("`")[2].partition("`")[0].split()
    pd_lsp(*words[1:])
    editor.do(run)
    editor.until_said("succeeded")


def test_an_editor_that_never_answers_is_told_the_command_too_and_can_stop_the_run(opened: Open) -> None:
    editor = opened()
    editor.do(editor.actions()["Run step"]["command"])
    editor.question()
    editor.until_said("If you see no question")
    editor.do(editor.actions()["Stop step"]["command"])
    editor.until_offered("Run step")


@pytest.mark.parametrize(
    "answer", [{"result": None}, {"result": {"title": "Cancel"}}, {"error": {"code": -32800, "message": "cancelled"}}]
)
def test_anything_but_a_yes_runs_nothing(opened: Open, answer: Any) -> None:
    editor = opened()
    editor.do(editor.actions()["Run step"]["command"])
    editor.answer(editor.question(), **answer)
    editor.until_offered("Run step")
    assert not [message for message in editor.sent_by_server if message["method"] == "window/logMessage"]


def test_nothing_runs_in_a_folder_that_is_not_trusted(opened: Open) -> None:
    editor = opened(trusted=False)
    editor.do(editor.actions()["Run step"]["command"])
    assert "pd-lsp trust" in editor.until_said("is not trusted")


def test_what_a_step_raises_stands_on_its_line(opened: Open) -> None:
    editor = opened('def handler(pd):\n    raise ValueError("no")\n')
    editor.do(editor.actions()["Run step"]["command"])
    editor.answer(editor.question(), result={"title": "Run once"})
    assert editor.until_said("raised", "showMessage").endswith("ValueError: no (line 2)")

    def marks_the_line(message: dict[str, Any]) -> bool:
        found = message["params"]["diagnostics"] if message["method"].endswith("publishDiagnostics") else []
        return any(one["source"] == "pd-lsp run" and one["range"]["start"]["line"] == 1 for one in found)

    editor.until(marks_the_line)
