"""What a key is read of, by whatever names the code has for it: the way from `pd` to the caret."""

import pytest

from pd_lsp.syntax.pd_path import pd_path_at
from pd_lsp.syntax.tree import parse
from tests.checks import HEADER
from tests.marker import MARKER, marked

AUTH = "inputs slack $auth"


def check_read_of(text: str, path: str | None) -> None:
    """The key at `$0` is one of this part of `pd`."""
    text, offset = marked(text)
    found = pd_path_at(parse(text), offset)
    assert (found and " ".join((found.member, *found.keys))) == path


def half_typed(text: str, behind: str) -> str:
    """`text` with something else behind the caret than the end of the key."""
    return text.replace(f'{MARKER}"]', MARKER + behind)


CHAINS = {
    "an item by its number": ('x = pd.steps["f"]["items"][0]["$0"]', "steps f items 0"),
    "an item from the end": ('x = pd.steps["f"]["items"][-1]["$0"]', "steps f items -1"),
    "over lines that a backslash continues": ('x = pd.inputs["slack"] \\\n        ["$auth"]["$0"]', AUTH),
    "with a comment in its midst": ('x = (pd.inputs["slack"]  # the team\'s\n        ["$auth"]["$0"])', AUTH),
    "a constant as a key": ('KEY = "slack"\n    x = pd.inputs[KEY]["$auth"]["$0"]', AUTH),
    "a constant in .get": ('KEY = "slack"\n    x = pd.inputs.get(KEY, {}).get("$auth")["$0"]', AUTH),
    "a choice in brackets": ('x = (other if c else pd.inputs["slack"]["$auth"])["$0"]', AUTH),
    "a walrus in an f-string": ('f\'{(auth := pd.inputs["slack"]["$auth"])["$0"]}\'', AUTH),
    "a dictionary right there": ('x = {"a": pd.inputs["slack"]["$auth"]}["a"]["$0"]', AUTH),
}
NAMES = {
    "an assignment": ('auth = pd.inputs["slack"]["$auth"]\n    auth["$0"]', AUTH),
    "an annotated assignment": ('auth: dict = pd.inputs["slack"]["$auth"]\n    auth["$0"]', AUTH),
    "a walrus": ('if auth := pd.inputs["slack"]["$auth"]:\n        auth["$0"]', AUTH),
    "a tuple": ('a, b = pd.inputs["slack"], pd.inputs["github"]\n    b["$0"]', "inputs github"),
    "a list": ('[a, b] = [pd.inputs["slack"], pd.inputs["github"]]\n    a["$0"]', "inputs slack"),
    "two names at once": ('a = b = pd.inputs["slack"]["$auth"]\n    a["$0"]', AUTH),
    "with": ('with pd.inputs["slack"]["$auth"] as auth:\n        auth["$0"]', AUTH),
    "with nullcontext": ('with nullcontext(pd.inputs["slack"]["$auth"]) as auth:\n        auth["$0"]', AUTH),
    "a default of a parameter": ('def f(auth=pd.inputs["slack"]["$auth"]):\n        return auth["$0"]', AUTH),
    "a default of a lambda": ('f = lambda auth=pd.inputs["slack"]["$auth"]: auth["$0"]', AUTH),
    "a dictionary of accounts": ('all = {"s": pd.inputs["slack"]}\n    all["s"]["$auth"]["$0"]', AUTH),
    "its values": ('all = {"s": pd.inputs["slack"]}\n    for app in all.values():\n        app["$0"]', "inputs slack"),
    "its items": ('all = {"s": pd.inputs["x"]}\n    for name, app in all.items():\n        app["$0"]', "inputs x"),
    "a loop": ('for app in (pd.inputs["slack"], pd.inputs["x"]):\n        app["$0"]', "inputs slack"),
    "a loop that counts": ('for n, app in enumerate([pd.inputs["slack"]]):\n        app["$0"]', "inputs slack"),
    "a loop over what a step gave": ('for item in pd.steps["f"]["list"]:\n        item["$0"]', "steps f list 0"),
    "a comprehension": ('x = [app["$0"] for app in (pd.inputs["slack"], 1)]', "inputs slack"),
    "a comprehension of a dictionary": ('x = {app["$0"]: 1 for app in [pd.inputs["slack"]]}', "inputs slack"),
    "match": ('match pd.steps["f"]:\n        case found:\n            found["$0"]', "steps f"),
    "match with as": ('match pd.steps["f"]:\n        case {} as found:\n            found["$0"]', "steps f"),
    "match with a key": ('match pd.steps["f"]:\n        case {"a": found}:\n            found["$0"]', "steps f a"),
    "the first of a choice": ('app = pd.inputs["slack"] if c else None\n    app["$0"]', "inputs slack"),
    "the second of a choice": ('app = None if c else pd.inputs["slack"]\n    app["$0"]', "inputs slack"),
    "the nearer of two branches": (
        'if c:\n        app = pd.inputs["x"]\n    else:\n        app = pd.inputs["slack"]\n    app["$0"]',
        "inputs slack",
    ),
    "the branch that tells something": (
        'if c:\n        app = pd.inputs["slack"]\n    else:\n        app = load()\n    app["$0"]',
        "inputs slack",
    ),
    "before an exception": (
        'try:\n        app = pd.inputs["slack"]\n    except KeyError:\n        app = None\n    app["$0"]',
        "inputs slack",
    ),
    "a copy": ('auth = dict(pd.inputs["slack"]["$auth"])\n    auth["$0"]', AUTH),
    "getattr": ('inputs = getattr(pd, "inputs", {})\n    inputs["slack"]["$0"]', "inputs slack"),
    "a closure": ('auth = pd.inputs["slack"]["$auth"]\n    def inner():\n        return auth["$0"]', AUTH),
    "a closure above its value": (
        'def inner():\n        return auth["$0"]\n    auth = pd.inputs["slack"]["$auth"]',
        AUTH,
    ),
    "another name of pd": ('p = pd\n    p.inputs["slack"]["$0"]', "inputs slack"),
    "another name of pd.steps": ('steps = pd.steps\n    steps["f"]["$0"]', "steps f"),
    "the argument of a lambda": ('f = lambda auth: auth["$0"]\n    f(pd.inputs["slack"]["$auth"])', AUTH),
    "what a lambda gives": ('app = lambda name: pd.inputs[name]\n    app("slack")["$0"]', "inputs slack"),
    "what a function in the handler gives": (
        'def auth():\n        return pd.inputs["slack"]["$auth"]\n    auth()["$0"]',
        AUTH,
    ),
}
SURVEY = {
    "2: the full chain": ('x = pd.inputs["acme"]["$auth"]["$0"]', "inputs acme $auth"),
    "2: an f-string that holds nothing else": ('x = f\'{pd.inputs["acme"]["$auth"]["$0"]}\'', "inputs acme $auth"),
    "2: an f-string with text around": ('x = f\'Bearer {pd.inputs["acme"]["$auth"]["$0"]}\'', "inputs acme $auth"),
    "2: an alias of $auth": ('creds = pd.inputs["acme"]["$auth"]\n    k = creds["$0"]', "inputs acme $auth"),
    "2: an alias of the app": (
        'app = pd.inputs.get("acme") or {}\n    app.get("$auth", {}).get("$0")',
        "inputs acme $auth",
    ),
    "2: a chain of .get": ('pd.inputs.get("acme", {}).get("$auth", {}).get("$0")', "inputs acme $auth"),
    "2: an alternative key": (
        'creds = pd.inputs["acme"]["$auth"]\n    creds.get("username") or creds.get("$0")',
        "inputs acme $auth",
    ),
    "2: the account if connected, else the environment": (
        'x = pd.inputs["acme"]["$auth"]["$0"] if "acme" in pd.inputs else os.environ["KEY"]',
        "inputs acme $auth",
    ),
    "2: a computed name of an app": (
        'name = next((k for k in pd.inputs if "acme" in k.casefold()), None)\n    pd.inputs[name]["$0"]',
        None,
    ),
    "2: a list of keys for a helper": ('safe_get(pd.inputs, ["acme", "$auth", "$0"])', None),
    "2: try with KeyError": (
        'try:\n        x = pd.inputs["acme"]["$auth"]["$0"]\n    except KeyError:\n        raise',
        "inputs acme $auth",
    ),
    "2: behind a test of membership": ('if "acme" in pd.inputs:\n        pd.inputs["acme"]["$0"]', "inputs acme"),
    "2: handed to a client": ('c = Client(token=pd.inputs["acme"]["$auth"]["$0"])', "inputs acme $auth"),
    "2: handed to a helper": ('h = headers(pd.inputs["acme"]["$auth"]["$0"])', "inputs acme $auth"),
    "2: a loop over all inputs": ('for key in pd.inputs:\n        key["$0"]', None),
    "2: unpacked": ('auth = {**pd.inputs["acme"]["$auth"]}\n    auth["$0"]', None),
    "2: a header directly": ('h = {"X": pd.inputs["acme"]["$auth"]["$0"]}', "inputs acme $auth"),
    "2: in a URL": ("u = f\"https://{pd.inputs['acme']['$auth']['$0']}.example.com\"", "inputs acme $auth"),
    "2: quotes of both kinds": ('x = pd.inputs["acme"]["$auth"][\'$0\']', "inputs acme $auth"),
    "2: a plain prop": ('x = pd.inputs.get("$0", "none")', "inputs"),
    "3: the event": ('x = pd.steps["trigger"]["event"]["$0"]', "steps trigger event"),
    "3: the body": ('x = pd.steps["trigger"]["event"]["body"]["$0"]', "steps trigger event body"),
    "3: the context": ('x = pd.steps["trigger"]["context"]["$0"]', "steps trigger context"),
    "3: a return value": ('x = pd.steps["fetch"]["$return_value"]["$0"]', "steps fetch $return_value"),
    "3: a named export": ('x = pd.steps["fetch"]["$0"]', "steps fetch"),
    "3: a whole step": ('s = pd.steps["fetch"]\n    s["$0"]', "steps fetch"),
    "3: .get in the chain": ('x = pd.steps.get("fetch", {})["$return_value"].get("$0")', "steps fetch $return_value"),
    "3: membership": ('"$return_value" in pd.steps["$0"]', "steps"),
    "3: a computed step": ('STEP = "fetch"\n    x = pd.steps[STEP]["$0"]', "steps fetch"),
    "3: attribute style": ('x = pd.steps.fetch["$0"]', None),
    "3: an alias of the event": ('event = pd.steps["trigger"]["event"]\n    event["$0"]', "steps trigger event"),
    "3: an alias of the body": (
        'body = pd.steps["trigger"]["event"].get("body", {})\n    body.get("$0", "")',
        "steps trigger event body",
    ),
    "3: the trigger handed whole to a helper": (
        'def of(trigger):\n        return trigger["$0"]\n    of(pd.steps["trigger"])',
        "steps trigger",
    ),
    "3: an item of a list in the event": (
        'e = pd.steps["trigger"]["event"]\n    e["a"][0]["$0"]',
        "steps trigger event a 0",
    ),
    "6: all of the steps printed": ('print(pd.steps["$0"])', "steps"),
    "6: a secret in a URL": ("get(f\"https://x/?key={pd.inputs['acme']['$auth']['$0']}\")", "inputs acme $auth"),
    "6: a member that there is not": ('pd.secrets["$0"]', None),
    "6: statements with semicolons": ('x = 1; y = pd.inputs["acme"]["$0"];', "inputs acme"),
}


