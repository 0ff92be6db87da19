import pytest

from pd_lsp.accounts.names import OAUTH_FIELDS
from pd_lsp.features.completion import complete
from pd_lsp.model import Account, Accounts
from pd_lsp.text import Offset
from tests import samples
from tests.checks import HEADER, check_accepted, check_completion
from tests.samples import in_workflow

KEYS = list(OAUTH_FIELDS)


def test_connected_apps_are_offered_each_once() -> None:
    check_completion('pd.inputs["$0"]', ["slack", "github"])


def test_the_props_of_this_step_come_first_under_their_own_names() -> None:
    check_completion('pd.inputs["$0"]', ["slack", "github_1", "data_store", "github"], in_workflow)


def test_auth_is_offered_behind_an_app() -> None:
    check_completion('pd.inputs["slack"]["$0"]', ["$auth"])


def test_a_data_store_has_no_auth() -> None:
    check_completion('pd.inputs["data_store"]["$0"]', [], in_workflow)


def test_the_keys_of_the_account_are_offered_behind_auth() -> None:
    check_completion('pd.inputs["slack"]["$auth"]["$0"]', KEYS)


def test_a_prop_has_the_keys_of_the_app_it_stands_for() -> None:
    check_completion('pd.inputs["github_1"]["$auth"]["$0"]', KEYS, in_workflow)


def test_an_app_without_an_account_has_the_keys_that_the_catalogue_knows() -> None:
    check_completion('pd.inputs["notion"]["$auth"]["$0"]', KEYS)


def test_an_unknown_app_has_no_keys() -> None:
    check_completion('pd.inputs["nobody"]["$auth"]["$0"]', [])


def test_the_keys_of_two_accounts_of_an_app_are_merged() -> None:
    accounts = Accounts(
        (
            Account("apn_a", samples.app("x", "X", "one", "two"), "a"),
            Account("apn_b", samples.app("x", "X", "two", "three"), "b"),
        )
    )
    check_completion('pd.inputs["x"]["$auth"]["$0"]', ["one", "two", "three"], accounts=accounts)


def test_keys_while_the_call_around_them_is_still_open() -> None:
    check_completion("requests.get(url, token=pd.inputs['slack']['$auth']['oa$0, timeout=3)", KEYS)


def test_earlier_steps_are_offered_and_neither_disabled_nor_later_ones() -> None:
    check_completion('pd.steps["$0"]', ["trigger", "fetch"], in_workflow)


def test_the_trigger_has_an_event_and_a_context() -> None:
    check_completion('pd.steps["trigger"]["$0"]', ["event", "context"])


def test_a_step_has_a_return_value() -> None:
    check_completion('pd.steps["fetch"]["$0"]', ["$return_value"], in_workflow)


@pytest.mark.parametrize(
    "line",
    [
        'config["sl$0"]',
        'pd.DataFrame["sl$0"]',
        'x = "[$0"',
        'print("pd.inputs[$0")',
        "# pd.inputs['$0",
        'pd.inputs["slack"]["$auth"]["k"]$0',
        'pd.inputs["slack"]$0["$auth"]',
        'other.pd.inputs.copy()["$0"]',
        "[$0]",
        "$0",
    ],
)
def test_other_places_are_none_of_our_business(line: str) -> None:
    check_completion(line, [])


@pytest.mark.parametrize(
    "text", ["", "$0", "(((((", '"', "f'{", 'pd.inputs["', "\ufeff", "\x00", "é" * 50, "def handler("]
)
def test_no_text_at_no_place_makes_completion_fail(text: str) -> None:
    for offset in range(len(text) + 1):
        complete(samples.snapshot(text), Offset(offset))


