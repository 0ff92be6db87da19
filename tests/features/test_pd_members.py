"""Members of `pd` and of a data store, their arguments, and how they are called."""

from dataclasses import replace

import pytest

from pd_lsp.features.arguments import signature
from pd_lsp.features.hover import hover
from pd_lsp.features.offered import offered
from pd_lsp.features.pd_members import PD_MEMBERS, STORE_MEMBERS
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.text import Offset
from tests import samples
from tests.checks import HEADER, check_chosen, check_offered, check_signature
from tests.marker import marked

ALL = ["inputs", "steps", "export", "respond", "flow", "send", "context"]
FLOW = ["exit", "delay", "suspend", "rerun"]
STORE = ["get", "set", "set_ttl", "keys", "items", "clear"]
ANSWER = ["status", "headers", "body", "immediate"]
DELAY, EMAIL, RESPOND = (PD_MEMBERS[name].call for name in ("flow.delay", "send.email", "respond"))


def with_stub(text: str) -> Snapshot:
    return replace(samples.in_workflow(text), has_stub=lambda: True)


@pytest.mark.parametrize(
    ("line", "labels"),
    [
        ("pd.$0", ALL),
        ("x = pd.fl$0", ALL),
        ('print(f"{pd.$0}")', ALL),
        ("return pd.flow.$0", FLOW),
        ("pd.flow.ex$0(", FLOW),
        ("pd.send.$0", ["email"]),
        ("(pd\n        .flow\n        .$0)", FLOW),
        ("pd.flow\\\n        .$0", FLOW),
        ("pd.flow.\\\n        ex$0", FLOW),
        ('pd.inputs["data_store"].$0', STORE),
        ('pd.inputs.get("data_store").s$0', STORE),
        ('store = pd.inputs["data_store"]\n    store.$0', STORE),
    ],
)
def test_members_are_offered_behind_the_dot(line: str, labels: list[str]) -> None:
    check_offered(line, labels, samples.in_workflow)


@pytest.mark.parametrize(
    "line",
    [
        "pd$0",
        "pd.flow$0.exit",
        "pdf.$0",
        "my.pd.$0",
        "pd.inputs.$0",
        "pd.steps.$0",
        "pd.flow.exit.$0",
        "pd.flow.exit().$0",
        "pd.DataFrame.$0",
        'pd.inputs["slack"].$0',
        'pd.inputs["slack"]["$auth"].$0',
        "pd[0].$0",
        '"pd.$0"',
        "# pd.$0",
        "pd. # pd.$0",
        "pd.\n    ex$0",
        "pd.\n    fl$0 = 1",
        "1.$0",
    ],
)
def test_behind_other_dots_nothing_is_offered(line: str) -> None:
    labels = [one.label for one in offered(*marked_in_workflow(line)).completions]
    assert labels == (ALL if line == "pd.flow$0.exit" else [])


def marked_in_workflow(line: str) -> tuple[Snapshot, Offset]:
    text, offset = marked(HEADER + line + "\n")
    return samples.in_workflow(text), offset


@pytest.mark.parametrize(
    "text",
    [
        "import pandas as pd\npd.$0\n\ndef handler(pd):\n    return 1\n",
        "import pandas as pd\n\ndef handler(pd):\n    return 1\n\ndef table():\n    return pd.$0\n",
        "import pandas as pd\n\ndef handler(event):\n    return pd.$0\n",
        "import pandas as pd\npd.$0\n",
        "import pandas as pd\ndef handler(pd):\n    x = (\n\nimport y\npd.$0",
    ],
)
def test_pandas_under_the_same_name_is_left_alone(text: str) -> None:
    clean, offset = marked(text)
    assert offered(samples.in_workflow(clean), offset).completions == ()


@pytest.mark.parametrize(
    "text",
    [
        "def handler(pdm):\n    pdm.$0",
        "async def handler(pd: 'pipedream' = None):\n    if x:\n        pd.$0",
        "def helper(pd):\n    pd.$0\n\ndef handler(pd):\n    return helper(pd)\n",
        "def handler(pd):\n    def inner():\n        return pd.$0\n    return inner()\n",
        "def handler(pd):\n    x = [(\n    pd.$0",
        "def handler(pd):\n    pd.$0\n    y = 1\n",
    ],
)
def test_the_handlers_own_name_counts_in_functions_that_take_it(text: str) -> None:
    clean, offset = marked(text)
    assert [one.label for one in offered(samples.snapshot(clean), offset).completions] == ALL