@pytest.mark.parametrize(("line", "path"), CHAINS.values(), ids=CHAINS)
def test_a_chain_is_read_with(line: str, path: str) -> None:
    check_read_of(f"{HEADER}{line}\n", path)


@pytest.mark.parametrize(("line", "path"), NAMES.values(), ids=NAMES)
def test_a_name_is_followed_through(line: str, path: str) -> None:
    check_read_of(f"{HEADER}{line}\n", path)


@pytest.mark.parametrize("behind", ["", '"', "]", ' + f("x")', '"]\n\n    x = (1\n'])
@pytest.mark.parametrize(("line", "path"), [known for known in NAMES.values() if known[0].endswith(f'{MARKER}"]')])
def test_a_name_is_followed_from_a_half_typed_key_through(line: str, path: str, behind: str) -> None:
    check_read_of(HEADER + half_typed(line, behind), path)


@pytest.mark.parametrize(("line", "path"), SURVEY.values(), ids=SURVEY)
def test_what_people_write_is_read_as_of_section(line: str, path: str | None) -> None:
    check_read_of(f"{HEADER}{line}\n", path)


TEXTS = {
    "the argument of a helper above": (
        """\
def token(auth):
    return auth["$0"]

def handler(pd):
    token(pd.inputs["slack"]["$auth"])
""",
        AUTH,
    ),
    "an argument by name of a helper below": (
        """\
def handler(pd):
    token(1, auth=pd.inputs["slack"]["$auth"])

def token(x, auth):
    auth["$0"]
""",
        AUTH,
    ),
    "a helper that is half typed in an f-string": (
        """\
def handler(pd):
    token(pd.inputs["slack"]["$auth"])

def token(auth):
    return f'{auth["$0
""",
        AUTH,
    ),
    "the first call that tells something": (
        """\
def token(a):
    a["$0"]

def handler(pd):
    token(x)
    token(pd.inputs["a"])
    token(pd.inputs["b"])
""",
        "inputs a",
    ),
    "a default, and not its own calls": (
        """\
def f(auth=PD.inputs["slack"]["$auth"]):
    f(auth["$0"])

def handler(PD):
    f()
""",
        AUTH,
    ),
    "what a helper gives": (
        """\
def slack(pd):
    return pd.inputs["slack"]

def handler(pd):
    slack(pd)["$auth"]["$0"]
""",
        AUTH,
    ),
    "what a helper gives, half typed": (
        """\
def slack(pd):
    return pd.inputs["slack"]

def handler(pd):
    x = slack(pd)["$auth"]["$0
""",
        AUTH,
    ),
    "what a helper makes of its arguments": (
        """\
def app(p, name):
    return p.inputs[name]

def handler(pdm):
    app(pdm, "other")
    app(pdm, "slack")["$auth"]["$0"]
""",
        AUTH,
    ),
    "a default of a helper": (
        """\
def app(pd, name="slack"):
    return pd.inputs[name]

def handler(pd):
    app(pd)["$0"]
""",
        "inputs slack",
    ),
    "pd.inputs under the name pd": (
        """\
def go(pd):
    return pd["slack"]["$auth"]["$0"]

def handler(pd):
    go(pd.inputs)
""",
        AUTH,
    ),
    "an attribute that __init__ sets": (
        """\
class Api:
    def __init__(self, pd):
        self.auth = pd.inputs["slack"]["$auth"]

    def call(self):
        return self.auth["$0"]
""",
        AUTH,
    ),
    "the same in a half-typed method": (
        """\
class Api:
    def __init__(self, pd):
        self.auth = pd.inputs["slack"]["$auth"]

    def call(self):
        return self.auth["$0

    def more(self):
        pass
""",
        AUTH,
    ),
    "pd that an instance keeps": (
        """\
class Api:
    def __init__(self, p):
        self.pd = p

    def call(self):
        self.pd.inputs["slack"]["$0"]

def handler(pdm):
    Api(pdm).call()
""",
        "inputs slack",
    ),
    "an attribute of an instance": (
        """\
class Api:
    def __init__(self, p):
        self.a, self.b = 1, p.inputs['slack']

def handler(pdm):
    api = Api(pdm)
    api.b["$0"]
""",
        "inputs slack",
    ),
    "a property": (
        """\
class Api:
    def __init__(self, p):
        self.p = p
    @property
    def auth(self):
        return self.p.inputs["slack"]

def handler(pd):
    Api(pd).auth["$0"]
""",
        "inputs slack",
    ),
    "what a method gives": (
        """\
class Api:
    def __init__(self, p):
        self.p = p
    def app(self, name):
        return self.p.inputs[name]

def handler(pd):
    Api(pd).app("slack")["$0"]
""",
        "inputs slack",
    ),
    "the argument of a method": (
        """\
class Api:
    def send(self, auth):
        auth["$0"]

def handler(pd):
    Api().send(pd.inputs["a"])
""",
        "inputs a",
    ),
    "what the class above it keeps": (
        """\
class Base:
    def __init__(self, p):
        self.p = p
class Api(Base):
    pass

def handler(pd):
    Api(pd).p.inputs["$0"]
""",
        "inputs",
    ),
    "an attribute of a class": (
        """\
class Api:
    auth = {"a": 1}
    all = {"s": PD.inputs["slack"]}

def handler(PD):
    Api().all["s"]["$0"]
""",
        "inputs slack",
    ),
    "a constant of the module": (
        """\
K = "slack"
def handler(pd):
    pd.inputs[K]["$0"]
""",
        "inputs slack",
    ),
    "a constant below": (
        """\
def handler(pd):
    pd.inputs[K]["$0"]

K = "slack"
""",
        "inputs slack",
    ),
    "any name of the parameter": (
        """\
@trace
async def handler(pipedream):
    pipedream.inputs["$0"]
""",
        "inputs",
    ),
    "another name of that": (
        """\
def handler(pipedream):
    pd = pipedream
    pd.inputs["$0"]
""",
        "inputs",
    ),
    "pd beside a pandas of the same name": (
        """\
import pandas as pd
def handler(pd):
    pd.inputs["$0"]
""",
        "inputs",
    ),
}
OTHERS = {
    "pandas": 'import pandas as pd\ndef handler(pdm):\n    pd.inputs["$0"]\n',
    "a name that is rebound": 'def handler(pd):\n    a = pd.inputs["a"]\n    a = load()\n    a["$0"]\n',
    "a parameter of the same name": 'def handler(pd):\n    a = pd.inputs["a"]\n    def f(a):\n        return a["$0"]\n',
    "a parameter of a half-typed function": 'a = pd.inputs["a"]\ndef f(a):\n    return a["$0',
    "a name of another function": 'def f(pd):\n    a = pd.inputs["a"]\n\ndef handler(pd):\n    a["$0"]\n',
    "a name of a class": 'class A:\n    a = pd.inputs["a"]\n    def f(self):\n        a["$0"]\n',
    "an import": 'from x import a\ndef handler(pd):\n    a["$0"]\n    pd.inputs["a"]\n',
    "a loop that goes elsewhere": 'def handler(pd):\n    a = pd.inputs["a"]\n    for a in b:\n        a["$0"]\n',
    "what a call of something else gives": 'def handler(pd):\n    load(pd.inputs["a"])["$0"]\n',
    "a function that calls itself": 'def f(a):\n    return f(a["x"])\n\ndef handler(pd):\n    pd.inputs; f(1)["$0"]\n',
    "names that are each other": 'def handler(pd):\n    a = b\n    b = a\n    pd.inputs; a["$0"]\n',
    "a name for two apps at once": 'def handler(pd):\n    pd.inputs[name]["$0"]\n',
}


@pytest.mark.parametrize(("text", "path"), TEXTS.values(), ids=TEXTS)
def test_a_text_is_followed_through(text: str, path: str | None) -> None:
    check_read_of(text, path)


@pytest.mark.parametrize("behind", ["]", ' + f("x")', '"}'])
@pytest.mark.parametrize(("text", "path"), TEXTS.values(), ids=TEXTS)
def test_a_text_is_followed_from_a_half_typed_key_through(text: str, path: str, behind: str) -> None:
    check_read_of(half_typed(text, behind), path)


@pytest.mark.parametrize("behind", ["", '"'])
def test_a_helper_that_is_half_typed_has_the_arguments_of_the_calls_below(behind: str) -> None:
    text, path = TEXTS["the argument of a helper above"]
    check_read_of(half_typed(text, behind), path)


@pytest.mark.parametrize("behind", ['"]', "", '"', ' + f("x")', '"]\n    x = (1\n'])
@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS)
def test_nothing_of_pd_is(text: str, behind: str) -> None:
    check_read_of(half_typed(text, behind), None)
