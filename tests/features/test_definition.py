"""Where a key of `pd` leads: to a step's code, to what it gives on, to workflow.yaml; and what leads nowhere."""

import pytest

from tests import samples
from tests.checks import check_definition
from tests.features.navigation import FETCH, YAML

WORLD = '{"event": {"body": {"id": 1}}, "context": {"id": "x"}, "steps": {"ready": {"$return_value": {"ok": true}}}}'


@pytest.mark.parametrize(
    "line",
    [
        'pd.steps["fe$0tch"]["$return_value"]',
        "pd.steps.get('fe$0tch', {})",
        "f'{pd.steps[\"fe$0tch\"]}'",
        '"😀"; pd.steps["fe$0tch"]',
        'steps = pd.steps\n    steps["fe$0tch"]',
    ],
)
def test_a_step_leads_to_its_handler(line: str) -> None:
    check_definition(line, ["fetch/entry.py:5: handler"])


def test_of_two_handlers_the_one_that_runs_counts() -> None:
    text = "def handler(pd):\n    return 1\n\n\ndef handler(pd):\n    return 2\n"
    check_definition('pd.steps["fe$0tch"]', ["fetch/entry.py:5: handler"], fetch=text)
    check_definition('pd.steps["fetch"]["$return$0_value"]', ["fetch/entry.py:6: return"], fetch=text)


def test_a_step_without_a_handler_leads_to_its_file() -> None:
    check_definition('pd.steps["fe$0tch"]', ["fetch/entry.py:1: "], fetch="import os\n")


def test_a_return_value_leads_to_each_return() -> None:
    places = ["fetch/entry.py:9: return", "fetch/entry.py:10: return"]
    check_definition('pd.steps["fetch"]["$return$0_value"]', places)


def test_a_key_leads_into_the_literal_that_shows_it() -> None:
    check_definition('pd.steps["fetch"]["$return_value"]["err$0or"]', ['fetch/entry.py:10: "error"'])
    check_definition('pd.steps["fetch"]["$return_value"]["next"]["pa$0ge"]', ['fetch/entry.py:7: "page"'])


def test_a_key_that_no_literal_shows_leads_to_what_gives_it() -> None:
    places = ["fetch/entry.py:9: return", "fetch/entry.py:10: return"]
    check_definition('pd.steps["fetch"]["$return_value"]["unse$0en"]', places)
    text = "def handler(pd):\n    return load()\n"
    check_definition('pd.steps["fetch"]["$return_value"]["a$0"]', ["fetch/entry.py:2: return"], fetch=text)


def test_an_export_leads_to_its_call_and_its_keys_into_it() -> None:
    check_definition('pd.steps["fetch"]["cou$0nt"]', ['fetch/entry.py:2: "count"'])
    check_definition('pd.steps["fetch"]["count"]["al$0l"]', ['fetch/entry.py:2: "all"'])


def test_a_name_given_a_literal_counts_as_it_was_before_the_return() -> None:
    text = 'def handler(pd):\n    a = {"k": 1}\n    if pd:\n        return a\n    a = {"k": 2}\n    return a\n'
    places = ['fetch/entry.py:2: "k"', 'fetch/entry.py:5: "k"']
    check_definition('pd.steps["fetch"]["$return_value"]["k$0"]', places, fetch=text)


def test_a_key_leads_into_the_one_of_several_literals_that_has_it() -> None:
    text = 'def handler(pd):\n    if pd:\n        a = {"k": 1}\n    else:\n        a = {"l": 2}\n    return a\n'
    check_definition('pd.steps["fetch"]["$return_value"]["k$0"]', ['fetch/entry.py:3: "k"'], fetch=text)


@pytest.mark.parametrize("key", ["--1", "²", "9" * 5000])
def test_an_odd_key_of_a_list_leads_to_what_gives_it(key: str) -> None:
    text = 'def handler(pd):\n    return [{"k": 1}]\n'
    check_definition(f'pd.steps["fetch"]["$return_value"]["{key}"]["k$0"]', ["fetch/entry.py:2: return"], fetch=text)


