"""Completion below `pd.steps`, as far as code and saved events tell."""

from dataclasses import replace

from pd_lsp.features.completion import MOST_LISTED, complete
from pd_lsp.model import Account, Accounts, Step
from pd_lsp.shapes import object_with, shape_of
from pd_lsp.syntax.snapshot import Snapshot
from tests import samples
from tests.checks import HEADER, check_completion
from tests.marker import marked

BODY = {"name": "x", "tags": [{"id": 1}], "odd name:": 2}
TRIGGER = object_with(
    {"event": shape_of({"body": BODY, "query": {}}, "saved event 1.json"), "context": shape_of({"id": 1})}
)
FETCH = object_with({"$return_value": shape_of({"a": {"b": 1}}), "n": shape_of(1)}, "fetch/entry.py")


def world(text: str) -> Snapshot:
    return replace(samples.in_workflow(text), step_shapes=lambda: {"trigger": TRIGGER, "fetch": FETCH})


def test_earlier_steps_are_listed_in_their_order() -> None:
    check_completion('pd.steps["$0"]', ["trigger", "fetch"], world)


def test_what_a_workflow_yaml_names_twice_is_listed_once() -> None:
    twice = replace(samples.POST, apps=(*samples.POST.apps, *samples.POST.apps), data_stores=("slack",))
    steps = (Step("fetch", "./a/entry.py"), Step("trigger", "./b/entry.py"), Step("fetch", "./c/entry.py"), twice)

    def world(text: str) -> Snapshot:
        return samples.snapshot(text, workflow=replace(samples.WORKFLOW, steps=steps), step=twice)

    check_completion('pd.steps["$0"]', ["trigger", "fetch"], world)
    check_completion('pd.inputs["$0"]', ["slack", "github_1", "github"], world)


def test_the_trigger_has_event_and_context_also_where_nothing_is_saved() -> None:
    check_completion('pd.steps["trigger"]["$0"]', ["event", "context"], world)
    check_completion('pd.steps["trigger"]["$0"]', ["event", "context"], samples.in_workflow)


def test_saved_events_are_followed_down() -> None:
    check_completion('pd.steps["trigger"]["event"]["$0"]', ["body", "query"], world)
    check_completion('pd.steps["trigger"]["event"]["body"]["$0"]', ["name", "tags", "odd name:"], world)
    check_completion('pd.steps["trigger"]["context"]["$0"]', ["id"], world)


def test_an_alias_of_the_event_is_followed_down_too() -> None:
    check_completion(
        'body = pd.steps["trigger"]["event"]["body"]\n    body["$0"]', ["name", "tags", "odd name:"], world
    )


def test_a_step_has_what_it_returns_and_exports() -> None:
    check_completion('pd.steps["fetch"]["$0"]', ["$return_value", "n"], world)
    check_completion('pd.steps["fetch"]["$return_value"]["a"]["$0"]', ["b"], world)
    check_completion('pd.steps["another"]["$0"]', ["$return_value"], world)


def test_nothing_is_offered_where_nothing_is_known() -> None:
    check_completion('pd.steps["fetch"]["n"]["$0"]', [], world)
    check_completion('pd.steps["trigger"]["event"]["body"]["unknown"]["$0"]', [], world)


def test_of_very_many_apps_those_that_hold_what_is_typed_are_listed() -> None:
    many = Accounts(
        tuple(Account(f"apn_{number}", replace(samples.SLACK, slug=f"app_{number}"), "x") for number in range(1000)),
        complete=True,
    )
    text, offset = marked(HEADER + 'pd.inputs["$0"]\n')
    assert len(complete(samples.snapshot(text, accounts=many), offset)) == MOST_LISTED
    check_completion('pd.inputs["app_999$0"]', ["app_999"], accounts=many)
    check_completion('pd.inputs["PP_998$0"]', ["app_998"], accounts=many)


def test_a_list_says_what_is_the_matter_with_an_account() -> None:
    accounts = Accounts((replace(samples.TEAM_SLACK, dead=True, environment="production"),), complete=True)
    text, offset = marked(HEADER + 'pd.inputs["$0"]\n')
    found = {item.label: item.detail for item in complete(samples.in_workflow(text, accounts=accounts), offset)}
    assert found["slack"] == "Slack: Team (production, dead)"