CHAINS = [
    # in f-strings of every pair of quotes
    ('f\'Bearer {pd.inputs["slack"]["$auth"]["oa$0"]}\'', 'f\'Bearer {pd.inputs["slack"]["$auth"]["oauth_uid"]}\''),
    ("f\"Bearer {pd.inputs['slack']['$auth']['$0']}\"", "f\"Bearer {pd.inputs['slack']['$auth']['oauth_uid']}\""),
    ('f"Bearer {pd.inputs["slack"]["$auth"]["$0"]}"', 'f"Bearer {pd.inputs["slack"]["$auth"]["oauth_uid"]}"'),
    ('f"""{pd.inputs["slack"]["$auth"]["$0"]}"""', 'f"""{pd.inputs["slack"]["$auth"]["oauth_uid"]}"""'),
    ('rf\'{pd.inputs["slack"]["$auth"]["$0"]}\'', 'rf\'{pd.inputs["slack"]["$auth"]["oauth_uid"]}\''),
    # half typed in an f-string
    ('f\'Bearer {pd.inputs["slack"]["$auth"]["oa$0', 'f\'Bearer {pd.inputs["slack"]["$auth"]["oauth_uid"]'),
    ('f\'Bearer {pd.inputs["slack"]["$auth"]["$0}\'', 'f\'Bearer {pd.inputs["slack"]["$auth"]["oauth_uid"]}\''),
    ('f\'{pd.inputs["slack"]["$auth"][$0]}\'', 'f\'{pd.inputs["slack"]["$auth"]["oauth_uid"]}\''),
    ("f\"{pd.inputs['slack']['$auth'][$0]}\"", "f\"{pd.inputs['slack']['$auth']['oauth_uid']}\""),
    # plain, in every state of half-typed
    ('x = pd.inputs["slack"]["$auth"]["$0"]', 'x = pd.inputs["slack"]["$auth"]["oauth_uid"]'),
    ('x = pd.inputs["slack"]["$auth"]["$0', 'x = pd.inputs["slack"]["$auth"]["oauth_uid"]'),
    ('x = pd.inputs["slack"]["$auth"]["oa$0"', 'x = pd.inputs["slack"]["$auth"]["oauth_uid"]'),
    ('x = pd.inputs["slack"]["$auth"]["oa$0]', 'x = pd.inputs["slack"]["$auth"]["oauth_uid"]'),
    ('x = pd.inputs["slack"]["$auth"][$0', 'x = pd.inputs["slack"]["$auth"]["oauth_uid"]'),
    ('x = pd.inputs["slack"]["$auth"][$0]', 'x = pd.inputs["slack"]["$auth"]["oauth_uid"]'),
    ('x = pd.inputs["slack"]["$auth"]["oauth_ac$0cess_token"]', 'x = pd.inputs["slack"]["$auth"]["oauth_uid"]'),
    ('x = pd.inputs["slack"]["$auth"]["$0oauth_access_token"]', 'x = pd.inputs["slack"]["$auth"]["oauth_uid"]'),
    ("f(pd.inputs['slack']['$auth']['$0, timeout=3)", "f(pd.inputs['slack']['$auth']['oauth_uid'], timeout=3)"),
    ("f(pd.inputs['slack']['$auth']['$0'], b['c'])", "f(pd.inputs['slack']['$auth']['oauth_uid'], b['c'])"),
    ("f(pd.inputs['slack']['$auth']['$0], b['c'])", "f(pd.inputs['slack']['$auth']['oauth_uid'], b['c'])"),
    # by .get, with and without a default
    (
        'pd.inputs.get("slack", {}).get("$auth", {}).get("$0")',
        'pd.inputs.get("slack", {}).get("$auth", {}).get("oauth_uid")',
    ),
    ('pd.inputs["slack"]["$auth"].get("$0', 'pd.inputs["slack"]["$auth"].get("oauth_uid")'),
    ('pd.inputs["slack"]["$auth"].get("$0)', 'pd.inputs["slack"]["$auth"].get("oauth_uid")'),
    ('pd.inputs["slack"]["$auth"].get("$0", None)', 'pd.inputs["slack"]["$auth"].get("oauth_uid", None)'),
    # by an alias
    (
        'auth = pd.inputs["slack"]["$auth"]\n    x = auth["$0"]',
        'auth = pd.inputs["slack"]["$auth"]\n    x = auth["oauth_uid"]',
    ),
    (
        'app = pd.inputs.get("slack") or {}\n    x = app["$auth"]["$0',
        'app = pd.inputs.get("slack") or {}\n    x = app["$auth"]["oauth_uid"]',
    ),
    ('i = pd.inputs\n    x = i["slack"]["$auth"]["$0"]', 'i = pd.inputs\n    x = i["slack"]["$auth"]["oauth_uid"]'),
    ('p = pd\n    x = p.inputs["slack"]["$auth"]["$0"]', 'p = pd\n    x = p.inputs["slack"]["$auth"]["oauth_uid"]'),
    # over lines
    (
        'x = (pd\n        .inputs["slack"]\n        ["$auth"]["$0',
        'x = (pd\n        .inputs["slack"]\n        ["$auth"]["oauth_uid"]',
    ),
    (
        'x = {\n        "t": pd.inputs["slack"]["$auth"]["$0"],\n    }',
        'x = {\n        "t": pd.inputs["slack"]["$auth"]["oauth_uid"],\n    }',
    ),
    # behind characters that count double in UTF-16
    ('note = "😀"; x = pd.inputs["slack"]["$auth"]["$0', 'note = "😀"; x = pd.inputs["slack"]["$auth"]["oauth_uid"]'),
]


