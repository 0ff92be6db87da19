import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pd_lsp.private_files import (
    PrivateFileError,
    cache_folder,
    locked,
    read_json,
    state_folder,
    update_json,
    write_json,
)

posix = pytest.mark.skipif(sys.platform == "win32", reason="rights and owners as POSIX has them")


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture(params=[0o000, 0o022, 0o277])
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


def test_what_is_written_is_read() -> None:
    path = state_folder() / "deep" / "file.json"
    write_json(path, {"a": [1, "é", "\ud800", None]})
    assert read_json(path) == {"a": [1, "é", "\ud800", None]}
    write_json(path, [])
    assert read_json(path) == []
    assert [entry.name for entry in path.parent.iterdir()] == ["file.json"]


@posix
def test_the_folders_lie_where_xdg_says(tmp_path: Path) -> None:
    assert state_folder() == tmp_path / "state" / "pd-lsp"
    assert cache_folder() == tmp_path / "cache" / "pd-lsp"


@posix
@pytest.mark.usefixtures("umask")
def test_folders_are_0700_and_files_0600_whatever_the_umask(tmp_path: Path) -> None:
    path = state_folder() / "deep" / "file.json"
    update_json(path, lambda _: 1)
    assert [mode(folder) for folder in (tmp_path / "state", state_folder(), path.parent)] == [0o700] * 3
    assert [mode(file) for file in path.parent.iterdir()] == [0o600] * 2


@posix
def test_a_folder_of_ours_that_others_could_read_is_closed() -> None:
    state_folder().mkdir(parents=True)
    state_folder().chmod(0o777)
    write_json(state_folder() / "file.json", 1)
    assert mode(state_folder()) == 0o700


@posix
def test_the_rights_of_a_folder_that_is_not_for_us_stay(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    write_json(tmp_path / "file.json", 1)
    assert mode(tmp_path) == 0o755


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff\xfe", b'{"a": 1} x', b"[" * 100_000, b"1" * 5_000],
    ids=["empty", "cut", "binary", "trailing", "deep", "digits"],
)
def test_a_damaged_file_is_ignored_and_rewritten(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "file.json"
    path.write_bytes(content)
    assert read_json(path) is None
    assert update_json(path, lambda value: {"before": value}) == {"before": None}
    assert read_json(path) == {"before": None}


def test_a_file_larger_than_the_limit_is_ignored(tmp_path: Path) -> None:
    write_json(tmp_path / "file.json", "x" * 98)
    assert read_json(tmp_path / "file.json", limit=100) == "x" * 98
    assert read_json(tmp_path / "file.json", limit=99) is None


def test_a_missing_file_or_a_folder_in_its_place_is_nothing(tmp_path: Path) -> None:
    assert read_json(tmp_path / "no" / "file.json") is None
    assert read_json(tmp_path) is None


@posix
def test_a_link_is_not_read_and_writing_replaces_it_alone(tmp_path: Path) -> None:
    target = tmp_path / "target.json"
    target.write_text('"theirs"')
    link = tmp_path / "file.json"
    link.symlink_to(target)
    assert read_json(link) is None
    write_json(link, "ours")
    assert not link.is_symlink()
    assert read_json(link) == "ours"
    assert read_json(target) == "theirs"


@posix
def test_a_folder_that_is_a_link_is_refused_with_a_sentence(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / "link").symlink_to(elsewhere)
    with pytest.raises(PrivateFileError, match="is a link or belongs to somebody else"):
        write_json(tmp_path / "link" / "file.json", 1)
    with pytest.raises(PrivateFileError), locked(tmp_path / "link" / "file.json"):
        pytest.fail("locked by a link")
    assert list(elsewhere.iterdir()) == []


@posix
def test_a_lock_that_is_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file.json.lock").symlink_to(tmp_path / "made")
    with pytest.raises(PrivateFileError, match="can't be written"):
        update_json(tmp_path / "file.json", lambda _: 1)
    assert not (tmp_path / "made").exists()


@posix
def test_a_named_pipe_in_the_place_of_a_file_does_not_make_us_wait(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "file.json")
    assert read_json(tmp_path / "file.json") is None


@posix
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give a file away")
def test_files_and_folders_of_somebody_else_are_not_used(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "file.json"
    write_json(path, 1)
    os.chown(path, 12345, -1)
    assert read_json(path) is None
    os.chown(path.parent, 12345, -1)
    with pytest.raises(PrivateFileError, match="belongs to somebody else"):
        write_json(path, 2)


def test_a_folder_that_cannot_be_made_gives_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(PrivateFileError, match="can't be made .*: make it yourself"):
        write_json(tmp_path / "file" / "deep" / "file.json", 1)


@posix
def test_a_write_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "file.json").mkdir()
    with pytest.raises(PrivateFileError, match="can't be written"):
        write_json(tmp_path / "file.json", 1)
    assert [entry.name for entry in tmp_path.iterdir()] == ["file.json"]


def test_a_lock_that_another_keeps_gives_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    with (
        locked(path),
        pytest.raises(PrivateFileError, match=r"file\.json is being changed by another"),
        locked(path, timeout=0),
    ):
        pytest.fail("two hold one lock")
    with locked(path, timeout=0):
        pass


_ADDS = """
import sys
from pathlib import Path
from pd_lsp.private_files import update_json
for number in range(int(sys.argv[3])):
    update_json(Path(sys.argv[1]), lambda names: [*(names or []), f"{sys.argv[2]}{number}"])
"""


def test_two_processes_that_change_one_file_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    changing = [subprocess.Popen([sys.executable, "-c", _ADDS, str(path), name, "40"]) for name in ("a", "b")]
    assert [process.wait(60) for process in changing] == [0, 0]
    written = json.loads(path.read_text())
    assert sorted(written) == sorted(f"{name}{number}" for name in "ab" for number in range(40))
