"""What is known of earlier steps from their runs here: keys and kinds, never a value."""

import json
import os
import time
from pathlib import Path
from typing import Any

import pytest

from pd_lsp.credentials import Credentials, Redactor, secrets_of
from pd_lsp.model import Step, Workflow
from pd_lsp.shapes import Shape
from pd_lsp.workflows.kept_runs import KeptRun, keep_run
from pd_lsp.workflows.run_shapes import read_run_shape
from pd_lsp.workflows.step_shapes import read_step_text, step_shapes

TOKEN = "made-up-token-0123456789"
REDACTOR = Redactor(secrets_of(Credentials("slack", {"oauth_access_token": TOKEN})))
STEP = Path("/project/flow/fetch/entry.py")
FETCH = Step("fetch", "./fetch/entry.py")


def keep(step: Path, exports: dict[str, Any], outcome: str = "succeeded") -> None:
    """Keeps a run that gave on `exports`, which it has redacted."""
    redacted = REDACTOR.redact_json(exports)
    result = {"outcome": outcome, "duration": 1, "exports": redacted, "returned": None}
    keep_run(KeptRun(step, "fetch", time.time(), "", result))


def kept(value: Any) -> Shape:
    """The shape of `$return_value` after a run that gave `value`."""
    keep(STEP, {"$return_value": value})
    found = read_run_shape(STEP)
    assert found
    return found.shape.keys["$return_value"]


def test_keys_and_kinds_are_known_from_a_run() -> None:
    shape = kept({"name": "Zaphod", "tags": [{"id": 4242}, None], "ok": True})
    assert sorted(shape.keys) == ["name", "ok", "tags"]
    assert [shape.keys[key].kind for key in ("name", "ok", "tags")] == ["text", "true or false", "list"]
    items = shape.keys["tags"].items
    assert items
    assert (items.kind, items.keys["id"].kind, items.source) == ("nothing or object", "number", "a run here")


def test_nothing_is_known_of_a_step_that_never_succeeded() -> None:
    keep(STEP, {"n": 1}, outcome="raised")
    assert read_run_shape(STEP) is None


def test_a_key_that_is_a_secret_of_the_run_is_left_out() -> None:
    shape = kept({TOKEN: 1, f"user {TOKEN}": {"name": 1}, "‹odd›": 1, "plain": {TOKEN.upper(): 1}})
    assert list(shape.keys) == ["plain"]
    assert shape.keys["plain"].keys == {}


@pytest.mark.parametrize("key", ["x" * 101, "", "a\nb", "a\u202eb", "\x00"])
def test_a_key_that_is_no_name_is_left_out(key: str) -> None:
    assert list(kept({key: 1, "plain": 1}).keys) == ["plain"]


def test_the_keys_of_a_table_are_data_and_left_out() -> None:
    shape = kept({"by_id": {f"id_{number}": {} for number in range(101)}, "names": dict.fromkeys("abc", 1)})
    assert (shape.keys["by_id"].kind, shape.keys["by_id"].keys) == ("object", {})
    assert list(shape.keys["names"].keys) == ["a", "b", "c"]


def test_a_shape_stays_small_and_shallow() -> None:
    wide: Any = 1
    for _ in range(2):
        wide = {f"key_{number}": wide for number in range(100)}
    assert sum(len(shape.keys) for shape in kept(wide).keys.values()) < 2_100
    deep: Any = 1
    for _ in range(40):
        deep = {"below": [deep]}
    assert kept(deep).keys["below"].kind == "list"


# Beside what code and saved events tell


def workflow(folder: Path, text: str) -> Workflow:
    (folder / "fetch").mkdir()
    (folder / "fetch" / "entry.py").write_text(text)
    return Workflow(folder, steps=(FETCH,))


def test_later_steps_get_what_a_run_has_seen(tmp_path: Path) -> None:
    flow = workflow(tmp_path, "def handler(pd):\n    pd.export('n', 1)\n    return load()\n")
    keep(tmp_path / "fetch" / "entry.py", {"$return_value": {"items": [{"id": 1}]}, "n": "x"})
    shape = step_shapes(flow, (FETCH,), read_step_text)["fetch"]
    returned = shape.keys["$return_value"]
    assert (list(returned.keys), returned.source) == (["items"], "a run here")
    assert shape.keys["n"].kind == "text"


def test_the_kinds_of_the_later_source_count_and_the_keys_of_both(tmp_path: Path) -> None:
    flow = workflow(tmp_path, "def handler(pd):\n    return {'a': 1, 'b': 1}\n")
    file = tmp_path / "fetch" / "entry.py"
    keep(file, {"$return_value": {"a": "text", "c": 1}})
    os.utime(file, (1, 1))
    shape = step_shapes(flow, (FETCH,), read_step_text)["fetch"].keys["$return_value"]
    assert (sorted(shape.keys), shape.keys["a"].kind) == (["a", "b", "c"], "text")
    os.utime(file, (2**33, 2**33))
    shape = step_shapes(flow, (FETCH,), read_step_text)["fetch"].keys["$return_value"]
    assert (sorted(shape.keys), shape.keys["a"].kind) == (["a", "b", "c"], "number")


def test_a_later_saved_event_counts_before_a_run(tmp_path: Path) -> None:
    flow = workflow(tmp_path, "def handler(pd):\n    return load()\n")
    keep(tmp_path / "fetch" / "entry.py", {"$return_value": 1})
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
