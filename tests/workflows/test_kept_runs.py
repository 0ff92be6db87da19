"""The latest runs of each step: private files, of limited number and size, that nothing can damage for long."""

import json
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pd_lsp.private_files import PrivateFileError
from pd_lsp.workflows import kept_runs as room
from pd_lsp.workflows.events import SavedEvent
from pd_lsp.workflows.kept_runs import KeptRun, folder_of, forget_runs, keep_run, kept_runs, last_result, latest_runs

STEP, OTHER = Path("/project/flow/fetch/entry.py"), Path("/project/flow/post/entry.py")
RESULT: dict[str, Any] = {
    "ok": True,
    "outcome": "succeeded",
    "exports": {},
    "returned": None,
    "response": None,
    "flow": {},
    "error": None,
    "notices": [],
    "stdout": "",
    "stderr": "",
    "duration": 0.5,
}


def run(at: float, *, step: Path = STEP, sandbox: bool = False, any_value: bool = False, **result: Any) -> KeptRun:
    return KeptRun(
        step=step,
        name=step.parent.name,
        at=at,
        text="digest",
        result={**RESULT, **result},
        event=SavedEvent({"n": at}, {"id": 1}, {"earlier": {"a": 1}}),
        accounts={"slack": "slack (Team)"},
        environment="development",
        sandbox=sandbox,
        any_value=any_value,
    )


def keep(*times: float, **changes: Any) -> None:
    for at in times:
        keep_run(run(at, **changes))


def files() -> list[Path]:
    return [file for file in folder_of(STEP).parent.rglob("*") if file.is_file()]


def test_a_run_comes_back_as_it_was_kept() -> None:
    keep(1000, returned={"a": ["ö", None, 1.5]}, stdout="hello\n")
    (kept,) = kept_runs(STEP)
    assert kept == replace(run(1000, returned={"a": ["ö", None, 1.5]}, stdout="hello\n"), number=1)
    assert kept.outputs == {"$return_value": {"a": ["ö", None, 1.5]}}


def test_the_latest_is_number_one() -> None:
    keep(1, 2, 3)
    assert [(one.number, one.at) for one in kept_runs(STEP)] == [(1, 3.0), (2, 2.0), (3, 1.0)]


def test_the_latest_is_the_latest_when_the_clock_was_put_back() -> None:
    keep(*range(1_000, 1_020), returned="before")
    keep(10, 11, returned="after")
    assert [one.at for one in kept_runs(STEP)][:3] == [11.0, 10.0, 1019.0]
    found = last_result(STEP)
    assert found
    assert found.outputs == {"$return_value": "after"}


def test_twenty_of_a_step_are_kept_and_each_step_has_its_own() -> None:
    keep(*range(1, 26))
    keep(5, step=OTHER)
    assert [one.at for one in kept_runs(STEP)] == [float(at) for at in range(25, 5, -1)]
    assert len(kept_runs(OTHER)) == 1


def test_the_last_result_that_later_steps_can_use_stays_however_many_runs_fail() -> None:
    keep(1, 2, returned="live")
    keep(3, 4, returned="sandbox", sandbox=True)
    keep(*range(5, 30), outcome="raised")
    assert [one.at for one in kept_runs(STEP)][-2:] == [4.0, 2.0]
    assert len(kept_runs(STEP)) == 22


def test_what_later_steps_use_is_of_their_own_world_and_succeeded() -> None:
    keep(1, returned="live")
    keep(2, returned="sandbox", sandbox=True)
    keep(3, returned="half", outcome="timed out")
    keep(4, returned="text", any_value=True)

    def of(sandbox: bool | None) -> Any:
        found = last_result(STEP, sandbox=sandbox)
        return found and found.outputs["$return_value"]

    assert (of(False), of(True), of(None)) == ("live", "sandbox", "sandbox")
    assert last_result(OTHER) is None


def test_the_latest_of_all_steps_are_listed_together() -> None:
    keep(1, 3)
    keep(2, step=OTHER)
    assert [(one.step, one.number) for one in latest_runs(9)] == [(STEP, 1), (OTHER, 1), (STEP, 2)]
    assert len(latest_runs(2)) == 2


# What is too large


def test_of_long_output_the_beginning_and_the_end_are_kept() -> None:
    keep(1, stdout="a" * 500_000 + "end", stderr="short")
    (kept,) = kept_runs(STEP)
    printed = kept.result["stdout"]
    assert isinstance(printed, str)
    assert (printed[:3], printed[-4:], len(printed) < 100_200) == ("aaa", "aend", True)
    assert "400,003 characters were not kept" in printed
    assert (kept.result["stderr"], kept.left_out, kept.is_usable) == ("short", ("output",), True)


def test_values_that_are_too_large_are_left_out_and_no_later_step_gets_half_of_them() -> None:
    keep(1, returned="small")
    keep(2, returned="x" * 2_000_001, exports={"n": 1})
    latest = kept_runs(STEP)[0]
    assert (latest.result["returned"], latest.result["exports"], latest.left_out) == (None, {}, ("values",))
    assert latest.event.event == {"n": 2}
    found = last_result(STEP)
    assert found
    assert found.at == 1


@pytest.mark.parametrize("event", ["x" * 2_000_001, float("nan")])
def test_an_event_that_is_too_large_or_no_json_is_left_out(event: Any) -> None:
    one = run(1, returned=1)
    keep_run(KeptRun(one.step, one.name, one.at, one.text, one.result, SavedEvent(event)))
    (kept,) = kept_runs(STEP)
    assert (kept.event, kept.left_out, kept.is_usable) == (SavedEvent(), ("event",), True)


