"""`pd-lsp replay`: a step over a folder of events, in real processes, compared with what came before."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pd_lsp.sandbox import Sandbox
from tests.cli.person import Person
from tests.conftest import ROOT

STEP = """\
def handler(pd):
    number = pd.steps["trigger"]["event"]["n"]
    pd.export("token", pd.inputs["openai"]["$auth"]["api_key"])
    return 10 / number
"""


@pytest.fixture
def step(tmp_path: Path) -> Path:
    file = tmp_path / "project" / "step.py"
    file.parent.mkdir()
    file.write_text(STEP)
    return file


@pytest.fixture
def events(tmp_path: Path) -> Path:
    folder = tmp_path / "events"
    folder.mkdir()
    for name, number in (("one", 1), ("two", 2), ("zero", 0)):
        (folder / f"{name}.json").write_text(json.dumps({"event": {"n": number}}))
    return folder


@pytest.fixture
def replay(step: Path, events: Path, steps_python: Path) -> Any:
    def call(*arguments: str | Path, folder: Path = events, start: Any = subprocess.run) -> Any:
        program = [sys.executable, "-m", "pd_lsp", "replay", step, folder, "--yes", "--sandbox"]
        command = [str(word) for word in (*program, "--python", steps_python, *arguments)]
        pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        return start(command, text=True, cwd=ROOT, **pipes)

    return call


def test_each_event_has_a_row_with_what_came_of_it(replay: Any) -> None:
    done = replay()
    rows = sorted(done.stdout.splitlines())
    assert rows[0] == "2 of 3 succeeded."
    assert rows[1].startswith("one   succeeded")
    assert '"$return_value": 5.0' in rows[2]
    assert rows[3].startswith("zero  raised")
    assert rows[3].endswith("ZeroDivisionError: division by zero")
    assert done.returncode == 1


def test_no_value_of_an_account_is_shown_or_saved(replay: Any, tmp_path: Path) -> None:
    done = replay("--save", tmp_path / "saved.json")
    saved = json.loads((tmp_path / "saved.json").read_text())
    assert saved["one"]["exports"] == {"token": "‹openai.api_key›"}
    assert '"token": "‹openai.api_key›"' in done.stdout.replace("\\u2039", "‹").replace("\\u203a", "›")


def test_outcomes_that_are_as_before_pass(replay: Any, tmp_path: Path) -> None:
    replay("--save", tmp_path / "saved.json")
    done = replay("--expect", tmp_path / "saved.json", "--jobs", "3")
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "3 of 3 as expected.")


def test_what_is_not_as_before_is_named(replay: Any, step: Path, tmp_path: Path) -> None:
    replay("--save", tmp_path / "saved.json")
    step.write_text(STEP.replace("10 /", "20 /"))
    done = replay("--expect", tmp_path / "saved.json")
    assert done.returncode == 1
    assert done.stdout.count("not as before: returned") == 2
    assert done.stdout.splitlines()[-1] == "1 of 3 as expected."


def test_an_event_that_is_new_or_gone_is_no_success(replay: Any, events: Path, tmp_path: Path) -> None:
    replay("--save", tmp_path / "saved.json")
    (events / "one.json").rename(events / "uno.json")
    done = replay("--expect", tmp_path / "saved.json")
    assert done.returncode == 1
    assert done.stdout.splitlines()[-1] == "2 of 3 as expected. No event for one."
    assert "not expected" in done.stdout


def test_credentials_are_fetched_once_for_all_events(
    signed_in: Person, sandbox: Sandbox, step: Path, events: Path, steps_python: Path
) -> None:
    step.write_text('def handler(pd):\n    return len(pd.inputs["openai"]["$auth"]["api_key"])\n')
    done = signed_in.types("replay", step, events, "--yes", "--python", steps_python)
    assert done.out.splitlines()[-1] == "3 of 3 succeeded."
    assert len([request for request in sandbox.requests if "include_credentials" in request.target]) == 1


@pytest.mark.parametrize("text", ["[]", "{", '{"one": 1}', ""])
def test_a_file_that_is_none_of_outcomes_is_refused(replay: Any, tmp_path: Path, text: str) -> None:
    (tmp_path / "saved.json").write_text(text)
    done = replay("--expect", tmp_path / "saved.json")
    assert (done.returncode, done.stdout) == (2, "")
    assert "is no file of outcomes: write it with --save." in done.stderr


def test_odd_calls_are_answered_with_a_sentence(replay: Any, events: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert "has no saved events" in replay(folder=tmp_path / "empty").stderr
    assert "can't be read" in replay("--expect", tmp_path / "none.json").stderr
    assert replay("--jobs", "0").returncode == 2
    (events / "broken.json").write_text("{")
    assert "broken.json is not JSON in line 1" in replay().stderr


def test_nobody_at_a_terminal_has_to_agree(step: Path, events: Path) -> None:
    command = [sys.executable, "-m", "pd_lsp", "replay", str(step), str(events), "--sandbox"]
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, cwd=ROOT, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "add --yes" in done.stderr


def test_a_misspelt_account_is_not_passed_over(replay: Any) -> None:
    done = replay("--account", "opnai=apn_openaikey")
    assert (done.returncode, done.stdout) == (2, "")
    assert "The step does not read pd.inputs['opnai']" in done.stderr


def test_what_one_should_know_of_the_runs_is_said_once(replay: Any, step: Path) -> None:
    step.write_text("# pipedream add-package >\ndef handler(pd):\n    return pd.inputs.get('stripe', 1)\n")
    (step.parent / ".env").write_text("NAME=1\n")
    assert f"Variables from {step.parent / '.env'}." in replay().stderr.splitlines()


def test_outcomes_of_before_are_never_half_written_over(replay: Any, tmp_path: Path) -> None:
    seen, same = tmp_path / "seen.json", tmp_path / "same.json"
    seen.write_text("those of before")
    same.hardlink_to(seen)
    replay("--save", seen)
    assert set(json.loads(seen.read_text())) == {"one", "two", "zero"}
    assert same.read_text() == "those of before"


def test_outcomes_can_be_saved_to_a_pipe(replay: Any) -> None:
    done = replay("--save", "/dev/stdout")
    assert '"outcome": "succeeded"' in done.stdout, done.stderr


def test_a_name_that_is_none_in_utf_8_is_saved_and_compared(replay: Any, events: Path, tmp_path: Path) -> None:
    (events / "one.json").rename(events / os.fsdecode(b"\xff.json"))
    replay("--save", tmp_path / "saved.json")
    assert json.loads((tmp_path / "saved.json").read_text())["\udcff"]["returned"] == 10
    assert replay("--expect", tmp_path / "saved.json").returncode == 0


def test_a_name_of_an_event_begins_no_row_of_its_own(replay: Any, events: Path) -> None:
    (events / "one.json").rename(events / "one  raised\nfake  succeeded.json")
    assert len(replay().stdout.splitlines()) == 4


def test_an_interruption_starts_no_more_runs_and_keeps_what_was_saved(replay: Any, step: Path, tmp_path: Path) -> None:
    saved, begun = tmp_path / "saved.json", tmp_path / "begun"
    saved.write_text("{}")
    step.write_text(f"import time\ndef handler(pd):\n    open({str(begun)!r}, 'a').write('x')\n    time.sleep(60)\n")
    process = replay("--save", saved, "--jobs", "1", start=subprocess.Popen)
    while not begun.exists():
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, saved.read_text(), begun.read_text()) == (1, "{}", "x")
    assert out.startswith("one   cancelled")
    assert "Interrupted: 1 of 3 events were begun, and nothing was saved." in err
