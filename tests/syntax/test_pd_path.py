"""What a key is read of, by whatever names the code has for it: the way from `pd` to the caret."""

import pytest

from pd_lsp.syntax.pd_path import pd_path_at
from pd_lsp.syntax.tree import parse
from tests.checks import HEADER
from tests.marker import MARKER, marked
from tests.syntax.read_shapes import CHAINS, NAMES, OTHERS, TEXTS


def check_read_of(text: str, path: str | None) -> None:
    """The key at `$0` is one of this part of `pd`."""
    text, offset = marked(text)
    found = pd_path_at(parse(text), offset)
    assert (found and " ".join((found.member, *found.keys))) == path


def half_typed(text: str, behind: str) -> str:
    """`text` with something else behind the caret than the end of the key."""
    return text.replace(f'{MARKER}"]', MARKER + behind)


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


@pytest.mark.parametrize(("line", "path"), SURVEY.values(), ids=SURVEY)
def test_what_people_write_is_read_as_of_section(line: str, path: str | None) -> None:
    check_read_of(f"{HEADER}{line}\n", path)


@pytest.mark.parametrize(("text", "path"), TEXTS.values(), ids=TEXTS)
def test_a_text_is_followed_through(text: str, path: str | None) -> None:
    check_read_of(text, path)


@pytest.mark.parametrize("behind", ['"]', "", '"', ' + f("x")', '"]\n    x = (1\n'])
@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS)
def test_nothing_of_pd_is(text: str, behind: str) -> None:
    check_read_of(half_typed(text, behind), None)
