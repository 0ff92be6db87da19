"""`pd-lsp run --through`: real processes, a workflow of a few steps, accounts of the sandbox."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pd_lsp.workflows.kept_runs import kept_runs
from tests.conftest import ROOT

WORKFLOW = """\
schema: workflow/2022.04
steps:
- namespace: first
  uses: "./first/entry.py"
- namespace: node
  uses: "./node/entry.js"
- namespace: off
  uses: "./off/entry.py"
  disabled: true
- namespace: second
  uses: "./second/entry.py"
- namespace: later
  uses: "./later/entry.py"
"""
FIRST = """\
def handler(pd):
    pd.export("count", 2)
    return {"token": pd.inputs["openai"]["$auth"]["api_key"], "from": pd.steps["trigger"]["event"]}
"""
SECOND = """\
def handler(pd):
    token = pd.steps["first"]["$return_value"]["token"]
    print(token)
    return {"length": len(token), "count": pd.steps["first"]["count"], "steps": sorted(pd.steps)}
"""


@pytest.fixture
def workflow(tmp_path: Path) -> Path:
    folder = tmp_path / "flow-p_1"
    texts = {"first/entry.py": FIRST, "second/entry.py": SECOND, "off/entry.py": "raise 1\n", "later/entry.py": "!"}
    for name, text in {"workflow.yaml": WORKFLOW, **texts}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


@pytest.fixture
def through(workflow: Path, steps_python: Path) -> Any:
    def call(*arguments: str, given: Any = None, step: str = "second") -> subprocess.CompletedProcess[str]:
        program = [sys.executable, "-m", "pd_lsp", "run", "--through", str(workflow / step), "--yes", "--sandbox"]
        event = ["--event", "-"] if given is not None else []
        command = [*program, "--python", str(steps_python), *event, *arguments]
        given = json.dumps(given) if given is not None else ""
        return subprocess.run(command, input=given, capture_output=True, text=True, cwd=ROOT, check=False)

    return call


def test_a_step_gets_what_the_steps_before_it_gave_on_as_it_is(through: Any) -> None:
    done = through("--json", given={"event": "sign-up"})
    first, second = json.loads(done.stdout)["steps"]
    assert (first["step"], second["step"]) == ("first", "second")
    assert first["returned"] == {"token": "‹openai.api_key›", "from": "sign-up"}
    assert (second["returned"]["count"], second["returned"]["steps"]) == (2, ["first", "trigger"])
    assert second["returned"]["length"] > len("‹openai.api_key›")


def test_what_an_earlier_step_handed_on_is_blanked_where_a_later_one_prints_it(through: Any) -> None:
    second = json.loads(through("--json").stdout)["steps"][1]
    assert second["stdout"] == "‹openai.api_key›\n"


def test_every_step_on_the_way_is_kept_and_what_it_was_handed_is_blanked_there(through: Any, workflow: Path) -> None:
    through()
    (first,), (second,) = (kept_runs(workflow.resolve() / name / "entry.py") for name in ("first", "second"))
    assert first.outputs["$return_value"] == {"token": "‹openai.api_key›", "from": None}
    assert second.event.steps == {"first": first.outputs}


def test_each_step_stands_under_its_name_with_what_came_of_it(through: Any) -> None:
    done = through()
    assert done.stderr.splitlines() == [
        "node is no Python step, and no result of it is saved: pd.steps has none.",
        "── first",
        "── second",
    ]
    first, second = done.stdout.split("The step succeeded after ")[1:]
    assert '"token": "‹openai.api_key›"' in first
    assert '"count": 2' in second


def test_a_step_that_is_no_python_gives_its_saved_result_and_no_later_one_does(through: Any) -> None:
    saved = {name: {"$return_value": 5} for name in ("node", "second", "later")}
    done = through("--json", given={"event": 1, "steps": saved})
    assert json.loads(done.stdout)["steps"][1]["returned"]["steps"] == ["first", "node", "trigger"]


def test_a_saved_result_in_which_a_secret_was_blanked_stops_it_before_anything_runs(through: Any) -> None:
    done = through("--json", given={"event": 1, "steps": {"node": {"$return_value": ["‹slack.oauth_access_token›"]}}})
    assert (done.returncode, done.stdout) == (2, "")
    assert "The saved result of node has ‹slack.oauth_access_token› where a secret was" in done.stderr


def test_an_event_in_which_a_secret_was_blanked_stops_it_as_well(through: Any) -> None:
    done = through("--json", given={"event": "‹slack.oauth_access_token›"})
    assert (done.returncode, done.stdout) == (2, "")
    assert "The event has ‹slack.oauth_access_token› in event where a secret was" in done.stderr


def test_a_fresh_result_goes_before_a_saved_one(through: Any) -> None:
    done = through("--json", given={"event": 1, "steps": {"first": {"$return_value": {"token": "old"}, "count": 9}}})
    assert json.loads(done.stdout)["steps"][1]["returned"]["count"] == 2


@pytest.mark.parametrize("body", ["raise ValueError('no')", "return pd.flow.exit('enough')"])
def test_nothing_runs_behind_a_step_that_fails_or_ends_the_workflow(through: Any, workflow: Path, body: str) -> None:
    (workflow / "first" / "entry.py").write_text(f"def handler(pd):\n    {body}\n")
    done = through("--json")
    document = json.loads(done.stdout)
    assert [one["step"] for one in document["steps"]] == ["first"]
    assert (done.returncode, document["ok"]) == ((0, True) if "exit" in body else (1, False))


def test_an_account_may_be_chosen_for_any_step_on_the_way(through: Any) -> None:
    assert through("--account", "openai=apn_openaikey").returncode == 0
    done = through("--account", "stripe=apn_x")
    assert (done.returncode, done.stderr.splitlines()[-1]) == (
        2,
        "pd-lsp: No step on the way reads pd.inputs['stripe']: take its --account away.",
    )


def test_everything_is_planned_before_anything_runs(through: Any, workflow: Path) -> None:
    (workflow / "second" / "entry.py").write_text("def handler(pd):\n    return pd.inputs['no_such_app']['$auth']\n")
    done = through()
    assert done.returncode == 2
    assert "── first" not in done.stderr


def test_no_step_outside_the_workflow_runs(through: Any, workflow: Path) -> None:
    outside = workflow.parent / "outside.py"
    outside.write_text("def handler(pd):\n    print('outside')\n")
    file = workflow / "workflow.yaml"
    file.write_text(WORKFLOW.replace("./first/entry.py", "./../outside.py"))
    assert (through().returncode, "outside" in through().stdout) == (2, False)
    assert "has './../outside.py' for first, which is a link or leads out" in through().stderr
    file.write_text(WORKFLOW)
    (workflow / "first" / "entry.py").unlink()
    (workflow / "first" / "entry.py").symlink_to(outside)
    assert (through().returncode, "outside" in through().stdout) == (2, False)


def test_a_lone_step_has_no_way_through(through: Any, workflow: Path) -> None:
    (workflow / "workflow.yaml").unlink()
    done = through()
    assert (done.returncode, "belongs to no workflow.yaml" in done.stderr) == (2, True)
    assert "`uses: ./" in done.stderr
