"""The working folder of a run: removed whatever a step did to it, and nothing beside it touched."""

import stat
from pathlib import Path

import pytest

from pd_lsp.execution.supervisor.folder import remove
from tests.execution.running import run


@pytest.fixture
def above(tmp_path: Path) -> Path:
    """A folder that others use too, as `/tmp` is."""
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o1777)
    return shared


def mode(folder: Path) -> int:
    return stat.S_IMODE(folder.stat().st_mode)


async def test_a_run_leaves_the_folder_for_temporary_files_as_it_was(
    above: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(above))
    result = (await run("import os\ndef handler(pd):\n    return os.getcwd()\n")).result
    assert isinstance(result.returned, str)
    assert Path(result.returned).parent == above
    assert mode(above) == 0o1777
    assert not list(above.iterdir())


def test_a_folder_that_is_gone_already_costs_its_parent_nothing(above: Path) -> None:
    remove(above / "gone")
    assert mode(above) == 0o1777


def test_a_folder_that_a_step_closed_to_everybody_is_removed(above: Path) -> None:
    folder = above / "run"
    (folder / "inner" / "most").mkdir(parents=True)
    (folder / "inner" / "most" / "file").touch()
    for closed in (folder / "inner" / "most", folder / "inner", folder):
        closed.chmod(0)
    remove(folder)
    assert not folder.exists()
    assert mode(above) == 0o1777


def test_what_a_link_points_to_is_left_alone(above: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    kept.chmod(0o750)
    folder = above / "run"
    folder.mkdir()
    (folder / "link").symlink_to(kept)
    remove(folder)
    assert not folder.exists()
    assert mode(kept) == 0o750
