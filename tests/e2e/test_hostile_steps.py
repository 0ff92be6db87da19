"""Steps that do their worst, one after the other under one server: it says what happened, and nothing is left.

After each the same server completes and runs another step, and neither a process nor a file of the run is there.
"""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import dedent
from typing import Any

import psutil
import pytest
import pytest_asyncio
from lsprotocol import types as lsp

from pd_lsp.cli.demo_client import EditorClient
from tests.e2e.test_running import until
from tests.left_behind import files_in, orphans_in_sight, processes_below

pytestmark = pytest.mark.asyncio(loop_scope="module")

WORKFLOW = """\
settings: {{lambda_timeout: {seconds}, lambda_memory: 256}}
steps:
- {{namespace: step, uses: ./step/entry.py}}
"""
INNOCENT = "def handler(pd):\n    return 'as ever'\n"
HALF_TYPED = 'def handler(pd):\n    pd.inputs["'
LARGEST_FILE = 2 * 1024 * 1024
"""Bytes that a file may have in these tests: the server is started with this limit, and a step inherits it."""


@dataclass(frozen=True)
class Hostile:
    """A step, and what the person is told of it."""

    step: str
    outcome: str
    says: str = ""
    """In the result: the error, a sentence, or what was printed."""
    seconds: int = 20
    """The workflow's time limit."""
    beside: Mapping[str, str] = field(default_factory=dict)
    """Files beside the step."""


