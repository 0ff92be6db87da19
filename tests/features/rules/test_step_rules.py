"""Steps that are not there, run later or are off; attributes where there are keys; outputs that nobody gives on."""

from dataclasses import replace
from typing import Any

import pytest

from pd_lsp.shapes import Shape, object_with
from pd_lsp.syntax.snapshot import Snapshot
from tests import samples
from tests.checks import HEADER, check_fixed, check_rule

ASKED = [
    "if pd.steps.get('{0}'):\n        print(pd.steps['{0}'])",
    "if '{0}' in pd.steps:\n        print(pd.steps['{0}'])",
    "print(pd.steps.get('{0}', {{}}).get('$return_value'))",
    "try:\n        print(pd.steps['{0}'])\n    except KeyError:\n        pass",
    "steps = pd.steps\n    print(steps['{0}'] if '{0}' in steps else 1)",
    "for name, given in pd.steps.items():\n        print(name == '{0}', given)",
    "print(results['{0}'], pd.steps[NAME])",
]
"""Ways to read a step by people who know that it may be missing."""
STEP_CODES = ("unknown-step", "later-step", "disabled-step")


@pytest.mark.parametrize(
    ("code", "name"),
    [("unknown-step", "gone"), ("later-step", "later"), ("later-step", "post_message"),
     ("disabled-step", "switched_off")],
)  # fmt: skip
def test_a_step_that_has_given_nothing_on_is_found(code: str, name: str) -> None:
    for body in (f"print(pd.steps['{name}']['$return_value'])", f"steps = pd.steps\n    steps['{name}']"):
        check_rule(code, HEADER + body + "\n", [f"'{name}'"], samples.in_workflow)
    for other in STEP_CODES:
        if other != code:
            check_rule(other, f"{HEADER}pd.steps['{name}']\n", [], samples.in_workflow)


@pytest.mark.parametrize("code", STEP_CODES)
@pytest.mark.parametrize("name", ["gone", "later", "switched_off"])
@pytest.mark.parametrize("body", ASKED)
def test_somebody_who_knows_that_it_may_be_missing_is_left_alone(code: str, name: str, body: str) -> None:
    check_rule(code, HEADER + body.format(name) + "\n", [], samples.in_workflow)


@pytest.mark.parametrize("code", STEP_CODES)
def test_earlier_steps_the_trigger_and_steps_without_a_workflow_are_left_alone(code: str) -> None:
    text = HEADER + "pd.steps['fetch']['x'], pd.steps['trigger']['event']\n"
    check_rule(code, text, [], samples.in_workflow)
    check_rule(code, HEADER + "pd.steps['gone'], pd.steps['later'], pd.steps['switched_off']\n", [])


@pytest.mark.parametrize("code", ["unknown-step", "later-step"])
def test_a_workflow_with_steps_inside_others_is_left_alone(code: str) -> None:
    branched = replace(samples.WORKFLOW, has_branches=True)
    text = HEADER + "pd.steps['gone'], pd.steps['later']\n"
    check_rule(code, text, [], workflow=branched, step=samples.POST)


def test_the_nearest_earlier_step_was_meant() -> None:
    body = HEADER + "print(pd.steps['{}'])\n"
    check_fixed(body.format("fetsh"), "Change to 'fetch'", body.format("fetch"), samples.in_workflow)
    check_fixed(body.format("triger"), "Change to 'trigger'", body.format("trigger"), samples.in_workflow)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("pd.steps.fetch", 'pd.steps["fetch"]'),
        ("pd.steps.trigger.event.body.name", 'pd.steps["trigger"]["event"]["body"]["name"]'),
        ("pd.steps.trigger.event.body.items()", 'pd.steps["trigger"]["event"]["body"].items()'),
        ("pd.steps['trigger'].event['body']", "pd.steps['trigger'][\"event\"]['body']"),
        ("pd.steps['fetch']['$return_value'].title_2", "pd.steps['fetch']['$return_value'][\"title_2\"]"),
        ('f"{pd.steps.fetch}"', "f\"{pd.steps['fetch']}\""),
        ("f'{pd.steps.fetch}'", "f'{pd.steps[\"fetch\"]}'"),
    ],
)
def test_an_attribute_of_a_steps_data_becomes_a_key(before: str, after: str) -> None:
    check_fixed(f"{HEADER}print({before})\n", "Write it as a key", f"{HEADER}print({after})\n")


def test_an_attribute_is_found_by_another_name_for_the_data_too() -> None:
    text = HEADER + "event = pd.steps['trigger']['event']\n    print(event.body)\n"
    check_rule("step-attribute", text, ["body"])


