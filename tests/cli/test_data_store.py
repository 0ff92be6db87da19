"""`pd-lsp data-store`, and the runs that share a store with it; real processes."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT

STEP = """\
def handler(pd):
    store = pd.inputs["data_store"]
    store["seen"] = store.get("seen", 0) + 1
    return sorted(store.keys())
"""
COUNTING = """\
def handler(pd):
    for number in range(40):
        pd.inputs["data_store"][f"{pd.steps['trigger']['event']}-{number}"] = number
"""


@pytest.fixture
def pd_lsp(own_folders: Path, steps_python: Path) -> Any:
    assert own_folders

    def call(*arguments: str | Path, given: str = "") -> subprocess.CompletedProcess[str]:
        python = ["--python", str(steps_python)] if arguments[0] == "run" else []
        command = [sys.executable, "-m", "pd_lsp", *map(str, arguments), *python]
        return subprocess.run(command, capture_output=True, text=True, input=given, cwd=ROOT, check=False)

    return call


@pytest.fixture
def step(tmp_path: Path) -> Path:
    file = tmp_path / "project" / "count.py"
    file.parent.mkdir()
    file.write_text(STEP)
    return file


def test_what_a_run_stores_is_listed(pd_lsp: Any, step: Path) -> None:
    pd_lsp("run", step, "--yes", "--sandbox")
    assert pd_lsp("data-store", "list", step).stdout == "data_store  1 key\n"
    assert json.loads(pd_lsp("data-store", "list", step, "data_store", "--json").stdout) == {"seen": 1}


def test_a_run_finds_what_was_seeded(pd_lsp: Any, step: Path, tmp_path: Path) -> None:
    seeds = tmp_path / "seeds.json"
    seeds.write_text('{"seen": 41, "é": [1, {"a": null}]}')
    assert pd_lsp("data-store", "seed", step, "data_store", seeds).returncode == 0
    assert json.loads(pd_lsp("run", step, "--yes", "--sandbox", "--json").stdout)["returned"] == ["seen", "é"]
    assert json.loads(pd_lsp("data-store", "list", step, "data_store").stdout)["seen"] == 42


def test_seeds_can_come_from_standard_input(pd_lsp: Any, step: Path) -> None:
    assert pd_lsp("data-store", "seed", step, "data_store", "-", given='{"a": 1}').returncode == 0
    assert pd_lsp("data-store", "list", step.parent).stdout == "data_store  1 key\n"


def test_a_store_is_emptied_only_when_somebody_agrees(pd_lsp: Any, step: Path) -> None:
    pd_lsp("data-store", "seed", step, "data_store", "-", given='{"a": 1, "b": 2}')
    refused = pd_lsp("data-store", "clear", step, "data_store")
    assert (refused.returncode, refused.stderr) == (2, "pd-lsp: Nothing was deleted: agree with --yes.\n")
    assert pd_lsp("data-store", "clear", step, "data_store", "--yes").stdout == "2 keys deleted from data_store.\n"
    assert pd_lsp("data-store", "list", step, "data_store").stdout == "data_store is empty.\n"


@pytest.mark.parametrize("text", ["[1]", "{", "", "NaN", '{"a": NaN}', '{"a": 1e999}', "[" * 100_000])
def test_what_is_no_json_object_fills_no_store(pd_lsp: Any, step: Path, text: str) -> None:
    done = pd_lsp("data-store", "seed", step, "data_store", "-", given=text)
    assert done.returncode == 2
    assert "JSON" in done.stderr
    assert "Traceback" not in done.stderr
    assert "No step" in pd_lsp("data-store", "list", step).stdout


def test_another_project_has_stores_of_its_own(pd_lsp: Any, step: Path, tmp_path: Path) -> None:
    pd_lsp("data-store", "seed", step, "data_store", "-", given='{"a": 1}')
    other = tmp_path / "other"
    other.mkdir()
    assert "No step of" in pd_lsp("data-store", "list", other).stdout
    assert pd_lsp("data-store", "list", other, "data_store").returncode == 2


@pytest.mark.parametrize("name", ["../../escape", "a b", "-", "", "é" * 200])
def test_a_name_never_leads_out_of_the_project(pd_lsp: Any, step: Path, own_folders: Path, name: str) -> None:
    before = {file for file in own_folders.rglob("*") if file.suffix == ".sqlite"}
    assert pd_lsp("data-store", "seed", step, "--", name, "-", given='{"a": 1}').returncode == 0
    made = [file for file in own_folders.rglob("*.sqlite") if file not in before]
    assert [file.parent.parent.name for file in made] == ["data_stores"]


def test_a_damaged_store_is_named(pd_lsp: Any, step: Path, own_folders: Path) -> None:
    pd_lsp("data-store", "seed", step, "data_store", "-", given='{"a": 1}')
    (file,) = own_folders.rglob("*.sqlite")
    file.write_bytes(b"not a database, but text" * 100)
    done = pd_lsp("data-store", "list", step, "data_store")
    assert done.returncode == 2
    assert "can't be used (DatabaseError)" in done.stderr


def test_two_runs_at_once_lose_nothing(pd_lsp: Any, step: Path, tmp_path: Path) -> None:
    step.write_text(COUNTING)
    events = [tmp_path / f"{name}.json" for name in ("one", "two")]
    for event in events:
        event.write_text(json.dumps({"event": event.stem}))
    with ThreadPoolExecutor() as pool:
        runs = [pool.submit(pd_lsp, "run", step, "--yes", "--sandbox", "--event", event) for event in events]
    assert [run.result().returncode for run in runs] == [0, 0]
    assert pd_lsp("data-store", "list", step).stdout == "data_store  80 keys\n"
