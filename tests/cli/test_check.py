"""`pd-lsp check` as a person or CI calls it: real processes, real exit codes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

WORKFLOW = """\
name: Flow
steps:
- {namespace: first, uses: ./first/entry.py}
- {namespace: second, uses: ./second/entry.py}
"""
WRONG_STEP = 'def handler(pd: "pipedream"):\n    "😀"; return pd.steps["frist"]\n'
HINT = 'def handler(pd: "pipedream"):\n    return pd.inputs["data_store"].pop("a")\n'


def check(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pd_lsp", "check", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, cwd=ROOT, check=False)


@pytest.fixture
def workflow(tmp_path: Path) -> Path:
    """A workflow whose second step has a mistake."""
    folder = tmp_path / "flow-p_1"
    for step, text in {"first": 'def handler(pd):\n    return {"a": 1}\n', "second": WRONG_STEP}.items():
        (folder / step).mkdir(parents=True)
        (folder / step / "entry.py").write_text(text)
    (folder / "workflow.yaml").write_text(WORKFLOW)
    return folder


def test_each_finding_has_a_line_with_place_level_and_code(workflow: Path) -> None:
    done = check(workflow)
    assert done.stdout.startswith(f"{workflow}/second/entry.py:2:26: warning unknown-step workflow.yaml has no step")
    assert done.returncode == 1
    assert done.stderr == ""


def test_with_json_there_is_one_document_and_nothing_else(workflow: Path) -> None:
    [found] = json.loads(check("--json", workflow).stdout)
    assert found["path"] == f"{workflow}/second/entry.py"
    assert (found["line"], found["column"], found["end_line"], found["end_column"]) == (2, 26, 2, 33)
    assert (found["level"], found["code"]) == ("warning", "unknown-step")


def test_what_earlier_steps_give_on_is_known(workflow: Path) -> None:
    (workflow / "second" / "entry.py").write_text('def handler(pd):\n    return pd.steps["first"]["a"]\n')
    assert "unknown-output" in check(workflow).stdout


def test_nothing_found_is_success(workflow: Path) -> None:
    done = check(workflow / "first")
    assert (done.returncode, done.stdout) == (0, "")


def test_information_alone_is_success(tmp_path: Path) -> None:
    (tmp_path / "step.py").write_text(HINT)
    done = check(tmp_path / "step.py")
    assert done.returncode == 0
    assert "information store-method" in done.stdout


def test_a_comment_switches_a_finding_off(workflow: Path) -> None:
    file = workflow / "second" / "entry.py"
    file.write_text(WRONG_STEP.replace("]\n", "]  # pd: ignore[unknown-step]\n"))
    assert check(file).returncode == 0


def test_the_project_sets_levels_and_hears_of_those_that_are_wrong(workflow: Path) -> None:
    (workflow / "pd-lsp.json").write_text('{"rules": {"unknown-step": "off", "unknown-stpe": "off"}}')
    done = check(workflow)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == (
        "pd-lsp: There is no rule 'unknown-stpe', as flow-p_1/pd-lsp.json says. Did you mean unknown-step?\n"
    )


def test_folders_that_hold_other_peoples_code_are_not_looked_into(workflow: Path) -> None:
    for hidden in (".venv", "node_modules"):
        (workflow / hidden).mkdir()
        (workflow / hidden / "step.py").write_text(HINT)
    assert "store-method" not in check(workflow).stdout


def test_a_file_that_is_not_there_or_can_not_be_read_is_said(tmp_path: Path) -> None:
    assert check(tmp_path / "none.py").returncode == 2
    (tmp_path / "entry.py").write_bytes(b"\xff\xfe")
    done = check(tmp_path)
    assert done.returncode == 2
    assert "entry.py is not UTF-8 text" in done.stderr


def test_the_accounts_of_the_sandbox_count_where_it_is_asked_for(tmp_path: Path) -> None:
    text = 'def handler(pd):\n    return len(pd.inputs["trello"]["$auth"]["oauth_access_token"])\n'
    (tmp_path / "step.py").write_text(text)
    assert check(tmp_path).returncode == 0
    assert "app-not-connected" in check(tmp_path, "--sandbox").stdout


def test_the_examples_are_right_with_the_accounts_of_the_sandbox() -> None:
    done = check("--sandbox", "examples")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_page_of_a_rule_is_printed_and_an_unknown_one_is_said() -> None:
    assert check("--explain", "unknown-key").stdout.startswith("unknown-key (error)\n\nA key of `$auth`")
    assert check("--explain", "unknown-kye").returncode == 2
