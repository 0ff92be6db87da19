"""What a run finds of earlier steps: the last results of runs here, where no secret was blanked that it reads."""

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
- namespace: second
  uses: "./second/entry.py"
"""
FIRST = """\
def handler(pd):
    pd.export("count", 2)
    return {"password": __import__("os").environ["PASSWORD"], "user": {"name": "Zaphod"}}
"""
NAME = 'def handler(pd):\n    return pd.steps["first"]["$return_value"]["user"]["name"]\n'
ALL = 'def handler(pd):\n    return pd.steps["first"]\n'
HARMLESS = 'def handler(pd):\n    pd.export("count", 2)\n    return {"user": {"name": "Zaphod"}}\n'
THERE = "def handler(pd):\n    return sorted(pd.steps)\n"


@pytest.fixture
def flow(tmp_path: Path) -> Path:
    folder = tmp_path.resolve() / "flow-p_1"
    texts = {
        "workflow.yaml": WORKFLOW,
        "first/entry.py": FIRST,
        "second/entry.py": NAME,
        "../.env": "PASSWORD=made-up-1",
    }
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


@pytest.fixture
def run(flow: Path, steps_python: Path) -> Any:
    def call(step: str, *options: str, given: Any = None, text: str = "", command: str = "run") -> Any:
        if text:
            (flow / step / "entry.py").write_text(text)
        event = ["--event", "-"] if given is not None else []
        program = [sys.executable, "-m", "pd_lsp", command, str(flow / step), *options, "--yes"]
        whole = [*program, "--python", str(steps_python), *event]
        given = json.dumps(given) if given is not None else ""
        return subprocess.run(whole, input=given, capture_output=True, text=True, cwd=ROOT, check=False)

    return call


def returned(done: Any) -> Any:
    assert done.stdout, done.stderr
    return json.loads(done.stdout)["returned"]


def test_an_earlier_step_has_its_last_result_and_the_run_says_so(run: Any, flow: Path) -> None:
    run("first")
    done = run("second")
    assert '$return_value = "Zaphod"' in done.stdout
    (notice,) = [line for line in done.stderr.splitlines() if line.startswith("pd.steps has")]
    before, _, after = notice.partition("(")
    assert before == "pd.steps has results of runs here: first "
    assert after.endswith("). Without first.$return_value.password, where a secret was.")
    assert "ago" in after or "just now" in after
    (kept,) = kept_runs(flow / "second" / "entry.py")
    assert kept.event.steps == {"first": {"count": 2, "$return_value": {"user": {"name": "Zaphod"}}}}


def test_a_step_whose_result_is_read_and_not_kept_is_named(run: Any) -> None:
    done = run("second")
    said = "pd.steps has nothing of first: no result is kept here. Run it first, or run with --through."
    assert (done.returncode, said in done.stderr.splitlines()) == (1, True)
    run("first")
    assert "pd.steps has nothing" not in run("second").stderr


def test_the_result_has_what_was_said_before_the_run(run: Any) -> None:
    run("first")
    notices = json.loads(run("second", "--json").stdout)["notices"]
    assert [notice.startswith("pd.steps has results of runs here: first (") for notice in notices] == [True]


def test_a_result_that_failed_later_is_still_there(run: Any) -> None:
    run("first")
    run("first", text="def handler(pd):\n    raise ValueError('no')\n")
    done = run("second")
    assert '"Zaphod"' in done.stdout
    assert ", its file has changed since)" in done.stderr


def test_a_step_whose_file_is_as_it_was_is_not_said_to_have_changed(run: Any) -> None:
    run("first")
    assert "changed" not in run("second").stderr


@pytest.mark.parametrize("text", [ALL, 'def handler(pd):\n    print(pd.steps["first"]["$return_value"]["password"])\n'])
def test_a_step_that_reads_what_was_blanked_does_not_start(run: Any, flow: Path, text: str) -> None:
    run("first")
    done = run("second", text=text)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(
        "pd-lsp: The last result of first here has ‹.env.PASSWORD› in $return_value.password where a secret was, and "
        f"this step reads it: run `pd-lsp run --through {flow}/second/entry.py --python"
    )
    assert kept_runs(flow / "second" / "entry.py") == ()
    through = run("second", "--through", "--json")
    steps = json.loads(through.stdout)["steps"]
    assert [one["outcome"] for one in steps] == ["succeeded", "succeeded"]


def test_what_the_saved_event_has_of_a_step_goes_before_its_last_result(run: Any) -> None:
    run("first")
    saved = {"event": 1, "steps": {"first": {"$return_value": {"user": {"name": "saved"}}}}}
    done = run("second", given=saved)
    assert ('"saved"' in done.stdout, "results of runs here" in done.stderr) == (True, False)


def test_a_saved_value_that_was_blanked_stops_what_reads_it(run: Any, flow: Path) -> None:
    steps = {"first": {"$return_value": {"user": {"name": "‹slack.name›", "id": 1}}}, "node": {"a": "‹slack.name›"}}
    done = run("second", given={"event": {"a": "‹slack.name›"}, "steps": steps})
    found = "The saved result of first has ‹slack.name› in $return_value.user.name where a secret was"
    assert (done.returncode, done.stderr) == (2, f"pd-lsp: {found}: save the real one, or none at all.\n")
    other = NAME.replace('"name"', '"id"')
    assert run("second", given={"event": {"a": "‹slack.name›"}, "steps": steps}, text=other).returncode == 0
    event = 'def handler(pd):\n    return pd.steps["trigger"]["event"]["a"]\n'
    done = run("second", given={"event": {"a": "‹slack.name›"}}, text=event)
    assert "The event has ‹slack.name› in event.a where a secret was" in done.stderr
    (flow / "workflow.yaml").unlink()
    alone = run("second", given={"event": {"a": "‹slack.name›"}})
    assert (alone.returncode, alone.stderr) == (2, done.stderr)


def test_the_sandbox_and_live_runs_feed_each_its_own(run: Any) -> None:
    run("first", text=HARMLESS)
    assert returned(run("second", "--sandbox", "--json", text=THERE)) == ["trigger"]
    assert returned(run("second", "--json")) == ["first", "trigger"]
    run("first", "--sandbox", text=HARMLESS.replace("Zaphod", "sandboxed"))
    assert '"Zaphod"' in run("second", text=NAME).stdout
    assert '"sandboxed"' in run("second", "--sandbox").stdout


def test_nothing_comes_of_runs_that_are_not_kept_or_that_show_text_for_values(run: Any) -> None:
    run("first", "--any-value", text=HARMLESS)
    assert returned(run("second", "--json", text=THERE)) == ["trigger"]
    run("first")
    subprocess.run([sys.executable, "-m", "pd_lsp", "runs", "off"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    run("first")
    assert returned(run("second", "--json")) == ["trigger"]


def test_a_step_that_reads_no_other_is_told_of_none(run: Any) -> None:
    run("first")
    done = run("second", text='def handler(pd):\n    return pd.steps["trigger"]["event"]\n')
    assert (done.returncode, "pd.steps has" in done.stderr) == (0, False)


def test_a_damaged_result_is_as_none(run: Any, own_folders: Path) -> None:
    run("first", text=HARMLESS)
    (file,) = (own_folders / "state" / "pd-lsp" / "runs").glob("*/*.json")
    file.write_text(file.read_text()[:-20])
    assert returned(run("second", "--json", text=THERE)) == ["trigger"]


def test_later_steps_and_disabled_ones_give_nothing(run: Any, flow: Path) -> None:
    run("first", text=HARMLESS)
    run("second", text="def handler(pd):\n    return 1\n")
    assert returned(run("first", "--json", text=THERE)) == ["trigger"]
    disabled = '  uses: "./first/entry.py"\n  disabled: true\n'
    (flow / "workflow.yaml").write_text(WORKFLOW.replace('  uses: "./first/entry.py"\n', disabled))
    assert returned(run("second", "--json", text=THERE)) == ["trigger"]


def test_a_replay_finds_what_its_events_have_and_nothing_else(run: Any, flow: Path) -> None:
    run("first")
    (flow / "many").mkdir()
    (flow / "many" / "bare.json").write_text("{}")
    (flow / "many" / "with.json").write_text(json.dumps({"event": {}, "steps": {"first": {"count": 1}}}))
    done = run("second", str(flow / "many"), text=THERE, command="replay")
    assert [line.split(maxsplit=4)[4] for line in sorted(done.stdout.splitlines())[1:]] == [
        '{"$return_value": ["trigger"]}',
        '{"$return_value": ["first", "trigger"]}',
    ], done.stderr