ALIASES = {
    "pd": (HEADER + "p = pd\n    p.$0", ALL),
    "pd beside another": (HEADER + "p, x = pd, 1\n    p.$0", ALL),
    "pd.flow": (HEADER + "flow = pd.flow\n    flow.$0", FLOW),
    "pd.flow in a condition": (HEADER + "if flow := pd.flow:\n        flow.$0", FLOW),
    "pd.flow of another name of pd": (HEADER + "p = pd\n    p.flow.$0", FLOW),
    "pd.flow as an argument": (HEADER + "def stop(flow):\n        flow.$0\n    stop(pd.flow)", FLOW),
    "pd.send as an argument further down": (
        "def tell(send):\n    send.$0\n\ndef handler(pd):\n    tell(pd.send)",
        ["email"],
    ),
    "pd that an instance keeps": (
        (
            "class Api:\n    def __init__(self, p):\n        self.pd = p\n    def go(self):\n        self.pd.$0\n\n"
            "def handler(pd):\n    Api(pd).go()"
        ),
        ALL,
    ),
    "pd.flow of that": (
        "class Api:\n    def __init__(self, pd):\n        self.pd = pd\n    def go(self):\n        self.pd.flow.$0\n",
        FLOW,
    ),
    "a data store that an instance keeps": (
        HEADER + "class Api:\n        store = pd.inputs['data_store']\n    Api().store.$0",
        STORE,
    ),
}


@pytest.mark.parametrize("behind", ["\n", "e$0\n", "\n    return 1\n", "e$0x()\n"])
@pytest.mark.parametrize(("text", "labels"), ALIASES.values(), ids=ALIASES)
def test_members_are_offered_of_another_name_of(text: str, labels: list[str], behind: str) -> None:
    caret = behind if "$0" in behind else f"$0{behind}"
    clean, offset = marked(text.replace("$0", caret) + "\n")
    assert [one.label for one in offered(samples.in_workflow(clean), offset).completions] == labels


@pytest.mark.parametrize(
    "text",
    [
        HEADER + "flow = load()\n    flow.$0",
        HEADER + "flow = pd.flow\n    flow = 1\n    flow.$0",
        HEADER + "flow = pd.flow\n    flow.exit.$0",
        HEADER + "flow = pd.flow.exit()\n    flow.$0",
        HEADER + "inputs = pd.inputs\n    inputs.$0",
        "import pandas as pd\ndf = pd\ndf.$0\n\ndef handler(pd):\n    return 1\n",
        "import pandas as pd\n\ndef handler(pdm):\n    df = pd\n    df.$0\n",
        (
            "class Api:\n    def __init__(self, db):\n        self.db = db\n    def go(self):\n        self.db.$0\n\n"
            "def handler(pd):\n    Api(pd.inputs).go()"
        ),
    ],
)
def test_of_a_name_that_means_something_else_no_members_are_offered(text: str) -> None:
    clean, offset = marked(text)
    assert offered(samples.in_workflow(clean), offset).completions == ()


@pytest.mark.parametrize(
    ("line", "label", "result"),
    [
        ("pd.$0", "flow", "pd.flow"),
        ("pd.fl$0ow.exit()", "send", "pd.send.exit()"),
        ("return pd.flow.ex$0", "exit", "return pd.flow.exit"),
        ('x = "é😀"; pd.$0', "export", 'x = "é😀"; pd.export'),
        ("pd.respond({$0})", "status", 'pd.respond({"status"})'),
        ('pd.respond({"st$0"})', "status", 'pd.respond({"status"})'),
        ('pd.respond({"st$0": 200})', "status", 'pd.respond({"status": 200})'),
        ('pd.respond({"$0', "body", 'pd.respond({"body"'),
        ("pd.respond({'status': 1, '$0})", "body", "pd.respond({'status': 1, 'body'})"),
        (
            'pd.respond({\n        "status": 200,\n        "$0"\n    })',
            "body",
            'pd.respond({\n        "status": 200,\n        "body"\n    })',
        ),
        ("pd.send.email(su$0", "subject=", "pd.send.email(subject="),
        ("pd.send.email(su$0)", "subject=", "pd.send.email(subject=)"),
        ('pd.send.email(te$0xt="a")', "html=", 'pd.send.email(html="a")'),
        ('pd.send.email("a", $0)', "html=", 'pd.send.email("a", html=)'),
        ('pd.inputs["data_store"].set("a", 1, $0)', "ttl=", 'pd.inputs["data_store"].set("a", 1, ttl=)'),
    ],
)
def test_a_chosen_member_argument_or_key_leaves_right_text(line: str, label: str, result: str) -> None:
    check_chosen(line, label, result)


@pytest.mark.parametrize(
    ("line", "labels"),
    [
        ("pd.send.email($0)", ["subject=", "text=", "html="]),
        ('pd.send.email(text="a", $0)', ["subject=", "html="]),
        ('pd.send.email($0, text="a")', ["subject=", "html="]),
        ('pd.send.email("a", "b", h$0)', ["html="]),
        ("f(pd.send.email(x$0), 1)", ["subject=", "text=", "html="]),
        ("pd.send.email(\n        su$0\n    )", ["subject=", "text=", "html="]),
        ("send = pd.send\n    send.email(su$0)", ["subject=", "text=", "html="]),
        ("answer = pd.respond\n    answer({$0})", ANSWER),
        ("pd.send.email(subject=$0)", []),
        ('pd.send.email("$0")', []),
        ("pd.send.email(f($0))", []),
        ("pd.send.email([$0])", []),
        ("pd.send.email(x.$0)", []),
        ("pd.send.email(1 + $0)", []),
        ("other.email($0)", []),
        ("pd.flow.delay($0)", []),
        ("pd.respond({$0})", ANSWER),
        ('pd.respond({"status": 1, "$0"})', ["headers", "body", "immediate"]),
        ('pd.respond({"$0", "body": f({"x": 1})})', ["status", "headers", "immediate"]),
        ('pd.respond({"status": $0})', []),
        ('pd.respond({"body": {"$0"}})', []),
        ('pd.respond({"headers": h, "body": "$0"})', []),
        ('pd.respond(1, {"$0"})', []),
        ('f({"$0"})', []),
    ],
)
def test_arguments_and_keys_are_offered_where_they_can_begin(line: str, labels: list[str]) -> None:
    check_offered(line, labels)


