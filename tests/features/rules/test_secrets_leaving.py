"""Secrets that leave the step: printed, returned, exported, in an address."""

import pytest

from pd_lsp.catalog import catalog
from pd_lsp.features.rules.secret_names import is_secret_name
from pd_lsp.model import AppSlug
from tests.checks import HEADER, check_diagnostics

TOKEN = 'pd.inputs["slack"]["$auth"]["oauth_access_token"]'
ALIAS = f"token = {TOKEN}\n    "
IMPORTS = "import json\nimport logging\nimport os\n\nimport requests\n\nlogger = logging.getLogger()\n\n\n"


@pytest.mark.parametrize(
    ("body", "place"),
    [
        (f"print({TOKEN})", TOKEN),
        (f"print('token', {TOKEN}, sep=': ')", TOKEN),
        (f"print(f'token: {{{TOKEN}}}')", TOKEN),
        (f"print('token: ' + {TOKEN})", TOKEN),
        (f"print('token: %s' % {TOKEN})", TOKEN),
        (f"print('token: {{}}'.format({TOKEN}))", TOKEN),
        (f"print(json.dumps({{'a': {TOKEN}}}))", TOKEN),
        (f"print(str({TOKEN}))", TOKEN),
        ('print(pd.inputs["slack"]["$auth"])', 'pd.inputs["slack"]["$auth"]'),
        (ALIAS + "print(token)", "token"),
        (ALIAS + "print(f'{token}')", "token"),
        (ALIAS + "logging.info('%s', token)", "token"),
        (ALIAS + "logger.debug(f'{token}')", "token"),
        (ALIAS + "headers = {'Authorization': f'Bearer {token}'}\n    print(headers)", "headers"),
        ('auth = pd.inputs["slack"]["$auth"]\n    print(auth)', "auth"),
        ('auth = pd.inputs["slack"]["$auth"]\n    print(auth["oauth_refresh_token"])', 'auth["oauth_refresh_token"]'),
        ('print(pd.inputs["slack"]["$auth"].get("bot_token"))', 'pd.inputs["slack"]["$auth"].get("bot_token")'),
        ('print(os.environ["API_KEY"])', 'os.environ["API_KEY"]'),
        ('print(os.getenv("API_TOKEN"))', 'os.getenv("API_TOKEN")'),
        ('key = os.environ.get("API_KEY")\n    print("key", key)', "key"),
    ],
)
def test_a_secret_that_is_printed_is_found(body: str, place: str) -> None:
    check_diagnostics(IMPORTS + HEADER + body + "\n", [("secret-printed", place)])


@pytest.mark.parametrize(
    "body",
    [
        "print('token')",
        ALIAS + "print(len(token))",
        ALIAS + "print(bool(token), token is None)",
        ALIAS + "print(token[:4] + '…')",
        ALIAS + "print('set' if token else 'missing')",
        ALIAS + "print(f'{len(token)} letters')",
        ALIAS + "print(hash_of(token))",
        ALIAS + "print({'token': '***'})",
        ALIAS + "token = 'x'\n    print(token)",
        ALIAS + "with open('/tmp/t', 'w') as file:\n        print(token, file=file)",
        ALIAS + "log_in(token)",
        ALIAS + "logger.setLevel(token)",
        ALIAS + "api.info(token)",
        ALIAS + "def print_it(token):\n        print(token)",
        'print(pd.inputs["slack"]["$auth"]["oauth_uid"])',
        'print(pd.inputs["snowflake"]["$auth"]["account"])',
        'print(pd.inputs["slack"]["$auth"].keys())',
        'print(list(pd.inputs["slack"]["$auth"]))',
        'print(sorted(pd.inputs["slack"]["$auth"]))',
        'print("slack" in pd.inputs, pd.inputs["data_store"]["token"])',
        'print(os.environ["STAGE"], os.environ.get("TOKEN_URL"), os.getenv("KEY_ID"))',
        "print(environ['API_KEY'])",
        "def print(*x):\n        pass\n    print(os.environ['API_KEY'])",
    ],
)
def test_what_tells_no_secret_is_left_alone(body: str) -> None:
    check_diagnostics(IMPORTS + HEADER + body + "\n", [])


def test_runs_at_home_may_print_what_they_like() -> None:
    check_diagnostics(
        IMPORTS + HEADER + "return 1\n\n\nif __name__ == '__main__':\n    print(os.environ['API_KEY'])\n", []
    )


@pytest.mark.parametrize(
    ("body", "place"),
    [
        (f"return {TOKEN}", TOKEN),
        (f"return {{'token': {TOKEN}}}", TOKEN),
        ('return pd.inputs["slack"]["$auth"]', 'pd.inputs["slack"]["$auth"]'),
        (ALIAS + "return [token]", "token"),
        (ALIAS + "return {'headers': {'Authorization': f'Bearer {token}'}}", "token"),
        (ALIAS + "headers = {'Authorization': 'Bearer ' + token}\n    return headers", "headers"),
        (ALIAS + "pd.export('token', token)", "token"),
        ("return {'key': os.environ['OPENAI_API_KEY']}", "os.environ['OPENAI_API_KEY']"),
    ],
)
def test_a_secret_that_is_given_on_is_found(body: str, place: str) -> None:
    check_diagnostics(IMPORTS + HEADER + body + "\n", [("secret-passed-on", place)])


