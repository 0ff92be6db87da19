"""The mistakes that people make (docs/platform.md, section 11.6): what is said of each, and what is not."""

from dataclasses import replace

import pytest

from pd_lsp.model import Account, Accounts
from pd_lsp.syntax.snapshot import Snapshot
from tests import samples
from tests.checks import HEADER, check_diagnostics
from tests.features.rules.test_secret_in_code import TOKENS
from tests.features.survey_rows import check_every_row_has_a_case, named

OPENAI = Account("apn_openai2", samples.OPENAI, "Team")
ACCOUNTS = Accounts((samples.TEAM_SLACK, OPENAI), complete=True)
FLOW = replace(samples.WORKFLOW, time_limit=30.0)
ASKED_FOR = {"no-timeout": "hint", "event-printed": "hint"}


def lone(text: str) -> Snapshot:
    """A step without a workflow, of somebody who has connected Slack and OpenAI; the rules that are off stay off."""
    return samples.snapshot(text, accounts=ACCOUNTS)


def strict(text: str) -> Snapshot:
    """The same of somebody who has asked for those rules too."""
    return samples.snapshot(text, accounts=ACCOUNTS, levels=ASKED_FOR)


def in_flow(text: str) -> Snapshot:
    """The step of a workflow that is stopped after half a minute."""
    return samples.snapshot(text, accounts=ACCOUNTS, workflow=FLOW, step=samples.POST)


SLACK = 'pd.inputs["slack"]["$auth"]["oauth_access_token"]'
TOKEN = f"token = {SLACK}\n    "
BODY = 'body = pd.steps["trigger"]["event"]["body"]\n    '
REQUESTS = "import requests\n\n\n" + HEADER
GET = "r = requests.get('https://shop.example/orders', timeout=9)\n    "
BOT_TOKEN, WEBHOOK, BOT, API_KEY = TOKENS[0], TOKENS[2], TOKENS[4], TOKENS[9]
SECOND = "\n\n\n" + HEADER + "return 2\n"

