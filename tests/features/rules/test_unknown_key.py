from dataclasses import replace

import pytest

from pd_lsp.model import Account, Accounts, App, AppSlug, AuthField
from tests import samples
from tests.checks import HEADER, check_fixed, check_rule

OPENAI = Accounts((Account("apn_openai1", samples.OPENAI, "Team"),), complete=True)


def check(body: str, places: list[str], accounts: Accounts = OPENAI) -> None:
    check_rule("unknown-key", HEADER + body + "\n", places, accounts=accounts)


@pytest.mark.parametrize(
    "body",
    [
        "return pd.inputs['openai']['$auth']['api_kye']",
        "auth = pd.inputs['openai']['$auth']\n    return f\"{auth['api_kye']}\"",
        "inputs = pd.inputs\n    app = inputs['openai']\n    return app['$auth']['api_kye']",
        "if (auth := pd.inputs['openai']['$auth']):\n        return auth['api_kye']",
        "return pd.inputs.get('openai', {})['$auth']['api_kye']",
        "def token():\n        return pd.inputs['openai']['$auth']['api_kye']",
    ],
)
def test_a_key_that_the_account_lacks_is_found_by_whatever_way_it_is_read(body: str) -> None:
    check(body, ["'api_kye'"])


def test_it_is_found_in_a_helper_and_in_a_class_that_take_pd() -> None:
    text = (
        "class Client:\n    def __init__(self, pd):\n        self.key = pd.inputs['openai']['$auth']['one']\n"
        "def read(pd):\n    return pd.inputs['openai']['$auth']['two']\n"
        "def handler(pd):\n    return read(pd)\n"
    )
    check_rule("unknown-key", text, ["'one'", "'two'"], accounts=OPENAI)


def test_the_nearest_key_is_written_in_the_quotes_that_stand_there() -> None:
    line = "print(pd.inputs['openai']['$auth']['{}'])\n"
    check_fixed(
        HEADER + line.format("api_kye"), "Change to 'api_key'", HEADER + line.format("api_key"), accounts=OPENAI
    )


@pytest.mark.parametrize(
    "body",
    [
        "pd.inputs['openai']['$auth']['api_key']",
        "pd.inputs['openai']['$auth'][name]",
        "pd.inputs['slack']['$auth']['xoxb']",
        "config['openai']['$auth']['api_kye']",
        "pd.inputs['openai']['api_kye']",
        "pd.inputs[app]['$auth']['api_kye']",
        "creds = pd.inputs['openai']['$auth']\n    creds.get('user') or creds.get('username')",
        "pd.inputs.get('openai', {}).get('$auth', {}).get('user')",
        "creds = pd.inputs['openai']['$auth']\n    if 'user' in creds:\n        print(creds['user'])",
        "creds = pd.inputs['openai']['$auth']\n    print(creds['user'] if 'user' in creds.keys() else 1)",
        "try:\n        pd.inputs['openai']['$auth']['user']\n    except KeyError:\n        raise Exception('Connect')",
        "try:\n        pd.inputs['openai']['$auth']['user']\n    except (KeyError, ValueError) as error:\n        pass",
        "try:\n        pd.inputs['openai']['$auth']['user']\n    except Exception:\n        pass",
        "try:\n        pd.inputs['openai']['$auth']['user']\n    except:\n        pass",
        "with contextlib.suppress(KeyError):\n        pd.inputs['openai']['$auth']['user']",
        "auth = pd.inputs['openai']['$auth']\n    auth = json.loads(text)\n    print(auth['user'])",
        "auth = pd.inputs['openai']['$auth']\n    for auth in people:\n        print(auth['user'])",
        "safe_get(pd.inputs, ['openai', '$auth', 'user'])",
        "def read(pd):\n        return 1\n    pd = {'inputs': {}}\n    pd.inputs['openai']['$auth']['user']",
    ],
)
def test_a_key_that_may_be_there_is_left_alone(body: str) -> None:
    check(body, [])


def test_a_name_that_another_function_gives_a_meaning_is_left_alone() -> None:
    text = (
        "def one(pd):\n    auth = pd.inputs['openai']['$auth']\n    return auth['api_key']\n"
        "def two(auth):\n    return auth['user']\n"
        "def handler(pd):\n    return two({'user': one(pd)})\n"
    )
    check_rule("unknown-key", text, [], accounts=OPENAI)


def test_nothing_is_said_as_long_as_not_all_keys_are_known() -> None:
    app = App(AppSlug("openai"), "OpenAI", (AuthField("api_key"),), complete=False)
    check("pd.inputs['openai']['$auth']['x']", [], Accounts((replace(OPENAI.accounts[0], app=app),), complete=True))


def test_a_comment_switches_it_off_for_its_line() -> None:
    check("pd.inputs['openai']['$auth']['api_kye']  # pd: ignore[unknown-key]", [])


def test_a_function_that_takes_something_else_is_no_step() -> None:
    text = "def handler(event, context):\n    return pd.inputs['openai']['$auth']['x']\n"
    check_rule("unknown-key", text, [], accounts=OPENAI)
