"""One test for each row of docs/pd.md, written from the facts in docs/platform.md, in real runs."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.execution.running import SLACK, TOKEN, Run, handle, run

TABLE = re.compile(r"^\| (?P<member>.+?) \| (?P<here>.+?) \| (?P<section>1\.\d+) \|$", re.MULTILINE)
EVENT = {"method": "POST", "body": {"name": "Ada"}}
STEPS = {"trigger": {"event": EVENT, "context": {"id": "1"}}, "code": {"$return_value": {"n": 1}, "named": 2}}
STORE = 'ds = pd.inputs["data_store"]\n'


@dataclass(frozen=True)
class Row:
    """What a handler does, and what must come of it."""

    body: str
    returned: Any = None
    error: str = ""
    """The type of what is raised."""
    says: str = ""
    """A part of a notice or of the error."""
    flow: dict[str, Any] = field(default_factory=dict)
    exports: dict[str, Any] = field(default_factory=dict)
    response: Any = None
    options: dict[str, Any] = field(default_factory=dict)


ROWS = {
    '`pd.inputs["app"]["$auth"]`': Row(
        'return [list(pd.inputs), pd.inputs["slack"]["$auth"]["oauth_access_token"][::-1]]',
        [["slack"], TOKEN[::-1]],
        options={"accounts": {"slack": SLACK}},
    ),
    '`pd.inputs["data_store"]`': Row(f'{STORE}ds["a"] = 1\nreturn ds["a"]', 1),
    '`pd.inputs.get("text prop", default)`': Row('return pd.inputs.get("max_results", 10)', 10),
    '`pd.steps["trigger"]["event"]`': Row('return pd.steps["trigger"]["event"]', EVENT),
    '`pd.steps["trigger"]["context"]`': Row('return pd.steps["trigger"]["context"]["id"]', "1"),
    '`pd.steps[step]["$return_value"]`': Row(
        'return [pd.steps["code"]["$return_value"]["n"], pd.steps["code"]["named"]]', [1, 2]
    ),
    "`pd.steps` of later steps": Row('return pd.steps["later"]', error="KeyError", says="trigger, code"),
    "`pd.export(name, value)`": Row('pd.export("a", {"b": (1, None)})', exports={"a": {"b": [1, None]}}),
    "`return value`": Row("return {'a': [True, 1.5, 'é']}", {"a": [True, 1.5, "é"]}),
    "an export that is no JSON": Row("return {'a': {1}}", error="TypeError", says="$return_value.a is a set"),
    "`pd.respond({...})`": Row(
        'pd.respond({"status": 201, "headers": {"a": "b"}, "body": {"ok": True}})',
        response={"status": 201, "headers": {"a": "b"}, "body": {"ok": True}},
    ),
    "`pd.respond` without `status` or `body`": Row(
        'pd.respond({"status": 200})', response={"status": 200}, says="pass at least a status and a body"
    ),
    "`pd.respond` twice": Row(
        'pd.respond({"status": 200, "body": "1"})\npd.respond({"status": 404, "body": "2"})',
        response={"status": 404, "body": "2"},
        says="the last call counts",
    ),
    "`pd.respond` after `pd.flow.delay`": Row(
        'pd.flow.delay(1)\npd.respond({"status": 200, "body": ""})',
        flow={"delay": {"ms": 1}},
        response={"status": 200, "body": ""},
        says="the caller would not get it",
    ),
    "`pd.flow.exit(reason)`": Row('pd.flow.exit("why")\nreturn "went on"', "went on", flow={"exit": {"reason": "why"}}),
    "`return pd.flow.exit(reason)`": Row(
        'return pd.flow.exit("why")\npd.export("never", 1)', flow={"exit": {"reason": "why"}}
    ),
    "`pd.flow.delay(ms)`": Row(
        "return sorted(pd.flow.delay(1500))", ["cancel_url", "resume_url"], flow={"delay": {"ms": 1500}}
    ),
    "`pd.flow.suspend(timeout_ms)`": Row(
        "return sorted(pd.flow.suspend(60_000))",
        ["cancel_url", "resume_url"],
        flow={"suspend": {"timeout_ms": 60_000}},
        says="Workflow execution canceled — this may be due to pd.flow.suspend() usage (not supported in test)",
    ),
    "`pd.flow.rerun(delay_ms, context, max_retries)`": Row(
        'return sorted(pd.flow.rerun(1000, {"tries": 1}, 3))',
        ["cancel_url", "resume_url"],
        flow={"rerun": {"delay_ms": 1000, "context": {"tries": 1}, "max_retries": 3}},
        says="not supported in test",
    ),
    "`pd.flow.retry`": Row("pd.flow.retry(1)", error="AttributeError", says="it has exit, delay, suspend and rerun"),
    '`pd.context["run"]["runs"]`': Row('return pd.context["run"]["runs"]', 1),
    "`pd.send.email(subject, text, html)`": Row(
        'pd.send.email(subject="Hi", text="Body", html=None)', says="subject 'Hi': Body"
    ),
    "`pd.send.http`, `.s3`, `.emit`, `.sse`": Row(
        'pd.send.http(method="GET", url="x")', error="NotImplementedError", says="not supported locally"
    ),
    "`pd.env`, `pd.files`, `pd.service`": Row("pd.env", error="AttributeError", says="os.environ"),
    "`store[key]` of a missing key": Row(f'{STORE}ds["missing"]', error="TypeError", says="no key 'missing'"),
    "`store.get(key, default)`, `key in store`": Row(
        f'{STORE}ds["a"] = None\nreturn [ds.get("b"), ds.get("b", 2), "a" in ds, "b" in ds]', [None, 2, True, False]
    ),
    "`store.set(key, value, ttl=seconds)`, `store.set_ttl`": Row(
        f'{STORE}ds.set("a", 1, ttl=0.001)\nds.set("b", 2, ttl=0.001)\nds.set_ttl("b", ttl=None)\n'
        'import time\nwhile "a" in ds: time.sleep(0.001)\nreturn list(ds.keys())',
        options={"steps": {}},
        returned=["b"],
    ),
    "a value read from a store": Row(f'{STORE}ds["a"] = {{}}\nds["a"]["b"] = 1\nreturn ds["a"]', {}),
    "a value that is no JSON in a store": Row(f'{STORE}ds["a"] = {{1}}', error="TypeError", says="is not JSON"),
    "`store.keys()`, `store.items()`": Row(
        f'{STORE}ds["a"] = 1\nassert list(ds.keys()) == ["a"] and list(ds.items()) == [("a", 1)]\nreturn ds.keys()',
        error="TypeError",
        says="$return_value is a Keys, which is not JSON",
    ),
    "`del store[key]`, `store.clear()`": Row(
        f'{STORE}ds["a"] = ds["b"] = 1\ndel ds["a"]\n'
        "left = list(ds.keys())\nds.clear()\nreturn [left, list(ds.keys())]",
        [["b"], []],
    ),
    "`len(store)`, `store.pop`, `store.update`, `store.values`": Row(
        f'{STORE}ds.pop("a")', error="AttributeError", says="get, set, set_ttl, keys, items, clear"
    ),
    '`os.environ["NAME"]`': Row(
        'return [os.environ["NAME"], "PIPEDREAM_X" in os.environ]',
        ["Ada", False],
        says="reserved: PIPEDREAM_X",
        options={"environment": {"NAME": "Ada", "PIPEDREAM_X": "1"}},
    ),
    "files in `/tmp`": Row(
        "import tempfile\nwith tempfile.NamedTemporaryFile('w+', dir='/tmp') as file:\n"
        "    file.write('a')\n    file.seek(0)\n    return [file.read(), os.listdir('.')]",
        ["a", []],
    ),
    "a module beside the step": Row("import beside", error="ModuleNotFoundError", says="put its code into the step"),
    "an exception that nobody catches": Row(
        "pd.export('a', 1)\nraise ValueError('no such thing')",
        error="ValueError",
        says="no such thing",
        exports={"a": 1},
    ),
    "time": Row("while True: pass", error="Timeout", says="within 0.5 s", options={"time_limit": 0.5}),
    "memory": Row("bytearray(2_000_000_000)", error="MemoryError", says="use less", options={"memory_limit": 256}),
    "logs, exports and event together": Row(
        "return 'x' * 7_000_000", error="Function Payload Limit Exceeded", says="the platform 6 MB"
    ),
    "nested values": Row(
        "a = []\nfor n in range(257): a = [a]\nreturn a", error="ValueError", says="nested more than 256 levels deep"
    ),
}
FLAT_SCRIPT = """\
from pipedream.script_helpers import (steps, export)
export("name", steps["trigger"]["event"]["body"]["name"])
"""
WHOLE_STEPS = {
    "`async def handler(pd)`": (
        "import asyncio\nasync def handler(pd):\n    await asyncio.sleep(0)\n    return 1\n",
        {"returned": 1},
    ),
    "`from pipedream.script_helpers import steps, export`": (FLAT_SCRIPT, {"exports": {"name": "Ada"}}),
}


def test_every_row_has_a_test_and_every_test_a_row() -> None:
    rows = [row["member"] for row in TABLE.finditer(Path(ROOT, "docs", "pd.md").read_text())]
    assert sorted(rows) == sorted([*ROWS, *WHOLE_STEPS])


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
async def test_a_handler_gets_what_its_row_says(row: Row, tmp_path: Path) -> None:
    file = tmp_path / "entry.py"
    (tmp_path / "beside.py").touch()
    options = {"steps": STEPS, "data_stores": {"data_store": None}, "file": str(file), **row.options}
    if "accounts" in options:
        options["data_stores"] = {}
    done = await handle(row.body, **options)
    assert (done.result.error.type if done.result.error else "") == row.error
    assert (done.result.returned, done.result.exports) == (row.returned, row.exports)
    assert (done.result.flow, done.result.response) == (row.flow, row.response)
    assert row.says in _said(done)


@pytest.mark.parametrize(("text", "outcome"), WHOLE_STEPS.values(), ids=WHOLE_STEPS)
async def test_a_whole_step_gets_what_its_row_says(text: str, outcome: dict[str, Any]) -> None:
    done = await run(text, steps=STEPS)
    assert done.result.ok, done.result.error
    assert {name: getattr(done.result, name) for name in outcome} == outcome


def _said(done: Run) -> str:
    error = done.result.error
    return f"{done.notices}\n{error.message if error else ''}"