@pytest.mark.parametrize(
    ("line", "call", "active"),
    [
        ("pd.flow.delay($0)", DELAY, 0),
        ("return pd.flow.delay(1000$0", DELAY, 0),
        ("pd.flow.delay(1, $0)", DELAY, None),
        ('pd.export("name", $0)', "pd.export(name, value)", 1),
        ('pd.export("na$0me")', "pd.export(name, value)", 0),
        ("pd.respond($0)", RESPOND, 0),
        ('pd.respond({"status": 1, "body": [1, $0]})', RESPOND, 0),
        ('pd.respond({"body": f"{x$0}"})', RESPOND, 0),
        ('pd.send.email(html="", subject=$0)', EMAIL, 0),
        ("pd.send.email(unknown=$0)", EMAIL, None),
        ("pd.flow.rerun(1, f(2, 3), $0)", PD_MEMBERS["flow.rerun"].call, 2),
        ('pd.inputs["data_store"].set("a", $0)', STORE_MEMBERS["set"].call, 1),
        ('store = pd.inputs["data_store"]\n    store.set_ttl("a", ttl=$0)', STORE_MEMBERS["set_ttl"].call, 1),
        ("flow = pd.flow\n    flow.delay($0", DELAY, 0),
        ("wait = pd.flow.delay\n    wait($0)", DELAY, 0),
        ("answer = pd.respond\n    answer({$0})", RESPOND, 0),
        ("wait = load\n    wait($0)", None, None),
        ("pd.flow.delay(1)$0", None, None),
        ("pd.flow.delay(f($0))", None, None),
        ("pd.flow($0)", None, None),
        ("pd.steps($0)", None, None),
        ("print($0)", None, None),
        ("x = ($0)", None, None),
        ("# pd.flow.delay($0", None, None),
        ("pd.flow.delay(\n    return $0", None, None),
        ("pd.flow.delay(1\n    x = f$0", None, None),
        ("pd.flow.delay(\n        # soon\n        ms=$0", DELAY, 0),
    ],
)
def test_the_call_at_the_caret_says_its_parameters(line: str, call: str | None, active: int | None) -> None:
    check_signature(line, call, active)


@pytest.mark.parametrize("line", ["pd.$0", "pd.send.email($0)", 'pd.respond({"$0"})', 'pd.inputs["data_store"].$0'])
def test_where_a_stub_tells_them_a_typed_server_has_the_word(line: str) -> None:
    check_offered(line, [], with_stub)
    check_signature(line, None, make=with_stub)


def test_a_type_of_the_persons_own_has_the_word_too() -> None:
    for annotation, labels in (('"pipedream"', ALL), ("pipedream", ALL), ("Step", []), ("typing.Any", [])):
        text, offset = marked(f"def handler(pd: {annotation}):\n    pd.$0\n")
        assert [one.label for one in offered(samples.snapshot(text), offset).completions] == labels, annotation


def test_keys_are_completed_beside_a_stub_as_without() -> None:
    check_offered('pd.inputs["$0"]', ["slack", "github_1", "data_store", "github"], with_stub)


def test_every_parameter_stands_in_the_call_that_it_belongs_to() -> None:
    for member in [*PD_MEMBERS.values(), *STORE_MEMBERS.values()]:
        inside = member.call.partition("(")[2].removesuffix(")")
        expected = [inside] if inside.startswith("{") else inside.split(", ") if inside else []
        assert [parameter.label for parameter in member.parameters] == expected


def test_an_item_of_the_list_shows_how_it_is_called() -> None:
    found = {one.label: one for one in offered(*marked_in_workflow("pd.flow.$0")).completions}
    assert (found["delay"].detail, found["delay"].says) == (DELAY, PD_MEMBERS["flow.delay"].says)


@pytest.mark.parametrize(
    "text", ["pd.", ".", "pd.flow.delay(", "((((", "{", "f({", "pd.respond({,", "x.y(a=,", "f'{pd.", "os.environ["]
)
def test_no_text_at_no_place_makes_it_fail(text: str) -> None:
    for around in (text, HEADER + text, HEADER + text + "\n    return 1\n"):
        for place in range(len(around) + 1):
            offered(samples.snapshot(around), Offset(place))
            signature(samples.snapshot(around), Offset(place))
            hover(samples.snapshot(around), Offset(place))
