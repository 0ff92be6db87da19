"""What is kept of runs: keys and kinds, in a private file, never a value."""

import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from pd_lsp.credentials import Credentials, Redactor, secrets_of
from pd_lsp.model import Step, Workflow
from pd_lsp.shapes import Shape
from pd_lsp.workflows.run_shapes import forget_run_shapes, keep_run_shape, kept_steps, read_run_shape, run_shape_file
from pd_lsp.workflows.step_shapes import read_step_text, step_shapes

TOKEN = "made-up-token-0123456789"
REDACTOR = Redactor(secrets_of(Credentials("slack", {"oauth_access_token": TOKEN})))
STEP = Path("/project/flow/fetch/entry.py")
FETCH = Step("fetch", "./fetch/entry.py")


def kept(value: Any, redactor: Redactor = REDACTOR) -> Shape:
    """The shape of `$return_value` after a run that gave `value`, which the run has redacted."""
    keep_run_shape(STEP, {"$return_value": redactor.redact_json(value)}, redactor)
    found = read_run_shape(STEP)
    assert found
    return found.shape.keys["$return_value"]


def test_keys_and_kinds_are_kept_and_no_value() -> None:
    shape = kept({"name": "Zaphod", "tags": [{"id": 4242}, None], "ok": True})
    assert sorted(shape.keys) == ["name", "ok", "tags"]
    assert [shape.keys[key].kind for key in ("name", "ok", "tags")] == ["text", "true or false", "list"]
    items = shape.keys["tags"].items
    assert items
    assert (items.kind, items.keys["id"].kind, items.source) == ("nothing or object", "number", "a run here")
    content = run_shape_file(STEP).read_text()
    assert not [value for value in ("Zaphod", "4242") if value in content]


def test_a_key_that_is_a_secret_of_the_run_is_left_out() -> None:
    shape = kept({TOKEN: 1, f"user {TOKEN}": {"name": 1}, "‹odd›": 1, "plain": {TOKEN.upper(): 1}})
    assert list(shape.keys) == ["plain"]
    assert shape.keys["plain"].keys == {}
    assert TOKEN not in run_shape_file(STEP).read_text().lower()


@pytest.mark.parametrize("key", ["x" * 101, "", "a\nb", "a\u202eb", "\x00"])
def test_a_key_that_is_no_name_is_left_out(key: str) -> None:
    assert list(kept({key: 1, "plain": 1}).keys) == ["plain"]


def test_the_keys_of_a_table_are_data_and_left_out() -> None:
    shape = kept({"by_id": {f"id_{number}": {} for number in range(101)}, "names": dict.fromkeys("abc", 1)})
    assert (shape.keys["by_id"].kind, shape.keys["by_id"].keys) == ("object", {})
    assert list(shape.keys["names"].keys) == ["a", "b", "c"]


def test_a_file_stays_small_and_shallow() -> None:
    wide: Any = 1
    for _ in range(3):
        wide = {f"key_{number}": wide for number in range(100)}
    kept(wide)
    assert run_shape_file(STEP).stat().st_size < 200_000
    deep: Any = 1
    for _ in range(60):
        deep = {"below": [deep]}
    assert kept(deep).keys["below"].kind == "list"


def test_the_file_is_private() -> None:
    kept(1)
    file = run_shape_file(STEP)
    assert [stat.S_IMODE(path.stat().st_mode) for path in (file, file.parent)] == [0o600, 0o700]


@pytest.mark.parametrize(
    "damage",
    [
        "",
        "[]",
        '{"form": 1}',
        '{"form": 2, "step": "/project/flow/fetch/entry.py", "at": 1, "shape": {"kinds": []}}',
        '{"form": 1, "step": "/another", "at": 1, "shape": {"kinds": []}}',
        '{"form": 1, "step": "/project/flow/fetch/entry.py", "at": "x", "shape": {"kinds": []}}',
        '{"form": 1, "step": "/project/flow/fetch/entry.py", "at": 1, "shape": {"kinds": 3}}',
        '{"form": 1, "step": "/project/flow/fetch/entry.py", "at": 1, "shape": {"kinds": [], "keys": {"a\\nb": 1}}}',
        '{"form": 1, "step": "/project/flow/fetch/entry.py", "at": 1, "shape": {"kinds": [], "items": 1}}',
    ],
)
def test_a_damaged_file_is_ignored_and_written_anew(damage: str) -> None:
    kept(1)
    run_shape_file(STEP).write_text(damage)
    assert read_run_shape(STEP) is None
    assert kept({"a": 1}).kind == "object"


