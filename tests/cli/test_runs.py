"""`pd-lsp runs`: what is kept of runs, by real ones."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pd_lsp.configuration import configuration_file
from pd_lsp.workflows.kept_runs import kept_runs
from pd_lsp.workflows.run_shapes import read_run_shape
from tests.cli.terminal import Terminal
from tests.conftest import ROOT

TEXT = """\
import sys


def handler(pd):
    print("shown")
    print("beside", file=sys.stderr)
    pd.export("n", 1)
    return {"made": {"up": "made-up-value"}, "event": pd.steps["trigger"]["event"]}
"""
SECRET = """\
def handler(pd):
    token = pd.inputs["openai"]["$auth"]["api_key"]
    print(token)
    return {"token": token, token: 1, "length": len(token)}
"""


@pytest.fixture
def pd_lsp(own_folders: Path) -> Any:
    assert own_folders

    def call(*arguments: str | Path, given: str = "") -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "pd_lsp", *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, input=given, cwd=ROOT, check=False)

    return call


@pytest.fixture
def step(tmp_path: Path) -> Path:
    file = tmp_path.resolve() / "step.py"
    file.write_text(TEXT)
    return file


def test_a_run_is_listed_shown_and_forgotten(pd_lsp: Any, step: Path) -> None:
    assert pd_lsp("runs").stdout == "No runs are kept.\n"
    ran = pd_lsp("run", step, "--yes")
    (line,) = pd_lsp("runs").stdout.splitlines()
    number, *_, file = line.split()
    assert (number, file, " ago  succeeded  " in line or "just now" in line) == ("1", str(step), True)
    shown = pd_lsp("runs", "show", step)
    assert (shown.returncode, shown.stdout) == (0, ran.stdout)
    assert shown.stderr.splitlines()[0].startswith("── step, ")
    assert shown.stderr.splitlines()[1:] == ran.stderr.splitlines()
    assert ran.stderr.splitlines()[-1] == "beside"  # below a sentence on a machine without Python 3.12
    assert pd_lsp("runs", "clear").stdout == "The runs that were kept are forgotten.\n"
    assert pd_lsp("runs").stdout == "No runs are kept.\n"


def test_the_json_of_a_run_is_the_one_it_printed_with_what_it_ran_with(pd_lsp: Any, step: Path) -> None:
    ran = json.loads(pd_lsp("run", step, "--yes", "--json", "--event", "-", given='{"name": "Zaphod"}').stdout)
    shown = json.loads(pd_lsp("runs", "show", step, "--json").stdout)
    of_run = shown.pop("run")
    assert shown == ran
    assert (of_run["number"], of_run["event"], of_run["steps"]) == (1, {"name": "Zaphod"}, {})
    assert (of_run["sandbox"], of_run["environment"], of_run["accounts"]) == (False, "none", {})
    (listed,) = json.loads(pd_lsp("runs", "list", step, "--json").stdout)
    assert (listed["step"], listed["outcome"], listed["at"]) == ("step", "succeeded", of_run["at"])


def test_an_earlier_run_and_one_that_failed_are_shown_as_well(pd_lsp: Any, step: Path) -> None:
    pd_lsp("run", step, "--yes")
    step.write_text("def handler(pd):\n    raise ValueError('no')\n")
    failed = pd_lsp("run", step, "--yes")
    first, second = pd_lsp("runs", "list", step).stdout.splitlines()
    assert (first.split()[0], "raised" in first, second.split()[0], "succeeded" in second) == ("1", True, "2", True)
    assert failed.stderr.splitlines() == pd_lsp("runs", "show", step).stderr.splitlines()[1:]
    assert '"made-up-value"' in pd_lsp("runs", "show", step, "2").stdout


def test_a_run_that_is_not_there_is_said(pd_lsp: Any, step: Path) -> None:
    done = pd_lsp("runs", "show", step)
    assert (done.returncode, done.stderr) == (2, f"pd-lsp: No run 1 of {step} is kept: run it first.\n")
    pd_lsp("run", step, "--yes")
    assert "choose one from 1 to 1." in pd_lsp("runs", "show", step, "2").stderr
    assert "There is no step" in pd_lsp("runs", "show", step.with_name("other.py")).stderr
    assert pd_lsp("runs", "show", step, "0").returncode == 2


def test_no_value_of_an_account_is_kept_and_the_event_is_blanked_too(pd_lsp: Any, step: Path) -> None:
    (step.parent / ".env").write_text("PASSWORD=made-up-password-1\n")
    step.write_text(SECRET)
    event = {"body": "is made-up-password-1", "made-up-password-1": 1}
    given = json.dumps({"event": event, "steps": {"first": {"a": "made-up-password-1"}}})
    pd_lsp("run", step, "--yes", "--sandbox", "--event", "-", given=given)
    shown = json.loads(pd_lsp("runs", "show", step, "--json").stdout)
    assert shown["returned"]["token"] == "‹openai.api_key›"
    assert shown["run"]["event"] == {"body": "is ‹.env.PASSWORD›", "‹.env.PASSWORD›": 1}
    assert shown["run"]["steps"] == {"first": {"a": "‹.env.PASSWORD›"}}
    assert shown["run"]["accounts"] == {"openai": "openai (Team key)"}
    (kept,) = kept_runs(step)
    assert (kept.sandbox, kept.environment) == (True, "sandbox")


def test_it_can_be_switched_off_and_on(pd_lsp: Any, step: Path) -> None:
    pd_lsp("run", step, "--yes")
    assert pd_lsp("runs", "off").stdout.endswith("None is kept from now on.\n")
    pd_lsp("run", step, "--yes")
    assert (kept_runs(step), read_run_shape(step)) == ((), None)
    assert "pd-lsp runs on" in pd_lsp("runs").stdout
    pd_lsp("runs", "on")
    pd_lsp("run", step, "--yes")
    assert len(kept_runs(step)) == 1
    found = read_run_shape(step)
    assert found
    assert (sorted(found.shape.keys), list(found.shape.keys["$return_value"].keys["made"].keys)) == (
        ["$return_value", "n"],
        ["up"],
    )
    assert json.loads(configuration_file().read_text()) == {"keep_runs": True}


@pytest.mark.parametrize("how", [(), ("--json",)])
def test_a_run_that_can_not_be_kept_says_so_and_has_its_result(
    pd_lsp: Any, step: Path, own_folders: Path, how: tuple[str, ...]
) -> None:
    place = own_folders / "state" / "pd-lsp"
    place.mkdir(parents=True)
    (place / "runs").write_text("a file in the place of the folder")
    ran = pd_lsp("run", step, "--yes", *how)
    assert (ran.returncode, "made-up-value" in ran.stdout) == (0, True)
    assert ran.stderr.count("This run is not kept, so later steps do not find it.") == 1
    assert str(place / "runs") in ran.stderr
    assert pd_lsp("runs").stdout == "No runs are kept.\n"


def test_a_run_that_shows_any_value_as_text_feeds_nothing(pd_lsp: Any, step: Path) -> None:
    pd_lsp("run", step, "--yes", "--any-value")
    assert (len(kept_runs(step)), read_run_shape(step)) == (1, None)


def test_a_replay_pushes_no_run_out(pd_lsp: Any, step: Path, tmp_path: Path) -> None:
    (tmp_path / "events").mkdir()
    (tmp_path / "events" / "one.json").write_text("1")
    pd_lsp("run", step, "--yes")
    assert pd_lsp("replay", step, tmp_path / "events", "--yes").returncode == 0
    assert len(kept_runs(step)) == 1


def test_what_a_step_printed_moves_no_cursor_when_it_is_shown_in_a_terminal(pd_lsp: Any, step: Path) -> None:
    step.write_text("def handler(pd):\n    print('\\x1b[2J\\x1b[31mred')\n    return 1\n")
    pd_lsp("run", step, "--yes")
    with Terminal([sys.executable, "-m", "pd_lsp", "runs", "show", str(step)], os.environ, ROOT) as terminal:
        assert terminal.ends() == 0
        assert "\\x1b[2J\x1b[31mred" in terminal.shown


def test_the_event_of_a_run_is_saved_beside_its_workflow(pd_lsp: Any, tmp_path: Path) -> None:
    flow = tmp_path.resolve() / "flow-p_1"
    (flow / "post").mkdir(parents=True)
    (flow / "workflow.yaml").write_text('steps:\n- namespace: post\n  uses: "./post/entry.py"\n')
    (flow / "post" / "entry.py").write_text("def handler(pd):\n    return pd.steps['trigger']['event']\n")
    pd_lsp("run", flow / "post", "--yes", "--event", "-", given='{"name": "Zaphod"}')
    pd_lsp("run", flow / "post", "--yes", "--event", "-", given='{"name": "Trillian"}')
    saved = flow / "events" / "sign-up.json"
    done = pd_lsp("runs", "save-event", flow / "post", "2", "--as", "sign-up")
    assert (done.stdout, json.loads(saved.read_text())) == (f"Saved as {saved}.\n", {"event": {"name": "Zaphod"}})
    assert '"Zaphod"' in pd_lsp("run", flow / "post", "--yes").stdout
    again = pd_lsp("runs", "save-event", flow / "post", "--as", "sign-up")
    assert (again.returncode, "is there already" in again.stderr) == (2, True)


def test_a_lone_step_has_no_place_for_an_event(pd_lsp: Any, step: Path) -> None:
    pd_lsp("run", step, "--yes", "--event", "-", given="1")
    done = pd_lsp("runs", "save-event", step, "--as", "sign-up")
    assert (done.returncode, "belongs to no workflow.yaml" in done.stderr) == (2, True)
