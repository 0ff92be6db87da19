"""`pd-lsp runs`: what is kept of runs, by real ones."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pd_lsp.configuration import configuration_file
from pd_lsp.workflows.run_shapes import read_run_shape
from tests.conftest import ROOT

TEXT = "def handler(pd):\n    pd.export('n', 1)\n    return {'made': {'up': 'made-up-value'}}\n"


@pytest.fixture
def pd_lsp(own_folders: Path) -> Any:
    assert own_folders

    def call(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "pd_lsp", *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, cwd=ROOT, check=True)

    return call


@pytest.fixture
def step(tmp_path: Path) -> Path:
    file = tmp_path.resolve() / "step.py"
    file.write_text(TEXT)
    return file


def test_the_keys_that_a_step_gave_on_are_kept_listed_and_forgotten(pd_lsp: Any, step: Path) -> None:
    assert pd_lsp("runs").stdout == "Nothing is kept of runs.\n"
    pd_lsp("run", step, "--yes")
    found = read_run_shape(step)
    assert found
    assert (sorted(found.shape.keys), list(found.shape.keys["$return_value"].keys["made"].keys)) == (
        ["$return_value", "n"],
        ["up"],
    )
    assert pd_lsp("runs").stdout == f"{step}\n"
    assert pd_lsp("runs", "clear").stdout == "What runs have kept is forgotten.\n"
    assert pd_lsp("runs").stdout == "Nothing is kept of runs.\n"


def test_it_can_be_switched_off_and_on(pd_lsp: Any, step: Path) -> None:
    pd_lsp("run", step, "--yes")
    assert pd_lsp("runs", "off").stdout.endswith("Nothing is kept from now on.\n")
    pd_lsp("run", step, "--yes")
    assert read_run_shape(step) is None
    assert "pd-lsp runs on" in pd_lsp("runs").stdout
    pd_lsp("runs", "on")
    pd_lsp("run", step, "--yes")
    assert read_run_shape(step)
    assert json.loads(configuration_file().read_text()) == {"keep_run_shapes": True}


def test_a_run_that_shows_any_value_as_text_keeps_nothing(pd_lsp: Any, step: Path) -> None:
    pd_lsp("run", step, "--yes", "--any-value")
    assert read_run_shape(step) is None


def test_a_run_goes_on_where_nothing_can_be_kept(pd_lsp: Any, step: Path, own_folders: Path) -> None:
    (own_folders / "state" / "pd-lsp").mkdir(parents=True)
    (own_folders / "state" / "pd-lsp" / "run_shapes").write_text("a file in the place of the folder")
    assert "The step succeeded" in pd_lsp("run", step, "--yes").stdout