def test_a_link_in_its_place_is_not_followed(tmp_path: Path) -> None:
    kept({"a": 1})
    run_shape_file(STEP).rename(tmp_path / "elsewhere")
    run_shape_file(STEP).symlink_to(tmp_path / "elsewhere")
    assert read_run_shape(STEP) is None


def test_what_is_kept_can_be_listed_and_forgotten() -> None:
    assert kept_steps() == ()
    kept(1)
    keep_run_shape(Path("/another/entry.py"), {"n": 1}, REDACTOR)
    assert kept_steps() == ("/another/entry.py", str(STEP))
    forget_run_shapes()
    assert (kept_steps(), read_run_shape(STEP)) == ((), None)


def test_of_very_many_steps_the_latest_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pd_lsp.workflows.run_shapes._MOST_STEPS", 2)
    for number in range(4):
        step = Path(f"/project/{number}/entry.py")
        keep_run_shape(step, {"n": 1}, REDACTOR)
        os.utime(run_shape_file(step), (number, number))
    assert kept_steps() == ("/project/2/entry.py", "/project/3/entry.py")


# Beside what code and saved events tell


def workflow(folder: Path, text: str) -> Workflow:
    (folder / "fetch").mkdir()
    (folder / "fetch" / "entry.py").write_text(text)
    return Workflow(folder, steps=(FETCH,))


def test_later_steps_get_what_a_run_has_seen(tmp_path: Path) -> None:
    flow = workflow(tmp_path, "def handler(pd):\n    pd.export('n', 1)\n    return load()\n")
    keep_run_shape(tmp_path / "fetch" / "entry.py", {"$return_value": {"items": [{"id": 1}]}, "n": "x"}, REDACTOR)
    shape = step_shapes(flow, (FETCH,), read_step_text)["fetch"]
    returned = shape.keys["$return_value"]
    assert (list(returned.keys), returned.source) == (["items"], "a run here")
    assert shape.keys["n"].kind == "text"


def test_the_kinds_of_the_later_source_count_and_the_keys_of_both(tmp_path: Path) -> None:
    flow = workflow(tmp_path, "def handler(pd):\n    return {'a': 1, 'b': 1}\n")
    file = tmp_path / "fetch" / "entry.py"
    keep_run_shape(file, {"$return_value": {"a": "text", "c": 1}}, REDACTOR)
    os.utime(file, (1, 1))
    shape = step_shapes(flow, (FETCH,), read_step_text)["fetch"].keys["$return_value"]
    assert (sorted(shape.keys), shape.keys["a"].kind) == (["a", "b", "c"], "text")
    os.utime(file, (2**33, 2**33))
    shape = step_shapes(flow, (FETCH,), read_step_text)["fetch"].keys["$return_value"]
    assert (sorted(shape.keys), shape.keys["a"].kind) == (["a", "b", "c"], "number")


def test_a_later_saved_event_counts_before_a_run(tmp_path: Path) -> None:
    flow = workflow(tmp_path, "def handler(pd):\n    return load()\n")
    keep_run_shape(tmp_path / "fetch" / "entry.py", {"$return_value": 1}, REDACTOR)
    (tmp_path / "events").mkdir()
    saved = tmp_path / "events" / "1.json"
    saved.write_text(json.dumps({"event": {}, "steps": {"fetch": {"$return_value": "text"}}}))
    os.utime(saved, (2**33, 2**33))
    assert step_shapes(flow, (FETCH,), read_step_text)["fetch"].keys["$return_value"].kind == "text"


# Triggers


@pytest.mark.parametrize(
    ("triggers", "keys"),
    [
        (("hi_abc",), ["method", "path", "query", "headers", "body", "url", "client_ip"]),
        (("ti_abc",), ["interval_seconds", "cron", "timestamp", "timezone_configured", "timezone_utc"]),
        (("dc_abc",), []),
        ((), []),
    ],
)
def test_an_event_that_was_never_saved_has_the_documented_keys_of_its_trigger(
    tmp_path: Path, triggers: tuple[str, ...], keys: list[str]
) -> None:
    event = step_shapes(Workflow(tmp_path, triggers=triggers), (), read_step_text)["trigger"].keys["event"]
    assert list(event.keys) == keys


def test_a_saved_event_counts_in_the_place_of_what_is_documented(tmp_path: Path) -> None:
    (tmp_path / "events").mkdir()
    (tmp_path / "events" / "1.json").write_text('{"event": {"name": "x"}}')
    event = step_shapes(Workflow(tmp_path, triggers=("hi_abc",)), (), read_step_text)["trigger"].keys["event"]
    assert list(event.keys) == ["name"]
