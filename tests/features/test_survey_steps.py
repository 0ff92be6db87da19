"""Reading other steps by each of the paths that people were seen to use (docs/platform.md, section 11.3)."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import Any

import pytest

from pd_lsp.model import Step, Workflow
from pd_lsp.shapes import Shape, merged, object_with, shape_of
from pd_lsp.syntax.all_outputs import tells_all_outputs
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.syntax.step_outputs import step_outputs
from pd_lsp.syntax.tree import parse
from pd_lsp.workflows.trigger_shapes import documented_context, documented_event
from tests import samples
from tests.checks import HEADER, check_accepted, check_completion, check_diagnostics
from tests.features.survey_rows import check_every_row_has_a_case, named

EVENT = {
    "id": "made-up",
    "name": "Order",
    "message": {"text": "hello"},
    "messages": [{"role": "user"}],
    "headers": {"host": "shop.example"},
    "query": {"page": "1"},
    "body": {"order": {"lines": [{"price": 1}]}, "email": "a@shop.example"},
}
FETCH = object_with({"$return_value": shape_of({"rows": [], "total": 1}), "summary": shape_of("x")}, "fetch/entry.py")
CONTEXT = [
    *("id", "ts", "pipeline_id", "workflow_id", "deployment_id", "source_type", "verified", "hops", "test", "replay"),
    *("owner_id", "platform_version", "workflow_name", "resume", "emitter_id", "external_user_id"),
    *("external_user_environment", "trace_id", "project_id"),
]
SEEN_CONTEXT = documented_context().beside(shape_of(dict.fromkeys(CONTEXT, "made-up")))


def snapshot(text: str, event: Shape | None = None, fetch: Shape = FETCH, context: Shape = SEEN_CONTEXT) -> Snapshot:
    """The step `post_message`, behind a trigger that gives such an event and a step `fetch` that gives such values."""
    trigger = object_with({"event": event or shape_of(EVENT), "context": context})
    return replace(samples.in_workflow(text), step_shapes=lambda: {"trigger": trigger, "fetch": fetch})


EVENT_KEYS, BODY_KEYS = list(EVENT), ["order", "email"]
HELPER = 'return read(pd.steps["trigger"])\n\n\ndef read(trigger):\n    return trigger["$0"]\n\n\ndef other():'
PATHS = [
    ("trigger event", 'event = pd.steps["trigger"]["event"]["$0"]', EVENT_KEYS),
    ("trigger event: the event itself", 'event = pd.steps["trigger"]["$0"]', ["event", "context"]),
    ("trigger event: under a name", 'event = pd.steps["trigger"]["event"]\n    use(event["$0"])', EVENT_KEYS),
    ("trigger event: in a function that gets the trigger", HELPER, ["event", "context"]),
    ("body", 'email = pd.steps["trigger"]["event"]["body"]["$0"]', BODY_KEYS),
    ("body: under a name", 'body = pd.steps["trigger"]["event"]["body"]\n    use(body.get("$0", ""))', BODY_KEYS),
    ("headers", 'host = pd.steps["trigger"]["event"]["headers"]["$0"]', ["host"]),
    ("query", 'page = pd.steps["trigger"]["event"]["query"].get("$0", "1")', ["page"]),
    ("name", 'name = pd.steps["trigger"]["event"]["na$0"]', EVENT_KEYS),
    ("messages", 'role = pd.steps["trigger"]["event"]["messages"][0]["$0"]', ["role"]),
    ("id / message: id", "number = pd.steps['trigger']['event']['i$0']", EVENT_KEYS),
    ("id / message: message", "text = pd.steps['trigger']['event']['message']['$0']", ["text"]),
    ("trigger context", 'started = pd.steps["trigger"]["context"]["$0"]', list(SEEN_CONTEXT.keys)),
    ("step $return_value", 'total = pd.steps["fetch"]["$return_value"]["$0"]', ["rows", "total"]),
    ("step $return_value: half typed", 'total = pd.steps["fetch"]["$return$0', ["$return_value", "summary"]),
    ("step $return_value: in an f-string", 'f\'{pd.steps["fetch"]["$return_value"]["$0"]}\'', ["rows", "total"]),
    ("step name of an export", 'summary = pd.steps["fetch"]["$0"]', ["$return_value", "summary"]),
    ("a whole step", 'given = pd.steps["fetch"]\n    use(given["$0"])', ["$return_value", "summary"]),
    (".get somewhere", 'total = pd.steps.get("fetch", {}).get("$return_value", {}).get("$0")', ["rows", "total"]),
    (".get somewhere: the name", 'steps = pd.steps.get("$0")', ["trigger", "fetch"]),
    # what a name is looked for in stands behind it, so that nobody can know while it is typed
    ("name in pd.steps: the name itself", 'if "$0" in pd.steps:\n        pass', []),
    ("a computed name", 'NAME = "fetch"\n    use(pd.steps[NAME]["$return_value"]["$0"])', ["rows", "total"]),
    ("two keys", 'use(pd.steps["trigger"]["$0"])', ["event", "context"]),
    ("three keys", 'use(pd.steps["trigger"]["event"]["$0"])', EVENT_KEYS),
    ("four keys", 'use(pd.steps["trigger"]["event"]["body"]["$0"])', BODY_KEYS),
    ("more keys", 'use(pd.steps["trigger"]["event"]["body"]["order"]["lines"][0]["$0"])', ["price"]),
]
"""By words of its row, or of the list below the table: code that reads a key, and what is offered at its caret."""
GONE_THROUGH = (
    'found = {name: value for name, value in pd.steps["fetch"].items() if name.startswith("row ")}\n    return found'
)
SAID: list[tuple[str, str, list[tuple[str, str]]]] = [
    ("a whole step: its exports gone through by name", GONE_THROUGH, []),
    ("name in pd.steps", 'if "later" in pd.steps:\n        use(pd.steps["later"]["$return_value"])', []),
    ("name in pd.steps: an output", 'if "$return_value" not in pd.steps["fetch"]:\n        return None', []),
    ("pd.steps.name", 'total = pd.steps.fetch["$return_value"]', [("step-attribute", "fetch")]),
]
"""The same for what has no key to complete: and the rules that fire there."""


@pytest.mark.parametrize(("line", "labels"), named(PATHS))
def test_the_keys_of_a_path_are_offered(line: str, labels: list[str]) -> None:
    check_completion(line, labels, snapshot)


@pytest.mark.parametrize(("line", "labels"), named(case for case in PATHS if re.search(r"['\"]\$0['\"]", case[1])))
def test_a_key_of_a_path_is_written(line: str, labels: list[str]) -> None:
    for label in labels:
        check_accepted(line, label, line.replace("$0", label), snapshot)


@pytest.mark.parametrize(("line", "found"), named(SAID))
def test_only_an_attribute_is_warned_about(line: str, found: list[tuple[str, str]]) -> None:
    check_diagnostics(HEADER + line + "\n", found, snapshot)


def test_every_path_of_the_page_has_a_case() -> None:
    beyond = ("a computed name", "two keys", "three keys", "four keys", "more keys")
    names = [case[0] for case in (*PATHS, *SAID) if case[0] not in beyond]
    check_every_row_has_a_case("11.3", "path below `pd.steps`", names)


@pytest.mark.parametrize("key", CONTEXT)
def test_a_key_of_the_context_that_was_seen_is_written(key: str) -> None:
    line = 'value = pd.steps["trigger"]["context"]["$0"]'
    check_accepted(line, key, line.replace("$0", key), snapshot)


@pytest.mark.parametrize("key", CONTEXT)
def test_a_key_of_the_context_is_never_warned_about(key: str) -> None:
    line = f'pd.steps["trigger"]["context"]["{key}"]'
    check_diagnostics(HEADER + f"return {line}\n", [], snapshot, context=documented_context())


HTTP = {"method": "POST", "path": "/", "query": {}, "headers": {}, "url": "x", "client_ip": "x"}
ADDRESS = {"headers": {"from": {"value": [{"address": "x", "name": "x"}]}, "subject": "x"}}
TRIGGERS: list[tuple[str, Any, str, list[str]]] = [
    ("an HTTP body as a dict", {**HTTP, "body": {"sku": "x"}}, '["body"]["$0"]', ["sku"]),
    ("an HTTP body as the event", {"sku": "x"}, '["$0"]', ["sku"]),
    # text has no keys, whatever is in it
    ("an HTTP body as text that holds JSON", {**HTTP, "body": '{"sku": 1}'}, '["body"]["$0"]', []),
    ("a body of CSV", {**HTTP, "body": "sku,price\n1,2"}, '["body"]["$0"]', []),
    ("the address of an upload", {**HTTP, "body": {"raw_body_url": "x"}}, '["body"]["$0"]', ["raw_body_url"]),
    # a list of names and values has numbers for keys
    ("headers as a flat list", {**HTTP, "headers": ["Host", "shop.example"]}, '["headers"]["$0"]', []),
    ("Gmail: a message", {"payload": {"headers": [{"name": "x", "value": "x"}]}}, '["payload"]["headers"][0]["$0"]',
     ["name", "value"]),
    ("Gmail: a label", {"labelIds": ["x"], "threadId": "x"}, '["$0"]', ["labelIds", "threadId"]),
    ("Dropbox", {"file": {"path_lower": "x", "link": "x"}}, '["file"]["$0"]', ["path_lower", "link"]),
    ("Slack", {"channel": "x", "user": {"name": "x"}}, '["user"]["$0"]', ["name"]),
    ("Telegram", {"message": {"chat": {"id": 1}}}, '["message"]["chat"]["$0"]', ["id"]),
    ("RSS", {"title": "x", "link": "x", "rss:pubdate": {"#": "x"}}, '["$0"]', ["title", "link", "rss:pubdate"]),
    ("e-mail", ADDRESS, '["headers"]["from"]["value"][0]["$0"]', ["address", "name"]),
    ("Airtable", {"fields": {"Due date": "x", "Price (€)": 1}}, '["fields"]["$0"]', ["Due date", "Price (€)"]),
    ("a calendar", {"start": {"dateTime": "x"}}, '["start"]["$0"]', ["dateTime"]),
    ("tasks", {"old": {"status": "x"}, "new": {"status": "x"}}, '["new"]["$0"]', ["status"]),
    ("a podcast", {"enclosures": [{"url": "x", "type": "x"}]}, '["enclosures"][0]["$0"]', ["url", "type"]),
]  # fmt: skip
"""By words of the list below the table: an event that was seen, the code below it, and what is offered there."""


@pytest.mark.parametrize(("event", "below", "labels"), named(TRIGGERS))
def test_the_keys_of_an_event_that_was_seen_are_offered(event: Any, below: str, labels: list[str]) -> None:
    check_completion(f'x = pd.steps["trigger"]["event"]{below}', labels, snapshot, event=shape_of(event))
    check_completion(f'event = pd.steps["trigger"]["event"]\n    event{below}', labels, snapshot, event=shape_of(event))


@pytest.mark.parametrize(
    ("trigger", "labels"),
    [
        ("ti_made_up", ["interval_seconds", "cron", "timestamp", "timezone_configured", "timezone_utc"]),
        ("hi_made_up", ["method", "path", "query", "headers", "body", "url", "client_ip"]),
        ("dc_made_up", []),
    ],
    ids=["schedule", "HTTP", "an app's own event"],
)
def test_an_event_that_nobody_has_seen_is_as_its_trigger_is_documented(trigger: str, labels: list[str]) -> None:
    check_completion('pd.steps["trigger"]["event"]["$0"]', labels, snapshot, event=documented_event([trigger]))


NAMES = [
    "fetch_new_orders",
    "fetchNewOrders",
    "Fetch_New_Orders",
    "code",
    "code1",
    "python_1",
    "chat",
    "slack",
    "get_request",
    "trim_whitespace_1",
    "w2",
]
MANY = Workflow(
    PurePath("/project/many-p_1"), "Many", (*(Step(name, f"./{name}/entry.py") for name in NAMES), samples.POST)
)


def behind_many(text: str) -> Snapshot:
    """The last step of a workflow with steps of all these names."""
    return samples.snapshot(text, workflow=MANY, step=samples.POST)


@pytest.mark.parametrize("name", NAMES)
def test_a_step_is_offered_by_the_name_it_has(name: str) -> None:
    line = 'rows = pd.steps["$0"]["$return_value"]'
    check_accepted(line, name, line.replace("$0", name), behind_many)
    check_diagnostics(HEADER + line.replace("$0", name) + "\n", [], behind_many)


def given_by(code: str) -> Shape:
    """What a step with this code gives on."""
    tree = parse(code)
    shape = merged(object_with({output.name: output.shape}) for output in step_outputs(tree)) or object_with({})
    return replace(shape, closed=tells_all_outputs(tree))


EXPORTS: Sequence[str] = ("rating result:", "Total (net)", "Größe", "row 1", "snake_case")


@pytest.mark.parametrize("name", EXPORTS)
def test_an_export_is_offered_whatever_its_name_holds(name: str) -> None:
    fetch = given_by(HEADER + f"pd.export({name!r}, 1)\n")

    def behind(text: str) -> Snapshot:
        return snapshot(text, fetch=fetch)

    line = 'x = pd.steps["fetch"]["$0"]'
    check_completion(line, ["$return_value", name], behind)
    check_accepted(line, name, line.replace("$0", name), behind)
    check_diagnostics(HEADER + line.replace("$0", name) + "\n", [], behind)


def test_exports_whose_names_a_loop_makes_are_never_said_to_be_missing() -> None:
    made = given_by(HEADER + 'for number in range(3):\n        pd.export(f"row {number}", number)\n')
    read = HEADER + 'return pd.steps["fetch"]["row 1"]\n'
    check_diagnostics(read, [], snapshot, fetch=made)
    fixed = given_by(HEADER + 'pd.export("row 0", 0)\n')
    check_diagnostics(read, [("unknown-output", '"row 1"')], snapshot, fetch=fixed)