STEPS = {
    "prints invalid UTF-8": Hostile(
        r'sys.stdout.buffer.write(b"before \xff\xfe\xc3 after\n")', "succeeded", "before \ufffd\ufffd\ufffd after"
    ),
    "prints zero bytes, controls and half characters": Hostile(
        r'sys.stdout.write("\0\x1b[2J\x07\r before " + "\udc80" * 3 + " after")',
        "succeeded",
        "before \ufffd\ufffd\ufffd after",
    ),
    "never returns": Hostile("while True:\n    time.sleep(1)", "timed out", "within 1 s", seconds=1),
    "never returns and never sleeps": Hostile("while True:\n    pass", "timed out", "within 1 s", seconds=1),
    "ignores every signal": Hostile(
        """\
        for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
            signal.signal(number, signal.SIG_IGN)
        while True:
            time.sleep(1)""",
        "timed out",
        "within 1 s",
        seconds=1,
    ),
    "catches what asks it to stop": Hostile(
        """\
        while True:
            try:
                time.sleep(60)
            except BaseException:
                print("not me")""",
        "timed out",
        "not me",
        seconds=1,
    ),
    "forks and detaches": Hostile(
        """\
        if not os.fork():
            os.setsid()
            if os.fork():
                os._exit(0)
            for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
                signal.signal(number, signal.SIG_IGN)
            for descriptor in range(200):
                try:
                    os.close(descriptor)
                except OSError:
                    pass
            time.sleep(3600)
        time.sleep(0.3)""",
        "succeeded",
        "left 1 running process behind",
    ),
    "closes the descriptor of its output": Hostile("os.close(1)\nos.close(2)", "succeeded"),
    "closes its output and prints": Hostile("sys.stdout.close()\nprint('on')", "raised", "closed file"),
    "closes every descriptor": Hostile("os.closerange(0, 4096)", "crashed", "closed the descriptor"),
    "segfaults": Hostile("import ctypes\nctypes.string_at(0)", "crashed", "SIGSEGV"),
    "kills itself": Hostile("os.kill(os.getpid(), signal.SIGKILL)", "crashed", "SIGKILL"),
    "kills its supervisor": Hostile(
        "os.kill(os.getppid(), signal.SIGKILL)\ntime.sleep(3600)", "crashed", "ended from outside"
    ),
    "calls os._exit": Hostile("os._exit(0)", "crashed", "use `return` instead"),
    "exhausts memory": Hostile(
        "kept = []\nwhile True:\n    kept.append(bytearray(64 * 1024 * 1024))", "raised", "MemoryError"
    ),
    "writes a file without end": Hostile(
        """\
        with open("endless", "wb", buffering=0) as file:
            while True:
                file.write(b"x" * 65_536)""",
        "raised",
        "no file may be larger",
    ),
    "starts hundreds of processes": Hostile(
        """\
        for _ in range(300):
            if not os.fork():
                time.sleep(3600)
        time.sleep(3600)""",
        "crashed",
        "more than 256 processes",
    ),
    "exits with an open thread": Hostile(
        "import threading\nthreading.Thread(target=time.sleep, args=(3600,)).start()\nreturn 1",
        "succeeded",
        "a thread it started went on",
        seconds=1,
    ),
    "empties sys.path": Hostile("sys.path.clear()\nreturn {'still': 'there'}", "succeeded", "still"),
    "makes sys.path something else": Hostile("sys.path = None\nraise ValueError('all the same')", "raised", "same"),
    "empties sys.path and raises": Hostile("sys.path.clear()\nraise ValueError('all the same')", "raised", "same"),
    "forgets every module and raises": Hostile(
        "sys.modules.clear()\nraise ValueError('all the same')", "raised", "same"
    ),
    "forgets every module": Hostile("sys.modules.clear()\nreturn {'still': 'there'}", "succeeded", "still"),
    "has a json.py beside itself": Hostile(
        "return json.dumps({'real': 1})",
        "succeeded",
        "real",
        beside=dict.fromkeys(("json.py", "os.py", "sitecustomize.py"), "raise ImportError('shadowed')"),
    ),
    "replaces sys.stdout with nothing": Hostile(
        "print('before')\nsys.stdout = sys.stderr = None\nprint('lost')\nreturn 'after'", "succeeded", "before"
    ),
    "replaces sys.stdout with what fails": Hostile(
        """\
        class Out:
            def __getattr__(self, name):
                raise RuntimeError("no " + name)
        sys.stdout = sys.stderr = Out()
        return "after" """,
        "succeeded",
        "after",
    ),
    "writes to the descriptor from C": Hostile(
        """\
        import ctypes
        ctypes.CDLL(None).write(1, b"from C\\n", 7)
        ctypes.CDLL(None).puts(b"and buffered")""",
        "succeeded",
        "from C\nand buffered\n",
    ),
    "exports a set": Hostile("pd.export('seen', {1, 2})", "raised", "seen is a set, which is not JSON"),
    "returns NaN": Hostile("return float('nan')", "raised", "nan, which JSON does not have"),
    "returns itself": Hostile("made = []\nmade.append(made)\nreturn made", "raised", "holds itself"),
    "returns 10 MB": Hostile("return 'x' * 10_000_000", "raised", "9.5 MB together"),
    "fails in what it raises": Hostile(
        """\
        class Odd(Exception):
            def __str__(self):
                os._exit(3)
        raise Odd""",
        "crashed",
        "exit code 3",
    ),
    "has a syntax error in another file": Hostile(
        "sys.path.append(os.path.dirname(__file__))\nimport broken",
        "raised",
        "broken.py",
        beside={"broken.py": "def f(:\n"},
    ),
    "closes its folder to everybody": Hostile(
        "os.makedirs('a/b')\nopen('a/b/c', 'w').close()\nos.chmod('a/b', 0)\nos.chmod('a', 0)\nos.chmod('.', 0)",
        "succeeded",
    ),
}


