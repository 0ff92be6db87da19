"""Files that are written whole or not at all, also where the disk is full."""

import resource
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pd_lsp.workflows.whole_file import write_whole


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """Lets this process write no larger file, as a disk with that much room would."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("over", [True, False])
def test_where_there_is_no_room_nothing_is_changed_and_nothing_left(tmp_path: Path, over: bool) -> None:
    (tmp_path / "old.json").write_text("old")
    with largest_file(10), pytest.raises(OSError, match="too large"):
        write_whole(tmp_path / ("old.json" if over else "new.json"), b"x" * 100, over=over)
    assert {file.name: file.read_text() for file in tmp_path.iterdir()} == {"old.json": "old"}


def test_what_is_written_over_keeps_its_rights(tmp_path: Path) -> None:
    file = tmp_path / "old.json"
    file.write_text("old")
    file.chmod(0o640)
    write_whole(file, b"new")
    assert (file.read_text(), stat.S_IMODE(file.stat().st_mode)) == ("new", 0o640)


def test_what_is_there_is_left_alone_unless_it_is_to_be_written_over(tmp_path: Path) -> None:
    file = tmp_path / "old.json"
    file.write_text("old")
    with pytest.raises(FileExistsError):
        write_whole(file, b"new", over=False)
    assert [(one.name, one.read_text()) for one in tmp_path.iterdir()] == [("old.json", "old")]