@pytest.mark.parametrize(
    "body",
    [
        "pd.steps.keys()",
        "pd.steps.items()",
        "pd.steps.get('fetch')",
        "pd.steps['fetch'].items()",
        "pd.steps['trigger']['event']['body'].strip().title()",
        "pd.steps['fetch']['$return_value'].copy",
        "pd.steps.fetch()",
        "pd.steps.ge",
        "pd.steps['fetch'].it",
        "event = pd.steps['trigger']['event']\n    event = Box(event)\n    print(event.body)",
        "event = Box(pd.steps['trigger']['event'])\n    print(event.body)",
        "getattr(pd.steps, 'fetch', None)",
        "try:\n        pd.steps.fetch\n    except AttributeError:\n        pass",
        "other.steps.fetch",
    ],
)
def test_a_method_and_a_thing_of_another_kind_are_left_alone(body: str) -> None:
    check_rule("step-attribute", HEADER + body + "\n", [])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("hasattr(pd.steps, 'fetch')", "'fetch' in pd.steps"),
        ("hasattr(pd.inputs, 'slack') and 1", "'slack' in pd.inputs and 1"),
        ("hasattr(pd.steps['fetch'], 'rows') == True", "('rows' in pd.steps['fetch']) == True"),
        ("getattr(pd.steps, 'fetch', None)", "pd.steps.get('fetch', None)"),
        ("getattr(pd.steps, 'fetch')", "pd.steps['fetch']"),
    ],
)
def test_looking_for_an_attribute_becomes_looking_for_a_key(before: str, after: str) -> None:
    check_fixed(f"{HEADER}print({before})\n", "Ask for the key", f"{HEADER}print({after})\n")


@pytest.mark.parametrize(
    "body",
    [
        "hasattr(pd, 'inputs')",
        "hasattr(pd, 'steps') and pd.steps",
        "hasattr(pd.steps, 'items')",
        "hasattr(pd.steps, name)",
        "hasattr(response, 'text')",
        "getattr(pd, 'steps', {})",
        "isinstance(pd.steps, dict)",
        "hasattr(pd.inputs['data_store'], 'set')",
    ],
)
def test_looking_for_an_attribute_that_there_is_or_may_be_is_left_alone(body: str) -> None:
    check_rule("hasattr-on-mapping", HEADER + body + "\n", [])


TOLD = replace(object_with({"rows": Shape(), "$return_value": object_with({"id": Shape()})}), closed=True)


def given_on(shape: Shape) -> Any:
    """Makes a snapshot in which the step `fetch` gives on what `shape` says."""
    shapes = {"trigger": object_with({"event": Shape(), "context": Shape()}), "fetch": shape}

    def make(text: str, **world: Any) -> Snapshot:
        return replace(samples.in_workflow(text, **world), step_shapes=lambda: shapes)

    return make


def test_a_name_that_the_step_does_not_give_on_is_found() -> None:
    check_rule("unknown-output", HEADER + "pd.steps['fetch']['total']\n", ["'total'"], given_on(TOLD))


def test_a_step_that_returns_nothing_has_no_return_value() -> None:
    nothing = replace(object_with({}), closed=True)
    text = HEADER + "pd.steps['fetch']['$return_value']\n"
    check_rule("unknown-output", text, ["'$return_value'"], given_on(nothing))


def test_what_the_step_returns_is_read_from_its_return_value() -> None:
    text = HEADER + "print(pd.steps['fetch']{}['id'])\n"
    title = "Read it from $return_value"
    check_fixed(text.format(""), title, text.format('["$return_value"]'), given_on(TOLD))


def test_the_nearest_export_was_meant() -> None:
    text = HEADER + "print(pd.steps['fetch']['{}'])\n"
    check_fixed(text.format("row"), "Change to 'rows'", text.format("rows"), given_on(TOLD))


@pytest.mark.parametrize(
    "body",
    [
        "pd.steps['fetch']['rows']",
        "pd.steps['fetch']['$return_value']['anything']",
        "pd.steps['fetch']['$summary']",
        "pd.steps['fetch']['$resume_data']",
        "pd.steps['fetch'].get('total')",
        "if 'total' in pd.steps['fetch']:\n        pd.steps['fetch']['total']",
        "pd.steps['fetch'][name]",
        "pd.steps['trigger']['event']",
        "pd.steps['later']['total']",
    ],
)
def test_an_output_that_may_be_there_is_left_alone(body: str) -> None:
    check_rule("unknown-output", HEADER + body + "\n", [], given_on(TOLD))


def test_a_step_of_which_not_everything_is_known_is_left_alone() -> None:
    text = HEADER + "pd.steps['fetch']['total']\n"
    check_rule("unknown-output", text, [], given_on(replace(TOLD, closed=False)))
    check_rule("unknown-output", text, [], samples.in_workflow)