def test_the_largest_run_that_is_kept_can_be_read_again() -> None:
    wide = "\x01" * 320_000  # six bytes each in JSON
    one = run(1, returned=wide, stdout="\x01" * 200_000, stderr="\x01" * 200_000, notices=["\x01" * 60_000])
    keep_run(KeptRun(one.step, one.name, one.at, one.text, one.result, SavedEvent(wide)))
    (kept,) = kept_runs(STEP)
    assert (kept.outputs["$return_value"], kept.event.event) == (wide, wide)


def test_of_all_steps_together_the_oldest_go_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "_MOST_RUNS", 3)
    keep(1, 4)
    keep(2, 3, step=OTHER)
    assert [one.at for one in latest_runs(9)] == [4.0, 3.0, 2.0]
    monkeypatch.setattr(room, "_MOST_BYTES", 1)
    keep(5)
    assert latest_runs(9) == ()


# What others do to the files


def test_the_files_are_private() -> None:
    keep(1)
    (file,) = files()
    assert [stat.S_IMODE(path.stat().st_mode) for path in (file, file.parent, file.parent.parent)] == [
        0o600,
        0o700,
        0o700,
    ]


def _damages() -> Iterator[tuple[str, Any]]:
    whole = {"form": 1, "step": str(STEP), "at": 1, "result": {}}
    yield "empty", ""
    yield "no object", "[]"
    yield "half", '{"form": 1, "st'
    yield "parts that are missing", json.dumps(whole)
    yield "deep", "[" * 100_000


@pytest.mark.parametrize("damage", [text for _, text in _damages()], ids=[name for name, _ in _damages()])
def test_a_damaged_file_costs_only_itself(damage: str) -> None:
    keep(1, 2, returned=1)
    max(files()).write_text(damage)
    assert [(one.number, one.at) for one in kept_runs(STEP)] == [(2, 1.0)]
    found = last_result(STEP)
    assert found
    assert found.at == 1
    keep(3)
    assert [one.at for one in latest_runs(9)] == [3.0, 1.0]


def test_a_file_that_is_larger_than_any_that_is_written_is_not_read() -> None:
    keep(1)
    (file,) = files()
    file.write_text(file.read_text() + " " * 8_000_000)
    assert kept_runs(STEP) == ()


@pytest.mark.parametrize(
    "change",
    [
        {"form": 2},
        {"step": str(OTHER)},
        {"at": "x"},
        {"at": -1},
        {"at": 1e300},
        {"result": []},
        {"result": {}},
        {"result": {"outcome": "succeeded", "duration": "1"}},
        {"accounts": 1},
        {"event": {"event": 1}},
        {"sandbox": 1},
        {"left_out": None},
    ],
)
def test_a_file_of_another_form_is_ignored(change: dict[str, Any]) -> None:
    keep(1)
    (file,) = files()
    file.write_text(json.dumps({**json.loads(file.read_text()), **change}))
    assert (kept_runs(STEP), last_result(STEP), latest_runs(9)) == ((), None, ())


def test_a_link_in_the_place_of_a_run_is_not_followed(tmp_path: Path) -> None:
    keep(1)
    (file,) = files()
    file.rename(tmp_path / "elsewhere")
    file.symlink_to(tmp_path / "elsewhere")
    assert kept_runs(STEP) == ()


def test_two_that_keep_at_once_lose_nothing() -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(keep, range(1, 19)))
    assert sorted(one.at for one in kept_runs(STEP)) == [float(at) for at in range(1, 19)]
    assert all(file.suffix == ".json" for file in files())


def test_all_can_be_forgotten() -> None:
    forget_runs()
    keep(1)
    keep(1, step=OTHER)
    left = f".{files()[0].name}.x1y2"
    (folder_of(STEP) / left).write_text("what was left of a process that ended too soon")
    forget_runs()
    assert (files(), latest_runs(9)) == ([], ())


def test_forgetting_deletes_nothing_that_is_not_a_run(own_folders: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "documents"
    for name in ("letters", "0" * 32):
        (elsewhere / name).mkdir(parents=True)
        (elsewhere / name / "letter.json").write_text("{}")
    (own_folders / "state" / "pd-lsp").mkdir(parents=True)
    (own_folders / "state" / "pd-lsp" / "runs").symlink_to(elsewhere)
    keep(1)
    forget_runs()
    assert sorted(one.name for one in elsewhere.rglob("*.json")) == ["letter.json", "letter.json"]
    assert kept_runs(STEP) == ()


def test_a_folder_that_is_no_folder_is_said(own_folders: Path) -> None:
    place = own_folders / "state" / "pd-lsp" / "runs"
    place.parent.mkdir(parents=True)
    place.write_text("a file in the place of the folder")
    assert (kept_runs(STEP), latest_runs(9)) == ((), ())
    with pytest.raises(PrivateFileError):
        keep(1)


def test_a_folder_that_may_not_be_looked_at_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    keep(1)

    def glob(folder: Path, pattern: str) -> Iterator[Path]:
        raise PermissionError(13, "Permission denied", str(folder), pattern)

    monkeypatch.setattr(Path, "glob", glob)  # root may look at every folder
    with pytest.raises(PrivateFileError, match=r"can't be used \(Permission denied\): check its rights\."):
        keep(2)


def test_runs_of_another_folder_are_not_taken_for_those_of_a_step() -> None:
    keep(1)
    (file,) = files()
    folder_of(OTHER).mkdir()
    file.replace(folder_of(OTHER) / file.name)
    assert (kept_runs(OTHER), latest_runs(9)) == ((), ())
