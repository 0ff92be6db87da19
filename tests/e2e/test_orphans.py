"""Whoever is killed, in the middle of whatever: a moment later no process is left, and no file.

The moments are conditions (a question is open, so many bytes have come), some of them drawn by chance: its seed is
printed at the end of the tests, and PD_LSP_SEED repeats it.
"""

import os
import random
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest

from pd_lsp.private_files import cache_folder, state_folder
from pd_lsp.sandbox import Sandbox
from pd_lsp.sandbox.faults import Gate, slow
from tests.conftest import ROOT
from tests.e2e.signing_in import signed_in
from tests.execution.test_ending import DEAF, FOREVER
from tests.left_behind import files_in, orphans_in_sight, processes_below

SEED = int(os.environ.get("PD_LSP_SEED", random.randrange(10**6)))  # noqa: S311 - chance, and no secret
PATIENCE = 30.0
"""Seconds until a test gives up; how long it took is printed, and not asserted: machines differ."""

FLOOD = 'def handler(pd):\n    while True:\n        print("x" * 999)\n'
PACKAGES = "import tabulate\n\ndef handler(pd):\n    return 1\n"
ACCOUNT = 'def handler(pd):\n    return pd.inputs["openai"]["$auth"]["api_key"]\n'


@dataclass
class Kills:
    """What was killed so far, and what it took."""

    count: int = 0
    longest: float = 0.0
    slowest: str = ""

    def add(self, name: str, seconds: float) -> None:
        self.count += 1
        if seconds > self.longest:
            self.longest, self.slowest = seconds, name

    def __str__(self) -> str:
        worst = f"{self.longest:.2f} s at worst until nothing was left ({self.slowest})"
        return f"Orphans: {self.count} kills, {worst}; PD_LSP_SEED={SEED}."


@pytest.fixture(scope="module")
def kills(figures: list[str]) -> Iterator[Kills]:
    counted = Kills()
    yield counted
    figures.append(str(counted))


@dataclass
class Editor:
    """An editor and its server, and what the editor has said."""

    process: "subprocess.Popen[str]"
    said: list[str] = field(default_factory=list)

    def listen(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.said.append(line.rstrip("\n"))

    def word(self, first: str) -> str:
        """What the editor said last that begins so; empty where it has not."""
        return next((line.partition(" ")[2] for line in reversed(self.said) if line.startswith(first)), "")

    @property
    def printed(self) -> int:
        return int(self.word("printed") or 0)

    @property
    def server(self) -> int:
        return int(self.word("server"))

    def victim(self, who: str) -> int:
        """The number of the process of this name, of a run that has begun."""
        if who == "editor":
            return self.process.pid
        if who == "server":
            return self.server
        [keeper] = psutil.Process(self.server).children()
        [supervisor] = keeper.children()
        step = next(child for child in supervisor.children() if "runner" in "".join(child.cmdline()))
        return {"keeper": keeper.pid, "supervisor": supervisor.pid, "step": step.pid}[who]


class Scene:
    """A folder with a step, and a person who is signed in to the sandbox."""

    def __init__(self, folder: Path, python: Path, sandbox: Sandbox, chance: random.Random) -> None:
        self.temporary = folder / "temporary"
        self.temporary.mkdir()
        self.step = folder / "project" / "step.py"
        self.step.parent.mkdir()
        self.sandbox = sandbox
        self.chance = chance
        self.editor: Editor | None = None
        self.silent = socket.create_server(("127.0.0.1", 0))
        """Takes connections, and never answers."""
        self.connections: list[socket.socket] = []
        self._python = python

    def start(self, text: str, *, waits: str = "", packages: bool = False) -> Editor:
        """An editor that runs the step."""
        self.step.write_text(text)
        server = [sys.executable, "-m", "pd_lsp", "serve", *([] if packages else ["--python", str(self._python)])]
        command = [sys.executable, "-m", "tests.e2e.killable_editor", str(self.step), waits, *server]
        self.editor = Editor(
            subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                cwd=ROOT,
                env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(self.temporary)},
            )
        )
        threading.Thread(target=self.editor.listen, daemon=True).start()
        until(lambda: bool(self.editor and self.editor.word("server")))
        return self.editor

    def left(self) -> set[object]:
        """What should not be there: processes, working folders, drafts of files and environments."""
        drafts = {file for file in files_in(state_folder(), cache_folder()) if _is_draft(file)}
        return {*processes_below(), *files_in(self.temporary), *drafts}

    def goes(self, usual: set[object]) -> None:
        """Waits until nothing is left but what is usual."""
        end = time.monotonic() + PATIENCE
        while left := self.left() - usual:
            assert time.monotonic() < end, f"left: {sorted(map(str, left))}"
            time.sleep(0.005)


