from pathlib import Path

import pytest

from pd_lsp.workflows.event_files import add_event
from pd_lsp.workflows.event_writing import EventNotSavedError
from pd_lsp.workflows.events import SavedEvent, read_event, saved_events

EVENT = SavedEvent({"n": 1}, {"id": "c"}, {"fetch": {"$return_value": 2}})


def test_what_is_saved_is_read_as_it_was(tmp_path: Path) -> None:
    saved = add_event(tmp_path, "a", EVENT)
    assert (saved.path, saved.is_new) == (tmp_path / "events" / "a.json", True)
    assert read_event(saved.path) == EVENT


@pytest.mark.parametrize("event", [None, "", [], 1.5, {"event": 1}, "\ud800\x00\u202e", {"é": "\x1b"}])
def test_any_event_can_be_saved(tmp_path: Path, event: object) -> None:
    assert read_event(add_event(tmp_path, "a", SavedEvent(event)).path) == SavedEvent(event)  # type: ignore[arg-type]


def test_another_event_of_the_same_name_gets_the_next_one(tmp_path: Path) -> None:
    files = [add_event(tmp_path, "a", SavedEvent(number)).path.name for number in range(3)]
    assert files == ["a.json", "a-2.json", "a-3.json"]
    assert [read_event(file).event for file in saved_events(tmp_path)] == [1, 2, 0]


def test_the_same_event_is_kept_once(tmp_path: Path) -> None:
    first = add_event(tmp_path, "a", EVENT)
    again = add_event(tmp_path, "a", EVENT)
    assert (again.path, again.is_new) == (first.path, False)
    assert saved_events(tmp_path) == (first.path,)


def test_what_somebody_has_written_there_stays(tmp_path: Path) -> None:
    (tmp_path / "events").mkdir()
    (tmp_path / "events" / "a.json").write_text("mine, and no JSON")
    assert add_event(tmp_path, "a", EVENT).path.name == "a-2.json"
    assert (tmp_path / "events" / "a.json").read_text() == "mine, and no JSON"


@pytest.mark.parametrize("name", ["../a", "a/b", "", ".", "a\x00", "é", "a" * 101, "a.b"])
def test_a_name_never_leads_elsewhere(tmp_path: Path, name: str) -> None:
    with pytest.raises(EventNotSavedError, match="is no name for an event"):
        add_event(tmp_path, name, EVENT)
    assert not (tmp_path / "events").exists()


def test_an_event_larger_than_a_run_takes_is_not_saved(tmp_path: Path) -> None:
    with pytest.raises(EventNotSavedError, match=r"a\.json would be larger than 6 MB, which no run takes"):
        add_event(tmp_path, "a", SavedEvent("x" * 6_000_000))
    assert saved_events(tmp_path) == ()


def test_an_event_that_is_just_small_enough_is_saved_without_blanks(tmp_path: Path) -> None:
    event = SavedEvent([1] * 1_000_000)
    assert read_event(add_event(tmp_path, "a", event).path) == event


def test_nothing_is_written_through_a_linked_folder(tmp_path: Path) -> None:
    workflow, elsewhere = tmp_path / "flow", tmp_path / "elsewhere"
    workflow.mkdir()
    elsewhere.mkdir()
    (workflow / "events").symlink_to(elsewhere)
    with pytest.raises(EventNotSavedError, match="lies in a linked folder"):
        add_event(workflow, "a", EVENT)
    assert list(elsewhere.iterdir()) == []


def test_nothing_is_written_through_a_linked_file(tmp_path: Path) -> None:
    (tmp_path / "events").mkdir()
    (tmp_path / "events" / "a.json").symlink_to(tmp_path / "private")
    assert add_event(tmp_path, "a", EVENT).path.name == "a-2.json"
    assert not (tmp_path / "private").exists()


def test_a_file_in_the_folders_place_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "events").write_text("")
    with pytest.raises(EventNotSavedError, match="can't be written"):
        add_event(tmp_path, "a", EVENT)


def test_a_workflow_that_is_gone_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(EventNotSavedError, match=r"can't be written \(No such file or directory\)"):
        add_event(tmp_path / "gone", "a", EVENT)