class Editor:
    """The one editor, with its server."""

    def __init__(self, client: EditorClient, root: Path, temporary: Path, python: Path) -> None:
        self.client = client
        self.root = root
        self.temporary = temporary
        version = subprocess.run(
            [python, "-c", "import sys; print(*sys.version_info[:2])"], capture_output=True, check=True
        )
        self.python_version = tuple(map(int, version.stdout.split()))
        """Of the steps."""
        self.server = psutil.Process(client._server.pid)  # type: ignore[union-attr]
        self.usual = processes_below(), files_in(temporary)
        """The server, and what it keeps: the sandbox."""

    def place(self, name: str, text: str, *, seconds: int = 20, beside: Mapping[str, str] | None = None) -> str:
        """A step in a workflow of its own; its URI."""
        folder = self.root / name.replace(" ", "-") / "step"
        folder.mkdir(parents=True, exist_ok=True)
        (folder.parent / "workflow.yaml").write_text(WORKFLOW.format(seconds=seconds))
        for file, content in (beside or {}).items():
            (folder / file).write_text(content)
        (folder / "entry.py").write_text(text)
        uri = (folder / "entry.py").as_uri()
        self.client.open(uri, text)
        return uri

    async def run(self, uri: str) -> Any:
        command = lsp.ExecuteCommandParams(command="pd.runStep", arguments=[{"uri": uri}])
        result = await self.client.workspace_execute_command_async(command)
        self.client.close(uri)
        assert result, self.client.shown
        return result

    @contextmanager
    def heard_by(self, hear: Callable[[str, str], None]) -> Iterator[None]:
        """Meanwhile output is not kept, and `hear` is given it."""
        usual, self.client.on_output = self.client.on_output, hear
        yield
        self.client.on_output = usual

    async def lives_on(self) -> None:
        """Completion and a run, as if nothing had been; no process of the run before is there, and no file."""
        uri = self.place("half typed", HALF_TYPED)
        caret = lsp.CompletionParams(lsp.TextDocumentIdentifier(uri), lsp.Position(1, len(HALF_TYPED.splitlines()[1])))
        completed = await self.client.text_document_completion_async(caret)
        self.client.close(uri)
        assert completed
        assert "openai" in {item.label for item in getattr(completed, "items", completed)}
        assert (await self.run(self.place("innocent", INNOCENT)))["returned"] == "as ever"
        await until(lambda: (processes_below(), files_in(self.temporary)) == self.usual)
        assert self.client.shown == []


def said(result: Mapping[str, Any], client: EditorClient) -> str:
    """All that the person sees of a run."""
    error = result["error"] or {}
    printed = "".join(text for _, text in client.output)
    parts = [printed, str(result["returned"]), *result["notices"], *map(str, error.values())]
    return "\n".join(parts)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def editor(tmp_path_factory: pytest.TempPathFactory, steps_python: Path) -> AsyncIterator[Editor]:
    """One server for all of these steps, which can write no file of more than LARGEST_FILE, and nor can they."""
    home, root = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("hostile")
    temporary = tmp_path_factory.mktemp("temporary")
    own = {f"XDG_{kind}_HOME": str(home / kind) for kind in ("STATE", "CACHE", "CONFIG")}
    client = EditorClient(answer=lambda _question, _titles: "Run once")
    serve = f"{sys.executable} -m pd_lsp serve --stdio --sandbox --python {steps_python}"
    with orphans_in_sight():
        await client.start(
            ["bash", "-c", f"ulimit -f {LARGEST_FILE // 1024}; exec {serve}"],
            environment={**os.environ, **own, "TMPDIR": str(temporary)},
        )
        await client.join(root)
        refreshed = lsp.ExecuteCommandParams(command="pd.refreshAccounts")
        assert await client.workspace_execute_command_async(refreshed)
        made = Editor(client, root, temporary, steps_python)
        await made.lives_on()
        yield made
        await client.leave()


@pytest.fixture(autouse=True)
def unheard(editor: Editor) -> Iterator[None]:
    """What the editor has heard belongs to the test before."""
    editor.client.output.clear()
    editor.client.shown.clear()
    return


@pytest.mark.parametrize("hostile", STEPS.values(), ids=STEPS)
async def test_a_step_that_does_its_worst_is_told_of_and_leaves_nothing(
    editor: Editor, hostile: Hostile, request: pytest.FixtureRequest
) -> None:
    body = "\n".join(f"    {line}" for line in dedent(hostile.step).splitlines())
    text = f"import json, os, signal, sys, time\n\n\ndef handler(pd):\n{body}\n"
    name = request.node.callspec.id
    result = await editor.run(editor.place(name, text, seconds=hostile.seconds, beside=hostile.beside))
    assert (result["outcome"], hostile.says) == (hostile.outcome, hostile.says), result
    assert hostile.says in said(result, editor.client)
    await editor.lives_on()


GIGABYTE = 1_000_000_000
PRINTS_A_GIGABYTE = f"""\
def handler(pd):
    text = "x" * 999_999 + "\\n"
    for _ in range({GIGABYTE} // len(text)):
        print(text, end="")
    return "all of it"
"""
MOST_MEMORY = 100_000_000
"""Bytes by which the server may grow, whatever a step prints."""