@pytest.mark.parametrize("item", ["[0]", "[7]", "[-1]"])
def test_a_key_of_an_item_leads_into_the_list_that_shows_it(item: str) -> None:
    text = 'def handler(pd):\n    return {"a": [\n        {"k": {"l": 1}},\n    ]}\n'
    line = f'pd.steps["fetch"]["$return_value"]["a"]{item}["k"]'
    check_definition(f'{line}["l$0"]', ['fetch/entry.py:3: "l"'], fetch=text)
    check_definition(f'{line}["no$0"]', ["fetch/entry.py:2: return"], fetch=text)
    saved = {"1.json": '{"event": {}, "steps": {"ready": {"$return_value": [\n{"k": 1}]}}}'}
    check_definition(f'pd.steps["ready"]["$return_value"]{item}["k$0"]', ['1.json:2: "k"'], events=saved)


def test_a_name_that_holds_an_answer_by_then_does_not_lead_into_what_was_sent() -> None:
    text = 'def handler(pd):\n    a = {"k": 1}\n    a = post(a).json()\n    return a\n'
    check_definition('pd.steps["fetch"]["$return_value"]["k$0"]', ["fetch/entry.py:4: return"], fetch=text)


def test_lines_may_end_as_they_like() -> None:
    check_definition('pd.steps["fe$0tch"]', ["fetch/entry.py:5: handler"], fetch=FETCH.replace("\n", "\r\n"))
    check_definition('pd.inputs["sl$0ack"]', ["workflow.yaml:18: slack"], yaml=YAML.replace("\n", "\r\n"))


@pytest.mark.parametrize("line", ['pd.inputs["sl$0ack"]["$auth"]', 'pd.inputs["slack"]["$au$0th"]'])
def test_an_app_leads_to_its_prop_in_workflow_yaml(line: str) -> None:
    check_definition(line, ["workflow.yaml:18: slack"])


def test_a_data_store_leads_to_its_prop_too() -> None:
    check_definition('pd.inputs["data_s$0tore"]', ["workflow.yaml:22: data_store"])


def test_the_trigger_leads_to_its_line_and_a_ready_made_step_to_its_entry() -> None:
    check_definition('pd.steps["trig$0ger"]["event"]', ["workflow.yaml:2: triggers"])
    check_definition('pd.steps["rea$0dy"]', ["workflow.yaml:12: ready"])
    check_definition('pd.steps["ready"]["$return_v$0alue"]', ["workflow.yaml:12: ready"])


def test_keys_of_an_event_lead_to_the_newest_saved_event_that_has_them() -> None:
    events = {"new.json": '{"body": {"other": "\\ud83d\\ude00"}}', "old.json": WORLD}
    check_definition('pd.steps["trigger"]["event"]["body"]["i$0d"]', ['old.json:1: "id"'], events=events)
    check_definition('pd.steps["trigger"]["event"]["bo$0dy"]', ['new.json:1: "body"'], events=events)
    check_definition('pd.steps["trigger"]["context"]["i$0d"]', ['old.json:1: "id"'], events=events)
    check_definition('pd.steps["ready"]["$return_value"]["o$0k"]', ['old.json:1: "ok"'], events=events)


@pytest.mark.parametrize("event", ["", "[]", "{", '{"body": ', "null", "def handler(pd): pass"])
def test_an_event_that_has_no_such_key_is_passed_over(event: str) -> None:
    check_definition(
        'pd.steps["trigger"]["event"]["bo$0dy"]', ["workflow.yaml:2: triggers"], events={"damaged.json": event}
    )


@pytest.mark.parametrize("yaml", ["steps: [\n", "", "- a\n", "steps: {a: b}\n", "a: &a [*a]\nsteps: *a\n", "\0"])
def test_a_workflow_yaml_that_is_broken_leads_nowhere(yaml: str) -> None:
    check_definition('pd.inputs["sl$0ack"]', [], yaml=yaml)
    check_definition('pd.steps["fe$0tch"]', ["fetch/entry.py:5: handler"], yaml=yaml)


@pytest.mark.parametrize(
    "line",
    [
        'pd.steps["no_such_st$0ep"]',
        'pd.steps["fetch"]["no_such_exp$0ort"]',
        'pd.inputs["not$0ion"]',
        'pd.inputs["slack"]["$auth"]["oauth_access_tok$0en"]',
        'config["fe$0tch"]',
        'pd.steps.get("fetch", "fet$0ch")',
        'pd.inputs.get("slack", "sla$0ck")',
        'x = "fe$0tch"',
        "$0",
    ],
)
def test_everything_else_leads_nowhere(line: str) -> None:
    check_definition(line, [])


def test_a_lone_step_leads_nowhere() -> None:
    check_definition('pd.steps["fe$0tch"]', [], samples.snapshot)
