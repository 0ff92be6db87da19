"""The workflows below a folder: what is listed, what is not looked into, and nothing read twice."""

import os
from pathlib import Path
from unittest.mock import patch

import pytest

from pd_lsp.model import Step, Workflow
from pd_lsp.workflows import workflow_list as room
from pd_lsp.workflows.kept_runs import keep_run
from pd_lsp.workflows.workflow_list import MOST_STEPS, MOST_WORKFLOWS, ListedStep, ListedWorkflow, WorkflowList
from tests.workflows.test_kept_runs import run

STEP = "def handler(pd):\n    return 1\n"


def flow(folder: Path, steps: str = '- {namespace: one, uses: "./one/entry.py"}', code: str = STEP) -> Path:
    (folder / "one").mkdir(parents=True)
    (folder / "workflow.yaml").write_text(f"steps:\n{steps}\n")
    (folder / "one" / "entry.py").write_text(code)
    return folder


def read(*folders: Path) -> tuple[ListedWorkflow, ...]:
    return WorkflowList().read(folders)


def steps(folder: Path) -> list[tuple[str, bool]]:
    [found] = read(folder)
    return [(step.name, step.runs_here) for step in found.steps]


def test_a_workflow_is_called_by_its_name_else_by_its_folder(tmp_path: Path) -> None:
    flow(tmp_path / "nameless")
    (flow(tmp_path / "named") / "workflow.yaml").write_text("name: Sign-ups\n")
    assert [one.name for one in read(tmp_path)] == ["Sign-ups", "nameless"]


CODE = {
    "with a handler": (STEP, True),
    "of the older kind": ("from pipedream.script_helpers import steps, export\n", True),
    "without a handler": ("print(1)\n", False),
    "broken around its handler": ("(\n\ndef handler(pd):\n", True),
    "too deep for a parser": ("(" * 100_000 + "\ndef handler(pd):\n", False),
    "empty": ("", False),
}


@pytest.mark.parametrize(("code", "runs"), CODE.values(), ids=CODE)
def test_a_step_runs_here_where_pd_lsp_would_run_it(tmp_path: Path, code: str, runs: bool) -> None:
    assert steps(flow(tmp_path / "flow", code=code)) == [("one", runs)]


def test_a_step_without_its_file_is_listed_and_does_not_run(tmp_path: Path) -> None:
    (flow(tmp_path / "flow") / "one" / "entry.py").unlink()
    assert steps(tmp_path) == [("one", False)]


@pytest.mark.parametrize("uses", ["slack-send@1.0.0", "./../../other/entry.py", "/etc/passwd", "../x.py", ""])
def test_what_is_no_code_of_the_workflow_is_not_listed(tmp_path: Path, uses: str) -> None:
    assert steps(flow(tmp_path / "flow", f'- {{namespace: one, uses: "{uses}"}}')) == []


@pytest.mark.parametrize("uses", ["./half\ud800/entry.py", "./zero\0/entry.py"])
def test_a_file_that_no_address_can_name_is_not_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, uses: str
) -> None:
    folder = flow(tmp_path / "flow")
    odd = Workflow(folder, "half \ud800", (Step("odd", uses), Step("o\ud800", "./one/entry.py")))
    monkeypatch.setattr(room, "read_workflow", lambda _: odd)
    [found] = read(tmp_path)
    assert (found.name, [(step.name, step.file.parent.name) for step in found.steps]) == ("half ?", [("o?", "one")])


def test_of_a_very_long_name_the_beginning_is_listed(tmp_path: Path) -> None:
    (flow(tmp_path / "flow") / "workflow.yaml").write_text(f"name: {'x' * 100_000}\n")
    [found] = read(tmp_path)
    assert found.name == "x" * 200


def test_a_step_that_is_a_link_out_of_the_workflow_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "outside.py").write_text(STEP)
    file = flow(tmp_path / "flow") / "one" / "entry.py"
    file.unlink()
    file.symlink_to(tmp_path / "outside.py")
    assert steps(tmp_path) == [("one", False)]


def test_folders_of_others_links_and_loops_are_not_looked_into(tmp_path: Path) -> None:
    for name in ("node_modules/a", ".git/a", "venv/lib/site-packages/a", "one/two/three/four/five/six/seven"):
        flow(tmp_path / name)
    (flow(tmp_path / "closed" / "inner").parent / "pyvenv.cfg").touch()
    wanted = flow(tmp_path / "wanted")
    (wanted / "loop").symlink_to(tmp_path)
    (tmp_path / "again").symlink_to(wanted)
    assert [one.file.parent for one in read(tmp_path)] == [wanted]


def test_what_two_folders_have_is_listed_once_and_in_the_order_of_its_place(tmp_path: Path) -> None:
    places = [flow(tmp_path / name) for name in ("a", "b/inner", "c")]
    assert [one.file.parent for one in read(tmp_path / "c", tmp_path, tmp_path / "b")] == places


def test_a_folder_that_is_not_there_has_none(tmp_path: Path) -> None:
    assert read(tmp_path / "gone") == ()


def test_of_very_many_the_first_are_listed(tmp_path: Path) -> None:
    for number in range(MOST_WORKFLOWS + 5):
        folder = tmp_path / f"{number // 100:02}" / f"{number:04}"
        folder.mkdir(parents=True)
        (folder / "workflow.yaml").write_text("steps: []\n")
    found = read(tmp_path)
    assert (len(found), found[-1].name) == (MOST_WORKFLOWS, f"{MOST_WORKFLOWS - 1:04}")


def test_of_very_many_steps_the_first_are_listed(tmp_path: Path) -> None:
    many = "\n".join(f'- {{namespace: s{number}, uses: "./s{number}/entry.py"}}' for number in range(MOST_STEPS + 5))
    assert len(steps(flow(tmp_path / "flow", many))) == MOST_STEPS


def test_of_very_many_folders_some_are_looked_into(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pd_lsp.workflows.project_folder._MOST_FOLDERS", 10)
    for number in range(50):
        (tmp_path / f"{number:02}" / "inner").mkdir(parents=True)
    looked: list[object] = []
    scandir = os.scandir
    with patch("os.scandir", side_effect=lambda place: looked.append(place) or scandir(place)):
        assert read(tmp_path) == ()
    assert len(looked) <= 12


def test_what_has_not_changed_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place, known = flow(tmp_path / "flow"), WorkflowList()
    before = known.with_runs(known.read([tmp_path]))

    def again(*_: object, **__: object) -> None:
        raise AssertionError

    for name in ("read_workflow", "read_text", "latest_run"):
        monkeypatch.setattr(room, name, again)
    assert known.with_runs(known.read([tmp_path])) == before
    (place / "one" / "entry.py").write_text("# a longer text than before\n" + STEP)
    with pytest.raises(AssertionError):
        known.read([tmp_path])


def test_the_latest_run_counts_whatever_came_of_it(tmp_path: Path) -> None:
    file = flow(tmp_path / "flow") / "one" / "entry.py"
    known = WorkflowList()
    assert [one.last for one in last(known, tmp_path)] == [None]
    keep_run(run(100.0, step=file))
    keep_run(run(200.0, step=file, outcome="timed out"))
    [step] = last(known, tmp_path)
    assert step.last
    assert (step.last.outcome, step.last.at, step.last.number) == ("timed out", 200.0, 1)


def last(known: WorkflowList, folder: Path) -> tuple[ListedStep, ...]:
    [found] = known.with_runs(known.read([folder]))
    return found.steps
