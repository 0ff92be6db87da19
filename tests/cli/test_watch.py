"""`pd-lsp run --watch`: a real process, a file that is saved, and somebody who ends it."""

import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pd_lsp.configuration import allow_variables, change_configuration
from pd_lsp.private_files import cache_folder
from tests.conftest import ROOT

STEP = 'def handler(pd):\n    print("run {}", len(pd.inputs["openai"]["$auth"]["api_key"]) > 0)\n'


class Watching:
    """A run that watches, and what it has said so far."""

    def __init__(self, step: Path, python: Path | None = None) -> None:
        program = [sys.executable, "-m", "pd_lsp", "run", str(step), "--watch", "--yes", "--sandbox"]
        self.process = subprocess.Popen(
            [*program, *(["--python", str(python)] if python else [])],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
            cwd=ROOT,
        )
        self.said = ""
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.said += line

    def until(self, condition: Callable[[str], bool]) -> None:
        deadline = time.monotonic() + 60
        while not condition(self.said):
            assert time.monotonic() < deadline, self.said
            time.sleep(0.02)

    def end(self) -> int:
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(30)
        self._reader.join()
        assert self.process.stdout
        self.process.stdout.close()
        return code


@pytest.fixture
def step(tmp_path: Path) -> Path:
    file = tmp_path / "step.py"
    file.write_text(STEP.format(1))
    return file


@pytest.fixture
def watching(step: Path, steps_python: Path) -> Iterator[Watching]:
    started = Watching(step, steps_python)
    started.until(lambda said: said.count("Watching") == 1)
    yield started
    if started.process.poll() is None:
        started.process.kill()
        started.end()


def test_a_step_runs_again_when_it_is_saved_and_ends_with_an_interrupt(watching: Watching, step: Path) -> None:
    assert "run 1 True" in watching.said
    step.write_text(STEP.format(2))
    watching.until(lambda said: "run 2 True" in said and said.count("Watching") == 2)
    assert watching.end() == 0
    assert "Traceback" not in watching.said


def test_an_interrupt_starts_no_run_of_what_was_saved_meanwhile(watching: Watching, step: Path) -> None:
    step.write_text("import time\n\ndef handler(pd):\n    print('waits')\n    time.sleep(600)\n")
    watching.until(lambda said: "waits" in said)
    step.write_text(STEP.format(2))
    assert watching.end() == 0
    assert watching.said.count("The step ") == 2  # the first, and the one that was cancelled
    assert watching.said.rstrip().splitlines()[-1].startswith("The step cancelled")


def test_a_text_that_needs_another_account_does_not_run(watching: Watching, step: Path) -> None:
    step.write_text('def handler(pd):\n    print("ran", pd.inputs["slack"]["$auth"].keys())\n')
    watching.until(lambda said: "Not run: the step now uses the account of slack." in said)
    step.write_text(STEP.format(3))
    watching.until(lambda said: "run 3 True" in said)
    assert "ran dict_keys" not in watching.said


def test_a_run_that_would_get_more_variables_or_modules_waits_for_a_new_start(watching: Watching, step: Path) -> None:
    allow_variables(step.resolve().parent, ["HOSTNAME"])
    step.write_text(STEP.format(5))
    watching.until(lambda said: "Not run: the step now uses another .env, other variables, modules or" in said)
    change_configuration(lambda document: document.update(allowed_variables={}, step_folder_on_path=True))
    step.write_text(STEP.format(6))
    watching.until(lambda said: said.count("other variables, modules or interpreter") == 2)
    change_configuration(lambda document: document.update(step_folder_on_path=False))
    step.write_text(STEP.format(7))
    watching.until(lambda said: "run 7 True" in said)
    assert "run 5" not in watching.said
    assert "run 6" not in watching.said


def test_a_broken_text_is_told_and_watched_on(watching: Watching, step: Path) -> None:
    step.write_text("def handler(pd:\n")
    watching.until(lambda said: "SyntaxError" in said and said.count("Watching") == 2)
    step.unlink()
    watching.until(lambda said: "There is no step" in said)
    step.write_text(STEP.format(4))
    watching.until(lambda said: "run 4 True" in said)


def test_an_installation_for_what_was_saved_can_be_left(step: Path, index: Path, own_folders: Path) -> None:
    assert index.is_dir()
    watching = Watching(step)
    watching.until(lambda said: said.count("Watching") == 1)
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}/simple"
        (own_folders / "config" / "uv" / "uv.toml").write_text(f'[[index]]\nurl = "{address}"\ndefault = true\n')
        step.write_text(f"import tabulate\n{STEP.format(2)}")
        connection, _ = server.accept()
        with connection:
            assert watching.end() == 0
    assert "run 2" not in watching.said
    assert not list((cache_folder() / "uv").iterdir())


@pytest.mark.parametrize("other", ["--json", "--through", "--event=-"])
def test_what_does_not_go_together_is_said(step: Path, other: str) -> None:
    command = [sys.executable, "-m", "pd_lsp", "run", str(step), "--watch", "--yes", "--sandbox", other]
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, cwd=ROOT, check=False)
    assert (done.returncode, "--watch goes without" in done.stderr) == (2, True)
