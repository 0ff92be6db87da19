"""The event of a run that is kept, saved beside the workflow: as it was, or not at all."""

import json
from pathlib import Path
from typing import Any

import pytest

from pd_lsp.runs.saving_event import save_event
from pd_lsp.workflows.event_writing import EventNotSavedError
from pd_lsp.workflows.events import SavedEvent, read_event
from pd_lsp.workflows.kept_runs import KeptRun

WHOLE = SavedEvent({"name": "Zaphod ö"}, {"id": 1}, {"first": {"$return_value": 5}})


def run(event: SavedEvent = WHOLE, **more: Any) -> KeptRun:
    return KeptRun(Path("/project/flow/post/entry.py"), "post", 1.0, "", {"outcome": "succeeded"}, event, **more)


def test_the_event_and_the_context_are_saved_and_can_be_run_with(tmp_path: Path) -> None:
    file = save_event(run(), tmp_path, "sign-up")
    assert file == tmp_path / "events" / "sign-up.json"
    assert read_event(file) == SavedEvent(WHOLE.event, WHOLE.context)
    assert "Zaphod ö" in file.read_text("utf-8")
    assert [one.name for one in file.parent.iterdir()] == ["sign-up.json"]


def test_what_the_run_found_of_earlier_steps_is_saved_where_it_is_wanted(tmp_path: Path) -> None:
    assert read_event(save_event(run(), tmp_path, "sign-up", with_steps=True)) == WHOLE


def test_an_event_is_written_over_only_where_that_is_said(tmp_path: Path) -> None:
    file = save_event(run(), tmp_path, "sign-up")
    with pytest.raises(
        EventNotSavedError, match=r"is there already: take another name, or write over it with --force\."
    ):
        save_event(run(SavedEvent(1)), tmp_path, "sign-up")
    assert read_event(file).event == WHOLE.event
    save_event(run(SavedEvent(1)), tmp_path, "sign-up", over=True)
    assert json.loads(file.read_text()) == {"event": 1}
    assert [one.name for one in file.parent.iterdir()] == ["sign-up.json"]


@pytest.mark.parametrize(
    ("event", "said"),
    [
        (SavedEvent({"a": ["‹slack.token›"]}), "‹slack.token› in event.a.0. It is"),
        (SavedEvent(1, {"‹slack.token›": 1}), "‹slack.token› in context.‹slack.token›. It is"),
        (SavedEvent([f"‹slack.k{number}›" for number in range(5)]), "‹slack.k2› in event.2 and 2 more. It is"),
    ],
)
def test_an_event_in_which_a_secret_was_blanked_is_not_saved(tmp_path: Path, event: SavedEvent, said: str) -> None:
    with pytest.raises(EventNotSavedError) as refused:
        save_event(run(event), tmp_path, "sign-up", over=True)
    assert str(refused.value).startswith("A secret was blanked in the event of that run: ")
    assert said in str(refused.value)
    assert not list(tmp_path.iterdir())


def test_a_secret_in_what_earlier_steps_gave_stops_only_who_wants_that(tmp_path: Path) -> None:
    event = SavedEvent(1, None, {"first": {"$return_value": "‹slack.token›"}})
    save_event(run(event), tmp_path, "without")
    with pytest.raises(EventNotSavedError, match=r"steps\.first\.\$return_value"):
        save_event(run(event), tmp_path, "with", with_steps=True)


@pytest.mark.parametrize(
    ("kept", "said"),
    [(run(SavedEvent()), "had no event"), (run(SavedEvent(), left_out=("event",)), "was too large to be kept")],
)
def test_an_event_that_is_not_there_is_said(tmp_path: Path, kept: KeptRun, said: str) -> None:
    with pytest.raises(EventNotSavedError, match=said):
        save_event(kept, tmp_path, "sign-up")


@pytest.mark.parametrize("name", ["", "../x", "a/b", "a.json", "ö", "x" * 101, "a b", "a\n"])
def test_a_name_that_is_none_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(EventNotSavedError, match="is no name for an event"):
        save_event(run(), tmp_path, name)


@pytest.mark.parametrize("over", [False, True])
def test_nothing_is_written_through_a_link(tmp_path: Path, over: bool) -> None:
    outside, flow = tmp_path / "outside", tmp_path / "flow"
    outside.mkdir()
    flow.mkdir()
    (flow / "events").symlink_to(outside)
    with pytest.raises(EventNotSavedError, match="is a link"):
        save_event(run(), flow, "sign-up", over=over)
    (flow / "events").unlink()
    (flow / "events").mkdir()
    (flow / "events" / "sign-up.json").symlink_to(outside / "file")
    with pytest.raises(EventNotSavedError, match="is a link"):
        save_event(run(), flow, "sign-up", over=over)
    assert list(outside.iterdir()) == []


def test_a_folder_that_can_not_be_written_to_is_said(tmp_path: Path) -> None:
    (tmp_path / "events").write_text("a file in the place of the folder")
    with pytest.raises(
        EventNotSavedError, match=r"can't be written \(.*\): check its folder's rights and free space\."
    ):
        save_event(run(), tmp_path, "sign-up")
