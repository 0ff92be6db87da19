"""What is known of the steps before a step."""

import json
from pathlib import Path

from pd_lsp.model import Step, Workflow
from pd_lsp.workflows.step_shapes import read_step_text, step_shapes
from tests.conftest import ROOT

FETCH, NODE = Step("fetch", "./fetch/entry.py"), Step("node", "./node/entry.js")


def save(folder: Path, name: str, document: object) -> None:
    (folder / "events").mkdir(exist_ok=True)
    (folder / "events" / name).write_text(json.dumps(document))


def test_code_and_saved_events_are_put_together(tmp_path: Path) -> None:
    (tmp_path / "fetch").mkdir()
    (tmp_path / "fetch" / "entry.py").write_text("def handler(pd):\n    pd.export('n', 1)\n    return {'a': 1}\n")
    save(tmp_path, "1.json", {"event": {"body": {"name": "x"}}, "steps": {"fetch": {"$return_value": {"b": 2}}}})
    save(tmp_path, "2.json", {"event": {"body": "raw"}, "steps": {"node": {"$return_value": [1]}}})
    shapes = step_shapes(Workflow(tmp_path), (FETCH, NODE), read_step_text)
    assert list(shapes) == ["trigger", "fetch", "node"]
    assert sorted(shapes["fetch"].keys) == ["$return_value", "n"]
    assert sorted(shapes["fetch"].keys["$return_value"].keys) == ["a", "b"]
    assert shapes["trigger"].keys["event"].keys["body"].kind == "object or text"
    assert shapes["node"].keys["$return_value"].kind == "list"


def test_the_documented_context_is_known_without_any_event(tmp_path: Path) -> None:
    context = step_shapes(Workflow(tmp_path), (), read_step_text)["trigger"].keys["context"]
    assert {"id", "ts", "workflow_id", "replay", "trace_id"} <= context.keys.keys()


def test_what_can_not_be_read_is_left_out(tmp_path: Path) -> None:
    save(tmp_path, "1.json", "fine")
    (tmp_path / "events" / "2.json").write_text("{broken")
    shapes = step_shapes(Workflow(tmp_path), (FETCH,), read_step_text)
    assert shapes["fetch"].keys == {}
    assert shapes["trigger"].keys["event"].kind == "text"


def test_no_file_outside_the_workflow_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "flow"
    (folder / "fetch").mkdir(parents=True)
    (tmp_path / "outside.py").write_text("def handler(pd):\n    return {'private': 1}\n")
    (folder / "fetch" / "entry.py").symlink_to(tmp_path / "outside.py")
    up, missing = Step("up", "./../outside.py"), Step("odd", "./a\0.py")
    shapes = step_shapes(Workflow(folder), (FETCH, up, missing), read_step_text)
    assert [shapes[name].keys for name in ("fetch", "up", "odd")] == [{}, {}, {}]


def test_a_text_that_the_editor_has_open_counts_in_place_of_the_file(tmp_path: Path) -> None:
    shapes = step_shapes(Workflow(tmp_path), (FETCH,), lambda *_: "def handler(pd):\n    return {'typed': 1}\n")
    assert list(shapes["fetch"].keys["$return_value"].keys) == ["typed"]


def test_the_examples_say_what_their_steps_give_on() -> None:
    folder = ROOT / "examples" / "team-tools" / "new-sign-up-p_V9Ch2Lk"
    steps = tuple(Step(name, f"./{name}/entry.py") for name in ("parse_body", "welcome_text"))
    shapes = step_shapes(Workflow(folder), steps, read_step_text)
    assert sorted(shapes["parse_body"].keys["$return_value"].keys) == ["email", "name", "plan"]
    assert {"name", "email", "plan"} <= shapes["trigger"].keys["event"].keys["body"].keys.keys()
