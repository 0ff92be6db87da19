"""What a hover says of accounts, keys, steps and members of `pd`; and what it leaves to others."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from pd_lsp.accounts.names import OAUTH_FIELDS
from pd_lsp.features.hover import hover
from pd_lsp.model import Accounts
from pd_lsp.shapes import Shape, object_with, shape_of
from pd_lsp.syntax.snapshot import Snapshot
from tests import samples
from tests.checks import HEADER, check_hover
from tests.marker import marked

KEYS = f"Keys: {', '.join(OAUTH_FIELDS)}."
FROM_CATALOGUE = "Known from the catalogue; there may be more, so no key is warned about."
NOT_ALL_KNOWN = "Not all accounts are known yet, so nothing is warned about here."
SLACK = ["Slack (slack)", "Account: Team (apn_slack1).", KEYS, FROM_CATALOGUE]


def with_shapes(text: str) -> Snapshot:
    event = shape_of({"body": {"name": "made-up"}}, "saved event 1.json")
    fetch = shape_of({"$return_value": {"items": [{"id": 1}]}}, "fetch/entry.py")
    return replace(
        samples.in_workflow(text),
        step_shapes=lambda: {
            "trigger": shape_of({"event": None}).beside(replace(shape_of({}), keys={"event": event})),
            "fetch": fetch,
        },
    )


@pytest.mark.parametrize(
    "line",
    [
        'pd.inputs["sl$0ack"]',
        "pd.inputs['sl$0ack']['$auth']['oauth_access_token']",
        'token = f\'{pd.inputs["sl$0ack"]["$auth"]["oauth_access_token"]}\'',
        'pd.inputs.get("sl$0ack", {}).get("$auth")',
    ],
)
def test_an_app_says_its_account_and_keys_in_every_manner_of_writing(line: str) -> None:
    check_hover(line, SLACK)


def test_auth_says_the_keys() -> None:
    check_hover('pd.inputs["slack"]["$a$0uth"]', ["$auth of Slack (slack)", KEYS, FROM_CATALOGUE])


def test_a_key_says_whose_it_is_and_how_that_is_known() -> None:
    check_hover(
        'pd.inputs["slack"]["$auth"]["oauth_$0uid"]',
        ["oauth_uid: a key of Slack (slack)", "Account: Team (apn_slack1).", FROM_CATALOGUE],
    )


def test_the_run_of_an_execution_says_its_documented_keys() -> None:
    says = ["runs: of this execution", "It is how often this step has run, counted from 1."]
    check_hover('pd.context["run"]["ru$0ns"]', says)
    check_hover('pd.context["run"]["oth$0er"]', [])


def test_an_alias_is_followed() -> None:
    check_hover(
        'auth = pd.inputs["slack"]["$auth"]\n    auth["oauth_$0uid"]',
        ["oauth_uid: a key of Slack (slack)", "Account: Team (apn_slack1).", FROM_CATALOGUE],
    )


def test_a_key_that_no_account_has_is_called_so_only_where_all_keys_are_known() -> None:
    unknown = "Whether the account has this key is not known."
    check_hover(
        'pd.inputs["slack"]["$auth"]["tok$0en"]',
        ["token: a key of Slack (slack)", unknown, "Account: Team (apn_slack1).", FROM_CATALOGUE],
    )
    accounts = Accounts((replace(samples.DEAD_OPENAI, dead=False),), complete=True)
    check_hover(
        'pd.inputs["openai"]["$auth"]["tok$0en"]',
        [
            *("token: a key of OpenAI (openai)", "The account has no key of this name, but: api_key."),
            *("Account: old key (apn_openai1).", "Known from the catalogue; these are all."),
        ],
        accounts=accounts,
    )


def test_keys_that_a_run_saw_are_all() -> None:
    seen = replace(samples.TEAM_SLACK, seen=("oauth_access_token", "team_id"))
    check_hover(
        'pd.inputs["slack"]["$a$0uth"]',
        ["$auth of Slack (slack)", "Keys: oauth_access_token, team_id.", "Known from a run; these are all."],
        accounts=Accounts((seen,), complete=True),
    )


def test_states_and_environments_are_said() -> None:
    accounts = Accounts(
        (
            replace(samples.WORK_GITHUB, environment="production", healthy=False),
            replace(samples.HOME_GITHUB, dead=True),
        ),
        complete=True,
    )
    check_hover(
        'pd.inputs["git$0hub"]',
        [
            "GitHub (github)",
            "Account: work (apn_github1), production, unhealthy: its last renewal failed.",
            "Account: home (apn_github2), dead: connect it again.",
            *(KEYS, FROM_CATALOGUE),
        ],
        accounts=accounts,
    )


def test_not_connected_and_not_known_yet_are_two_things() -> None:
    notion = ["Notion (notion)", KEYS, FROM_CATALOGUE]
    check_hover('pd.inputs["not$0ion"]', [notion[0], "No account of this app is connected.", *notion[1:]])
    check_hover(
        'pd.inputs["not$0ion"]',
        [notion[0], "Which accounts are connected is not known yet.", NOT_ALL_KNOWN, *notion[1:]],
        accounts=Accounts(),
    )


def test_a_name_that_need_not_be_an_app_is_not_called_one() -> None:
    unknown = "Its keys are not known, so none is warned about."
    check_hover('pd.inputs["slack$0_1"]', ["slack_1", "No account of an app of this name is connected.", unknown])


def test_an_account_of_somebody_else_is_said_to_be_one() -> None:
    check_hover(
        'pd.inputs["github$0_1"]',
        [
            *("github", "No account of this app is connected."),
            "workflow.yaml names apn_github2, which is not among your accounts.",
            "Its keys are not known, so none is warned about.",
        ],
        samples.in_workflow,
        accounts=Accounts((samples.TEAM_SLACK,), complete=True),
    )


def test_an_account_that_is_known_says_why_nothing_is_warned_about_where_others_may_be_missing() -> None:
    some = replace(samples.ACCOUNTS, complete=False)
    check_hover('pd.inputs["sl$0ack"]', [*SLACK[:2], NOT_ALL_KNOWN, *SLACK[2:]], accounts=some)
    check_hover('pd.inputs["sl$0ack"]', SLACK, samples.in_workflow, accounts=some)


STORE_ROWS = [
    "Reading an entry that is not there raises TypeError: .get gives None instead.",
    "What is read is a copy: put it back after a change.",
    "A run here has a store of its own, in a file of yours; the platform's is another one.",
]


def test_a_data_store_and_its_entries_say_what_reading_them_does() -> None:
    check_hover('pd.inputs["data$0_store"]', ["data_store: a data store of this step", *STORE_ROWS])
    check_hover('pd.inputs["data_store"]["la$0st"]', ["last: an entry of the data store data_store", *STORE_ROWS])
    check_hover(
        'store = pd.inputs["data_store"]\n    store.get("la$0st")',
        ["last: an entry of the data store data_store", *STORE_ROWS],
    )


@pytest.mark.parametrize(
    "line",
    [
        'pd.inputs["data_store"].ge$0t("a")',
        'pd.inputs.get("data_store").ge$0t("a")',
        'store = pd.inputs["data_store"]\n    store.ge$0t("a")',
        'store = pd.inputs["data_store"]\n    f"{store.ge$0t(1)}"',
    ],
)
@pytest.mark.parametrize("make", [samples.snapshot, samples.in_workflow])
def test_a_method_of_a_data_store_is_explained(line: str, make: Callable[..., Snapshot]) -> None:
    says = "The value of a key; None, or the default, where there is none."
    more = "store[key] raises TypeError where there is none. What is read is a copy: put it back after a change."
    check_hover(line, ["get(key, default=None)", says, more], make)


def test_steps_say_what_is_known_below_them_and_never_a_value() -> None:
    check_hover(
        'pd.steps["fe$0tch"]',
        ["fetch: an earlier step", "It runs ./fetch/entry.py.", "It has $return_value."],
        with_shapes,
    )
    check_hover(
        'pd.steps["fetch"]["$return_v$0alue"]',
        ["$return_value: object", "It has items.", "Known from fetch/entry.py."],
        with_shapes,
    )
    check_hover(
        'pd.steps["trigger"]["event"]["body"]["na$0me"]', ["name: text", "Known from saved event 1.json."], with_shapes
    )


def test_what_the_code_of_a_step_alone_tells_is_said_to_be_from_there() -> None:
    def told(text: str) -> Snapshot:
        outputs = object_with({"$return_value": object_with({"a": Shape(frozenset({"text"}))})})
        return replace(samples.in_workflow(text), step_shapes=lambda: {"fetch": outputs, "trigger": outputs})

    check_hover('pd.steps["fetch"]["$return_value"]["a$0"]', ["a: text", "Known from the step's code."], told)
    check_hover('pd.steps["trigger"]["$return_value"]["a$0"]', ["a: text"], told)


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("pd.flow.ex$0it('x')", "pd.flow.exit(reason=None)"),
        ("pd.fl$0ow.exit('x')", "pd.flow"),
        ("pd.exp$0ort('a', 1)", "pd.export(name, value)"),
        ("pd.inp$0uts['slack']", "pd.inputs"),
        ("flow = pd.flow; flow.ex$0it('x')", "pd.flow.exit(reason=None)"),
        ("flow, x = pd.flow, 1\n    flow.ex$0it('x')", "pd.flow.exit(reason=None)"),
        ("def stop(p):\n        p.flow.ex$0it('x')\n    stop(pd)", "pd.flow.exit(reason=None)"),
        ("p = pd; f = p.flow; f.del$0ay(1)", "pd.flow.delay(ms)"),
    ],
)
def test_members_of_pd_are_explained(line: str, heading: str) -> None:
    text, offset = marked(HEADER + line + "\n")
    found = hover(samples.snapshot(text), offset)
    assert found
    assert found.heading == heading


@pytest.mark.parametrize(
    "line",
    [
        'config["sl$0ack"]',
        "other.flow.ex$0it()",
        "pd.no_such_mem$0ber",
        "a = b; b = a; a.fl$0ow",
        'pd.inputs["slack"].ge$0t("$auth")',
        'pd.inputs["data_store"].po$0p("a")',
        "config.ge$0t('a')",
        'pd.context["ru$0n"]',
        '"pd.inputs[sl$0ack]"',
        'pd.steps["no_such_step$0"]',
        "x = $01",
        '# pd.inputs["sl$0ack"]',
        'pd.inputs.get("slack", "sla$0ck")',
        'pd.inputs["data_store"].get("seen", "nev$0er")',
        'pd.inputs["$0"]',
        'pd.steps["$0"]',
    ],
)
def test_everything_else_is_left_to_others(line: str) -> None:
    check_hover(line, [])
