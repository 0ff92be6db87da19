import io
import json
from pathlib import Path

import pytest

from pd_lsp.workflows.dotenv_file import find_dotenv, read_dotenv
from pd_lsp.workflows.events import LARGEST_EVENT, given_event, read_event, saved_events
from pd_lsp.workflows.files import UnreadableFileError


def test_a_saved_world_has_event_context_and_earlier_steps(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text(json.dumps({"event": {"x": 1}, "context": {"id": "c"}, "steps": {"fetch": {"$return_value": 2}}}))
    assert read_event(file).as_steps() == {
        "trigger": {"event": {"x": 1}, "context": {"id": "c"}},
        "fetch": {"$return_value": 2},
    }


def test_a_bare_event_is_an_event_too(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text(json.dumps({"event": 1, "body": 2}))
    assert read_event(file).event == {"event": 1, "body": 2}


def test_saved_events_are_listed_by_name(tmp_path: Path) -> None:
    (tmp_path / "events").mkdir()
    for name in ("b.json", "a.json", "note.txt"):
        (tmp_path / "events" / name).write_text("{}")
    assert [file.name for file in saved_events(tmp_path)] == ["a.json", "b.json"]
    assert saved_events(tmp_path / "nowhere") == ()


@pytest.mark.parametrize(
    ("text", "says"), [("{", "not JSON in line 1"), ("[" * 100_000, "not JSON"), ("\udcff", "UTF-8")]
)
def test_an_event_that_is_no_json_is_a_sentence(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "a.json"
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(UnreadableFileError, match=says):
        read_event(file)


def test_an_event_that_does_not_exist_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="There is no .*nothing.json: check its name"):
        read_event(tmp_path / "nothing.json")


def test_an_event_larger_than_the_platform_takes_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text('"' + "x" * 6_000_000 + '"')
    with pytest.raises(UnreadableFileError, match="larger than 6000 kB"):
        read_event(file)


def test_the_dotenv_file_of_the_project_is_found_and_read(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(
        "A=1\nexport B='two words'\nC=${A}\nEMPTY\nPIPEDREAM_CLIENT_SECRET=x\nLD_PRELOAD=y\n"
    )
    file = find_dotenv(tmp_path / "flow" / "step" / "entry.py", tmp_path)
    assert file == tmp_path / ".env"
    assert read_dotenv(file, tmp_path) == {
        "A": "1",
        "B": "two words",
        "C": "${A}",
        "PIPEDREAM_CLIENT_SECRET": "x",
        "LD_PRELOAD": "y",  # the redactor has to know them, no step gets them
    }


def test_a_dotenv_file_above_the_folder_is_not_looked_for(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("A=1\n")
    assert find_dotenv(tmp_path / "inner" / "entry.py", tmp_path / "inner") is None


def test_of_an_endless_stream_no_more_is_read_than_an_event_may_have() -> None:
    class Endless(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            assert size is not None
            assert 0 < size <= LARGEST_EVENT + 1
            return b" " * size

    with pytest.raises(UnreadableFileError, match="larger than 6000 kB"):
        given_event(Endless(), "It")