@pytest.mark.parametrize(
    "body",
    [
        ALIAS + "return {'connected': bool(token)}",
        ALIAS + "return requests.get('https://slack.com/', headers={'a': token}).json()",
        ALIAS + "return ask(token)",
        ALIAS + "def headers():\n        return {'a': token}\n    return ask(headers())",
        ALIAS + "answer = ask(token)\n    return {'token': answer['token']}",
        'return {"host": pd.inputs["zoho_mail"]["$auth"]["base_api_uri"]}',
        "return {'stage': os.environ['STAGE'], 'url': os.environ.get('WEBHOOK_URL')}",
        "pd.export('token', 1)",
    ],
)
def test_what_gives_no_secret_on_is_left_alone(body: str) -> None:
    check_diagnostics(IMPORTS + HEADER + body + "\n", [])


def test_what_a_helper_returns_stays_in_the_step() -> None:
    helper = f"def token_of(pd):\n    return {TOKEN}\n\n\n"
    check_diagnostics(helper + HEADER + "return len(token_of(pd))\n", [])


@pytest.mark.parametrize(
    ("call", "place"),
    [
        (f"requests.get(f'https://slack.com/api/auth.test?token={{{TOKEN}}}')", TOKEN),
        ("requests.get('https://slack.com/api/auth.test?token=' + token)", "token"),
        ("requests.get('https://slack.com/api/auth.test', params={'token': token})", "token"),
        ("requests.request('GET', f'https://slack.com/{token}')", "token"),
        ("requests.get(url=f'https://slack.com/{token}')", "token"),
    ],
)
def test_a_secret_in_an_address_is_found_where_a_header_takes_it(call: str, place: str) -> None:
    check_diagnostics(IMPORTS + HEADER + ALIAS + f"r = {call}\n    return r.json()\n", [("secret-in-url", place)])


@pytest.mark.parametrize(
    "call",
    [
        "requests.get('https://slack.com/', headers={'Authorization': f'Bearer {token}'})",
        "requests.post('https://slack.com/', data={'token': token})",
        "requests.post('https://slack.com/', json={'token': token})",
        'requests.get("https://x.io/", params={"key": pd.inputs["imgbb"]["$auth"]["api_key"]})',
        'requests.get(f"https://x.io/{pd.inputs["slack"]["$auth"]["oauth_uid"]}")',
        "session.get(f'https://slack.com/{token}')",
        "requests.get('https://x.io/', params={'key': os.environ['API_KEY']})",
        "requests.get('https://slack.com/', params={'channel': 'C1'}, auth=(token, ''))",
    ],
)
def test_a_secret_elsewhere_in_a_request_is_left_alone(call: str) -> None:
    check_diagnostics(IMPORTS + HEADER + ALIAS + f"r = {call}\n    return r.json()\n", [])


@pytest.mark.parametrize("value", ["pd.steps", "pd.steps['trigger']", "pd.steps['trigger']['event']"])
def test_the_whole_event_printed_is_pointed_out_to_who_asks(value: str) -> None:
    check_diagnostics(HEADER + f"print({value})\n", [])
    check_diagnostics(HEADER + f"print({value})\n", [("event-printed", value)], levels={"event-printed": "hint"})
    alias = HEADER + f"e = {value}\n    print('it', e)\n    print(e['a'])\n"
    check_diagnostics(alias, [("event-printed", "e")], levels={"event-printed": "hint"})


@pytest.mark.parametrize(
    "shown", ["f'it: {e}'", "f'{e!r}'", "json.dumps(e, indent=2)", "'it: ' + str(e)", "'it: {}'.format(e)", "(e)"]
)
def test_the_whole_event_is_found_in_what_shows_it(shown: str) -> None:
    text = f"{IMPORTS}{HEADER}e = pd.steps['trigger']['event']\n    print({shown})\n"
    check_diagnostics(text, [("event-printed", "e")], levels={"event-printed": "hint"})


@pytest.mark.parametrize("shown", ["f'{e[\"id\"]}'", "len(e)", "list(e)", "json.dumps(e['body'])", "bool(e)", "'e'"])
def test_a_part_of_the_event_may_be_printed(shown: str) -> None:
    text = f"{IMPORTS}{HEADER}e = pd.steps['trigger']['event']\n    print({shown})\n"
    check_diagnostics(text, [], levels={"event-printed": "hint"})


def test_no_key_that_the_catalogue_calls_open_is_called_secret_by_its_name() -> None:
    known = catalog()
    apps = [facts for slug in known if (facts := known.app(AppSlug(slug)))]
    open_keys = {name for facts in apps for name in facts.app.keys.names if name not in facts.secrets}
    assert {name for name in open_keys if is_secret_name(name)} == set()


@pytest.mark.parametrize(
    "name",
    [
        "oauth_access_token",
        "oauth_refresh_token",
        "api_key",
        "API_Key",
        "AuthToken",
        "secretAccessKey",
        "OPENAI_API_KEY",
    ],
)
def test_the_usual_names_of_secrets_are_known(name: str) -> None:
    assert is_secret_name(name)


@pytest.mark.parametrize(
    "name", ["oauth_uid", "oauth_client_id", "accessKeyId", "public_key", "site_domain", "TOKEN_URL", "MAX_TOKENS", ""]
)
def test_other_names_are_not(name: str) -> None:
    assert not is_secret_name(name)