@pytest.mark.parametrize(("line", "result"), CHAINS)
def test_a_chosen_key_leaves_right_text(line: str, result: str) -> None:
    check_accepted(line, "oauth_uid", result)


DOUBLED = [
    # a finished key, or half of one, right behind the caret
    ('pd.inputs[$0"github"]', 'pd.inputs["slack"]'),
    ("pd.inputs[$0'x']", "pd.inputs['slack']"),
    ('pd.inputs[$0 "github" ]', 'pd.inputs["slack" ]'),
    ('pd.inputs[$0r"github"]', 'pd.inputs["slack"]'),
    ('pd.inputs[$0""]', 'pd.inputs["slack"]'),
    ('pd.inputs[$0"gith', 'pd.inputs["slack"]'),
    ('pd.inputs[$0"gith]', 'pd.inputs["slack"]'),
    ('f(pd.inputs[$0"gith, "x")', 'f(pd.inputs["slack"], "x")'),
    ("f'{pd.inputs[$0\"github\"]}'", "f'{pd.inputs[\"slack\"]}'"),
    ('f"{pd.inputs[$0"github"]}"', 'f"{pd.inputs["slack"]}"'),
    ('f"{pd.inputs[$0"', "f\"{pd.inputs['slack']\""),
    # a word there, or the caret in it
    ("pd.inputs[$0github]", 'pd.inputs["slack"]'),
    ("pd.inputs[$0x", 'pd.inputs["slack"]'),
    ("f(pd.inputs[$0x, y)", 'f(pd.inputs["slack"], y)'),
    ("pd.inputs[sl$0]", 'pd.inputs["slack"]'),
    ("pd.inputs[s$0l", 'pd.inputs["slack"]'),
    ('f"{pd.inputs[sl$0}"', "f\"{pd.inputs['slack']}\""),
    # other code there stays, and its brackets count
    ("pd.inputs[$0 + 1]", 'pd.inputs["slack" + 1]'),
    ("pd.inputs[$0name.lower()]", 'pd.inputs["slack"name.lower()]'),
    ("[pd.inputs[$0 for x in y]", '[pd.inputs["slack"] for x in y]'),
    ("[pd.inputs[$0for x in y]", '[pd.inputs["slack"]for x in y]'),
    # a string that is closed, whatever it says
    ('pd.inputs["a b$0"]', 'pd.inputs["slack"]'),
    ('pd.inputs["a/b$0"]', 'pd.inputs["slack"]'),
    ('pd.inputs["😀$0"]', 'pd.inputs["slack"]'),
    ('pd.inputs["($0"]', 'pd.inputs["slack"]'),
    ('pd.inputs["a\\"$0"]', 'pd.inputs["slack"]'),
    ('pd.inputs["a$0 b"]', 'pd.inputs["slack"]'),
    ('f(pd.inputs["a, b$0", "x")', 'f(pd.inputs["slack"], "x")'),
    # one that is not closed, with others behind it
    ('f(pd.inputs["sl$0, "x")', 'f(pd.inputs["slack"], "x")'),
    ('f(pd.inputs["$0, "x")', 'f(pd.inputs["slack"], "x")'),
    ('f(pd.inputs["sl$0, end="]")', 'f(pd.inputs["slack"], end="]")'),
    ("f(pd.inputs['sl$0, \"it's\")", "f(pd.inputs['slack'], \"it's\")"),
    ('pd.inputs["sl$0.get("$auth")', 'pd.inputs["slack"].get("$auth")'),
    ('f"{pd.inputs["sl$0]["$auth"]["k"]}"', 'f"{pd.inputs["slack"]["$auth"]["k"]}"'),
    # .get
    ("pd.inputs.get($0)", 'pd.inputs.get("slack")'),
    ("pd.inputs.get($0", 'pd.inputs.get("slack")'),
    ("pd.inputs.get($0, {})", 'pd.inputs.get("slack", {})'),
    ('pd.inputs.get("sl$0', 'pd.inputs.get("slack")'),
    ('pd.inputs.get("sl$0"', 'pd.inputs.get("slack")'),
    ('pd.inputs.get("sl$0, None)', 'pd.inputs.get("slack", None)'),
    ('f(pd.inputs.get("sl$0 or x)', 'f(pd.inputs.get("slack") or x)'),
    # the closer of a bracket around
    ("x = [pd.inputs[$0]", 'x = [pd.inputs["slack"]]'),
    ('x = [pd.inputs["sl$0]', 'x = [pd.inputs["slack"]]'),
    ("x = [pd.inputs[$0]]", 'x = [pd.inputs["slack"]]'),
    ("f([pd.inputs[$0])", 'f([pd.inputs["slack"]])'),
    ("f(pd.inputs.get($0)", 'f(pd.inputs.get("slack"))'),
    ("x = [pd.inputs[$0],\n        2]", 'x = [pd.inputs["slack"],\n        2]'),
    ("x = [pd.inputs[$0]\n        ]", 'x = [pd.inputs["slack"]\n        ]'),
    ("x = [pd.inputs[$0]\n        for y in z]", 'x = [pd.inputs["slack"]\n        for y in z]'),
    # over lines
    ("pd.inputs[\n        $0\n    ]", 'pd.inputs[\n        "slack"\n    ]'),
    ('pd.inputs[\n        "sl$0"\n    ]', 'pd.inputs[\n        "slack"\n    ]'),
    ("x = [\n        pd.inputs[$0\n    ]", 'x = [\n        pd.inputs["slack"]\n    ]'),
    ('f"""\n    {pd.inputs["sl$0}\n    """', 'f"""\n    {pd.inputs["slack"]}\n    """'),
]