def _is_draft(file: Path) -> bool:
    return file.parent == cache_folder() / "uv" or (file.name.startswith(".") and "environments" not in file.parts[:-2])


def until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "it did not become true"
        time.sleep(0.005)


def while_packages_are_asked_for(scene: Scene) -> Editor:
    editor = scene.start(PACKAGES, waits="Install them?", packages=True)
    until(lambda: "packages" in editor.word("asked"))
    return editor


def while_the_index_does_not_answer(scene: Scene) -> Editor:
    address = f"http://127.0.0.1:{scene.silent.getsockname()[1]}/simple"
    configuration = Path(os.environ["XDG_CONFIG_HOME"]) / "uv" / "uv.toml"
    configuration.write_text(f'[[index]]\nurl = "{address}"\ndefault = true\n')
    editor = scene.start(PACKAGES, packages=True)
    scene.connections.append(scene.silent.accept()[0])
    return editor


def while_an_environment_is_made(scene: Scene) -> Editor:
    enough = scene.chance.randint(1, 20)
    editor = scene.start(PACKAGES, waits="Run handler", packages=True)
    places = cache_folder() / "uv"
    until(lambda: len(list(places.glob("*/environment/**/*"))) >= enough or "Run handler" in editor.word("asked"))
    return editor


def while_consent_is_asked_for(scene: Scene) -> Editor:
    editor = scene.start(ACCOUNT, waits="Run handler")
    until(lambda: "Run handler" in editor.word("asked"))
    return editor


def while_credentials_are_fetched(scene: Scene) -> Editor:
    scene.sandbox.fail(slow(gate := Gate()), path="/v1/connect/*/accounts/*")
    editor = scene.start(ACCOUNT)
    gate.wait_until_reached()
    return editor


def while_the_step_floods(scene: Scene) -> Editor:
    enough = scene.chance.randint(1, 3_000_000)
    editor = scene.start(FLOOD)
    until(lambda: editor.printed >= enough)
    return editor


def while_processes_of_the_step_have_detached(scene: Scene) -> Editor:
    editor = scene.start(scene.chance.choice([FOREVER, DEAF]))
    until(lambda: editor.printed > 0)
    return editor


ANY = ("editor", "server")
OF_A_RUN = (*ANY, "keeper", "supervisor", "step")
MOMENTS = {
    while_packages_are_asked_for: ANY,
    while_the_index_does_not_answer: ANY,
    while_an_environment_is_made: (*ANY, *ANY),
    while_consent_is_asked_for: ANY,
    while_credentials_are_fetched: ANY,
    while_the_step_floods: OF_A_RUN,
    while_processes_of_the_step_have_detached: OF_A_RUN,
}
CASES = [(moment, victim, turn) for moment, victims in MOMENTS.items() for turn, victim in enumerate(victims)]


@pytest.fixture
def scene(tmp_path: Path, steps_python: Path, index: Path, request: pytest.FixtureRequest) -> Iterator[Scene]:
    assert index.is_dir()
    with Sandbox() as sandbox, orphans_in_sight():
        signed_in(sandbox)
        made = Scene(tmp_path, steps_python, sandbox, random.Random(f"{SEED} {request.node.name}"))  # noqa: S311
        yield made
        for process in processes_below():
            process.kill()
        if made.editor:
            made.editor.process.communicate()
        for one in (made.silent, *made.connections):
            one.close()


@pytest.mark.parametrize(
    ("moment", "who"), [pytest.param(moment, who, id=f"{who} {moment.__name__} {turn}") for moment, who, turn in CASES]
)
def test_nothing_is_left_of_a_run(
    scene: Scene, moment: Callable[[Scene], Editor], who: str, kills: Kills, request: pytest.FixtureRequest
) -> None:
    before = scene.left()
    editor = moment(scene)
    may_stay = {"editor": set(), "server": {psutil.Process(editor.process.pid)}}.get(
        who, {psutil.Process(editor.process.pid), psutil.Process(editor.server)}
    )
    victim = psutil.Process(editor.victim(who))
    assert scene.left() > before | may_stay
    victim.kill()
    killed = time.monotonic()
    scene.goes(before | may_stay)
    kills.add(request.node.callspec.id, time.monotonic() - killed)
    if who not in ANY:
        until(lambda: bool(editor.word("result")))
        assert editor.word("result").startswith("crashed")
    assert (psutil.Process(editor.process.pid) in processes_below()) == (who != "editor")
    editor.process.kill()
    scene.goes(before)