async def test_a_gigabyte_costs_no_memory_and_its_beginning_is_shown(editor: Editor) -> None:
    heard, notices = 0, []

    def hear(stream: str, text: str) -> None:
        nonlocal heard, most
        heard += len(text)
        if stream == "notice":
            notices.append(text)
        most = max(most, editor.server.memory_info().rss)

    before = most = editor.server.memory_info().rss
    with editor.heard_by(hear):
        result = await editor.run(editor.place("prints a gigabyte", PRINTS_A_GIGABYTE, seconds=600))
    assert (result["outcome"], result["returned"]) == ("succeeded", "all of it")
    assert "Only the first and the last half of 1 MB of stdout is kept." in result["notices"]
    assert notices.count("Only the first 64 MB of output are shown in the editor.") == 1
    assert 64_000_000 <= heard < 65_000_000
    assert len(result["stdout"]) < 2_000_000
    assert most - before < MOST_MEMORY
    await editor.lives_on()


async def test_an_editor_that_does_not_read_on_holds_the_step_back_and_can_stop_it(
    editor: Editor, tmp_path: Path
) -> None:
    progress = tmp_path / "progress"
    text = (
        "import os\n\n\ndef handler(pd):\n"
        f"    with open({str(progress)!r}, 'wb', buffering=0) as progress:\n"
        "        for _ in range(1000):\n"
        "            os.write(1, b'x' * 999_999 + b'\\n')\n"
        "            progress.write(b'.')\n"
    )
    before = editor.server.memory_info().rss
    uri = editor.place("prints to nobody", text, seconds=600)
    pipe: Any = editor.client._server.stdout._transport  # type: ignore[union-attr]
    with editor.heard_by(lambda _stream, _text: pipe.pause_reading()):
        running = asyncio.ensure_future(editor.run(uri))
        await until(progress.exists)
        await until(lambda: stands_still(progress))
        assert progress.stat().st_size < 20  # of a gigabyte; what is under way fills two pipes and a few buffers
        assert editor.server.memory_info().rss - before < MOST_MEMORY
        steps = processes_below() - editor.usual[0]
        assert steps
        editor.client.workspace_execute_command(lsp.ExecuteCommandParams(command="pd.stopRun"))
        await until(lambda: not steps & processes_below())
    pipe.resume_reading()
    assert (await running)["outcome"] == "cancelled"
    await editor.lives_on()


def stands_still(file: Path) -> bool:
    """Whether a file does not grow for half a second."""
    size, end = file.stat().st_size, time.monotonic() + 0.5
    while time.monotonic() < end:
        if file.stat().st_size != size:
            return False
    return True


DEAF = """\
import signal
import time


def handler(pd):
    for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
        signal.signal(number, signal.SIG_IGN)
    print("deaf", flush=True)
    while True:
        time.sleep(1)
"""


async def test_a_step_that_ignores_every_signal_can_be_stopped(editor: Editor) -> None:
    running = asyncio.ensure_future(editor.run(editor.place("deaf", DEAF)))
    await until(lambda: ("stdout", "deaf\n") in editor.client.output)
    editor.client.workspace_execute_command(lsp.ExecuteCommandParams(command="pd.stopRun"))
    assert (await running)["outcome"] == "cancelled"
    await editor.lives_on()


async def test_syntax_that_the_python_of_the_step_does_not_know_is_a_sentence(editor: Editor) -> None:
    text = "type Row = dict[str, int]\n\n\ndef handler(pd):\n    return 'of 3.12'\n"
    result = await editor.run(editor.place("of 3.12", text))
    if editor.python_version >= (3, 12):
        assert (result["outcome"], result["returned"]) == ("succeeded", "of 3.12")
    else:
        assert (result["outcome"], result["error"]["type"], result["error"]["line"]) == ("raised", "SyntaxError", 1)
        older = ".".join(map(str, editor.python_version))
        assert any(f"The platform runs Python 3.12, this run {older}" in notice for notice in result["notices"])
    await editor.lives_on()