FOUND = [
    ("a secret in the code: of a messenger", HEADER + f"token = '{BOT_TOKEN}'\n    return len(token)\n",
     [("secret-in-code", BOT_TOKEN)]),
    ("a secret in the code: an API key", f"KEY = '{API_KEY}'\n\n\n{HEADER}return len(KEY)\n",
     [("secret-in-code", API_KEY)]),
    ("a secret in the code: a bot's, in a comment", f"# {BOT}\n{HEADER}return 1\n", [("secret-in-code", BOT)]),
    ("a secret in the code: a webhook", REQUESTS + f"requests.post('{WEBHOOK}', json={{}}, timeout=9)\n",
     [("secret-in-code", WEBHOOK)]),
    ("a secret printed: a token", HEADER + TOKEN + "print(f'using {token}')\n", [("secret-printed", "token")]),
    ("a secret printed: a client's secret", "import os\n\n\n" + HEADER + "print(os.environ['SHOP_CLIENT_SECRET'])\n",
     [("secret-printed", "os.environ['SHOP_CLIENT_SECRET']")]),
    ("a secret printed: a refresh token", HEADER + "auth = pd.inputs['slack']['$auth']\n"
     "    print('refresh', auth['oauth_refresh_token'])\n", [("secret-printed", "auth['oauth_refresh_token']")]),
    ("a secret returned or exported: a token", HEADER + TOKEN + "return {'token': token}\n",
     [("secret-passed-on", "token")]),
    ("a secret returned or exported: an API key", HEADER +
     "pd.export('key', pd.inputs['openai']['$auth']['api_key'])\n",
     [("secret-passed-on", "pd.inputs['openai']['$auth']['api_key']")]),
    ("a secret returned or exported: a client's secret", "import os\n\n\n" + HEADER +
     "return {'secret': os.environ['SHOP_CLIENT_SECRET']}\n",
     [("secret-passed-on", "os.environ['SHOP_CLIENT_SECRET']")]),
    ("a secret returned or exported: a header", HEADER + TOKEN + "headers = {'Authorization': f'Bearer {token}'}\n"
     "    return headers\n", [("secret-passed-on", "headers")]),
    ("a secret in a query", REQUESTS + TOKEN +
     "return requests.get('https://slack.com/api/me', params={'token': token}, timeout=9).json()\n",
     [("secret-in-url", "token")]),
    ("a secret in a query: in an f-string", REQUESTS + TOKEN +
     "return requests.get(f'https://slack.com/api/me?token={token}', timeout=9).json()\n",
     [("secret-in-url", "token")]),
    ("a key that the account does not have", HEADER + "return len(pd.inputs['openai']['$auth']['api_keyy'])\n",
     [("unknown-key", "'api_keyy'")]),
    ("pd.flow.exit without return: a signature", HEADER + BODY + "if body['signed'] != sign(body):\n"
     "        pd.flow.exit('not ours')\n    return {'order': body['order']}\n",
     [("exit-without-return", "pd.flow.exit('not ours')")]),
    ("pd.flow.exit without return: an upload", HEADER + BODY + "url = body.get('raw_body_url')\n    if not url:\n"
     "        pd.flow.exit('no file')\n    return fetch(url)\n", [("exit-without-return", "pd.flow.exit('no file')")]),
    ("pd.flow.exit without return: a download", REQUESTS + GET + "if r.status_code != 200:\n"
     "        pd.flow.exit('no orders')\n    orders = r.json()\n    return orders['rows']\n",
     [("exit-without-return", "pd.flow.exit('no orders')")]),
    ("members that do not exist: pd.data_store", HEADER + "pd.data_store.set('seen', 1)\n",
     [("unknown-member", "data_store")]),
    ("members that do not exist: pd.secrets", HEADER + "key = pd.secrets['SHOP_KEY']\n",
     [("unknown-member", "secrets")]),
    ("members that do not exist: pd.flow.set", HEADER + "pd.flow.set('page', 2)\n", [("unknown-member", "set")]),
    ("members that do not exist: pd.flow.get", HEADER + "page = pd.flow.get('page')\n", [("unknown-member", "get")]),
    ("members that do not exist: pd.get", HEADER + "page = pd.get('page')\n", [("unknown-member", "get")]),
    ("members that do not exist: pd.inputs['env']", HEADER + "key = pd.inputs['env']['SHOP_KEY']\n",
     [("env-in-inputs", "'env'")]),
    ("attributes on pd.steps", HEADER + "rows = pd.steps.fetch\n", [("step-attribute", "fetch")]),
    ("attributes on pd.steps or on an event: an event", HEADER + "event = pd.steps['trigger']['event']\n"
     "    return event.body\n", [("step-attribute", "body")]),
    ("more parameters than pd", 'def handler(pd: "pipedream", steps):\n    return steps["trigger"]\n',
     [("handler-parameters", "steps")]),
    ("several handlers: two", HEADER + "return 1" + SECOND, [("two-handlers", "handler")]),
    ("several handlers: three", HEADER + "return 1" + SECOND + SECOND,
     [("two-handlers", "handler"), ("two-handlers", "handler")]),
    ("a handler imported", f"from shop import handler\n\n\n{HEADER}return handler(pd)\n",
     [("imported-handler", "handler")]),
    ("a handler that yields", HEADER + BODY + "for row in body['rows']:\n        yield row\n",
     [("generator-handler", "yield row")]),
    ("a value that is no JSON: a set", HEADER + BODY + "return {row['sku'] for row in body['rows']}\n",
     [("not-json", "{row['sku'] for row in body['rows']}")]),
    ("pd used at module level", f"body = pd.steps['trigger']['event']\n\n\n{HEADER}return body\n",
     [("pd-outside-handler", "pd")]),
    ("import pandas as pd", "import pandas as pd\n\n\n" + HEADER + "return pd.DataFrame([1]).to_dict()\n",
     [("pandas-as-pd", "pd.DataFrame")]),
    ("raise_for_status not called", REQUESTS + GET + "r.raise_for_status\n    return r.json()\n",
     [("raise-for-status", "r.raise_for_status")]),
    ("JavaScript's semicolons: console.log", HEADER + "console.log('here');\n    return 1;\n",
     [("console-log", "console.log")]),
    ("pip install from code", "import os\n\n\n" + HEADER + "os.system('pip install shop-client')\n",
     [("pip-install", "os.system('pip install shop-client')")]),
    ("a malformed add-package comment", f"# pipedream add-package pip install shop-client\n{HEADER}return 1\n",
     [("add-package-form", "pip install shop-client")]),
    ("a malformed add-package comment: import pipedream", f"import pipedream\n\n\n{HEADER}return 1\n",
     [("import-pipedream", "import pipedream")]),
    ("verify=False", REQUESTS + "return requests.get('https://shop.example', timeout=9, verify=False).json()\n",
     [("verify-false", "verify=False")]),
    ("input()", HEADER + "return input('Which order? ')\n", [("input-call", "input('Which order? ')")]),
]  # fmt: skip
"""By words of its row: a step, and what is said of it: the rule, and where."""
ASKED = [
    ("a request without a time-out", REQUESTS + "return requests.get('https://shop.example/orders').json()\n",
     [("no-timeout", "requests.get")]),
    ("the whole event: the event", HEADER + 'print(pd.steps["trigger"]["event"])\n',
     [("event-printed", 'pd.steps["trigger"]["event"]')]),
    ("the whole event: in an f-string", HEADER + "event = pd.steps['trigger']['event']\n    print(f'came: {event}')\n",
     [("event-printed", "event")]),
    ("or all of pd.steps", HEADER + "print('given', pd.steps)\n", [("event-printed", "pd.steps")]),
]  # fmt: skip
"""The same of rules that are off until somebody asks for them, because so many steps that work are so."""
OF_A_WORKFLOW = [
    ("a key that the account does not have: of an app that the step lacks", HEADER +
     "return len(pd.inputs['calendar']['$auth']['oauth_access_token'])\n", [("app-not-of-step", "'calendar'")]),
    ("a step's name that the workflow does not have", HEADER + "return pd.steps['fetch_old']['$return_value']\n",
     [("unknown-step", "'fetch_old'")]),
    ("polling without end, a minute's sleep: a sleep past the limit", "import time\n\n\n" + HEADER +
     "time.sleep(60)\n    return 1\n", [("sleep-past-limit", "time.sleep(60)")]),
]  # fmt: skip
"""The same of what only a workflow.yaml tells."""
SILENT = [
    # a place for a secret is not one, and what stands in it is anybody's guess
    ("a place to paste a secret into: a sentence", f'KEY = "your key here"\n\n\n{HEADER}return len(KEY)\n'),
    ("a place to paste a secret into: empty", f'KEY = ""\n\n\n{HEADER}return len(KEY)\n'),
    ("a place to paste a secret into: xxx", f'KEY = "xxx"\n\n\n{HEADER}return len(KEY)\n'),
    # what does not parse is said by every Python server
    ("a place to paste a secret into: left out", f"KEY = \n\n\n{HEADER}return len(KEY)\n"),
    ("does not parse: a bracket too many", HEADER + "rows = [1, 2]]\n    return rows\n"),
    ("does not parse: pasted into another program", "class Shop:\n    def one(self):\n" + HEADER + "return 1\n"),
    ("does not parse: tabs and blanks", HEADER + "rows = []\n\tif rows:\n        return rows\n"),
    ("apart from 3.12's f-strings", HEADER + 'return f"{pd.steps["fetch"]["$return_value"]["id"]}"\n'),
    # a few letters of a token identify the account and give nobody access
    ("a secret printed: a part of it", HEADER + TOKEN + "print(token[:6])\n"),
    # a code from a sign-in is worth nothing a minute later, and nothing tells it from other values of a query
    ("a secret returned or exported: a code", HEADER +
     "return {'code': pd.steps['trigger']['event']['query']['code']}\n"),
    # some services take their key in the query and nowhere else
    ("a secret in a query: where nobody knows a header", REQUESTS +
     "key = pd.inputs['openai']['$auth']['api_key']\n"
     "    return requests.get('https://shop.example', params={'key': key}, timeout=9).json()\n"),
    # a prop may have any name, and the platform may know keys that nobody has listed
    ("a key that the account does not have: of a name that is no app's", HEADER +
     "return len(pd.inputs['openai_api_key']['$auth']['api_key'])\n"),
    ("a key that the account does not have: of an account whose keys are not all known", HEADER +
     "return len(pd.inputs['slack']['$auth']['oauth_acess_token'])\n"),
    ("pd.flow.exit without return: with one below it", HEADER + BODY + "if not body:\n"
     "        pd.flow.exit('nothing came')\n        return\n    return body['order']\n"),
    # a handler with further keywords can be called with pd alone
    ("more parameters than pd: keywords", 'def handler(pd: "pipedream", **kwargs):\n    return 1\n'),
    # what a library's function gives is not known without types
    ("a value that is no JSON: an SDK's object", HEADER + "return ShopClient().order(1)\n"),
    # it is passed on as a list
    ("a value that is no JSON: a tuple", HEADER + "return 1, 'two'\n"),
    ("import pandas as pd: the parameter renamed", "import pandas as pd\n\n\n" + HEADER.replace("pd:", "pdm:") +
     "return pd.DataFrame(pdm.steps['fetch']).to_dict()\n"),
    # whether a name is defined is for a Python server to say, which knows of builtins and star imports
    ("a name that is not defined: a module", HEADER + "return sys.version\n"),
    ("a name that is not defined: an exception", HEADER + "try:\n        return ask()\n    except ShopError:\n"
     "        return None\n"),
    ("a name that is not defined: the event", HEADER + "return event['body']\n"),
    # a step may be there for its effect
    ("a result that is worked out and not returned", HEADER + BODY +
     "total = sum(row['price'] for row in body['rows'])\n"),
    # Python allows them, and a formatter takes them out
    ("JavaScript's semicolons", HEADER + "rows = [1, 2];\n    return rows;\n"),
    # whether a module can be imported is known to the interpreter alone
    ("a module of Python 2", f"import urlparse\n\n\n{HEADER}return urlparse.urlparse('x').netloc\n"),
    # how long a loop runs, nobody can tell
    ("polling without end", REQUESTS + "while True:\n        " + GET + "    if r.ok:\n            return r.json()\n"),
    # most workflows may take longer
    ("a minute's sleep", "import time\n\n\n" + HEADER + "time.sleep(60)\n    return 1\n"),
    ("run until disconnected", HEADER + "client = ShopClient()\n    client.run_until_disconnected()\n"),
    # a matter of style, which linters have a rule for
    ("a bare except", HEADER + "try:\n        return ask()\n    except:\n        return None\n"),
]  # fmt: skip
"""By words of its row: a step that nothing is said of, and why."""


@pytest.mark.parametrize(("text", "found"), named(FOUND))
def test_a_mistake_is_found(text: str, found: list[tuple[str, str]]) -> None:
    check_diagnostics(text, found, lone)


@pytest.mark.parametrize(("text", "found"), named(ASKED))
def test_a_habit_is_found_for_who_asks(text: str, found: list[tuple[str, str]]) -> None:
    check_diagnostics(text, found, strict)
    check_diagnostics(text, [], lone)


@pytest.mark.parametrize(("text", "found"), named(OF_A_WORKFLOW))
def test_what_a_workflow_tells_is_found_in_it_alone(text: str, found: list[tuple[str, str]]) -> None:
    check_diagnostics(text, found, in_flow)
    check_diagnostics(text, [], lone)


@pytest.mark.parametrize("text", named(SILENT))
def test_nothing_is_said_of_what_may_be_right_or_is_for_others_to_say(text: str) -> None:
    check_diagnostics(text, [], lone)


def test_every_mistake_of_the_page_has_a_case() -> None:
    names = [case[0] for case in (*FOUND, *ASKED, *OF_A_WORKFLOW, *SILENT)]
    check_every_row_has_a_case("11.6", "mistake", names)