@pytest.mark.parametrize(("line", "result"), DOUBLED)
def test_nothing_that_stands_behind_the_caret_is_doubled_or_lost(line: str, result: str) -> None:
    check_accepted(line, "slack", result)


@pytest.mark.parametrize(
    "chain",
    [
        '(pd.inputs.get("slack") or {}).get("$auth")["$0"]',
        '((pd.inputs.get("slack") or {}).get("$auth") or {}).get("$0")',
        '(pd.inputs["slack"])["$auth"]["$0"]',
        '((pd.inputs)["slack"] or dict())["$auth"]["$0"]',
        'return (pd.inputs["slack"])["$auth"]["$0',
        'pd.inputs.get("slack", None)["$auth"]["$0"]',
        'pd.inputs.get("slack", dict()).get("$auth", dict())["$0"]',
        'pd.inputs.get("slack", {"$auth": {}}).get("$auth", f(1, "x")).get("$0")',
        'auth = (pd.inputs.get("slack") or {}).get("$auth") or {}\n    auth["$0"]',
        'auth = (pd.inputs["slack"] or dict()).get("$auth", {})\n    auth.get("$0")',
        'app = (\n        pd.inputs["slack"]\n    )\n    app["$auth"]["$0"]',
    ],
)
def test_a_chain_may_stand_in_brackets_and_fall_back_anywhere(chain: str) -> None:
    check_completion(chain, KEYS)


@pytest.mark.parametrize(
    "line",
    [
        'load(pd.inputs["slack"])["$0"]',
        'print(pd.inputs["slack"])["$0"]',
        'pd.inputs.get(name, "slack")["$0"]',
        'pd.inputs["slack"] or {}["$0"]',
        "pd.inputs[sl$0.x]",
        "pd.inputs[if$0]",
    ],
)
def test_what_only_looks_like_a_chain_is_none(line: str) -> None:
    check_completion(line, [])


def test_an_alias_is_the_last_one_before_the_caret() -> None:
    line = 'auth = pd.inputs["github"]["$auth"]\n    auth = pd.inputs["slack"]["$auth"]\n    x = auth["$0"]'
    accounts = Accounts((Account("apn_a", samples.app("slack", "Slack", "only_slack"), "a"),), complete=True)
    check_completion(line, ["only_slack"], accounts=accounts)


def test_a_key_is_written_as_a_literal_that_can_hold_it() -> None:
    odd = 'it"s\u202e\\odd'
    accounts = Accounts((Account("apn_a", samples.app("x", "X", odd), "a"),), complete=True)
    snapshot = samples.snapshot(HEADER + 'pd.inputs["x"]["$auth"]["', accounts=accounts)
    [completion] = complete(snapshot, Offset(len(snapshot.text)))
    assert completion.edit.new_text == 'it\\"s\\u202e\\\\odd"]'


def test_the_name_of_the_parameter_is_the_handlers_own() -> None:
    text = 'def handler(pdm: "pipedream"):\n    return pdm.inputs["'
    found = complete(samples.snapshot(text), Offset(len(text)))
    assert [completion.label for completion in found] == ["slack", "github"]
