"""Reading an account in each of the shapes that people were seen to use (docs/platform.md, section 11.2)."""

import re

import pytest

from pd_lsp.catalog import known_app
from pd_lsp.model import Account, Accounts, AppProp, AppSlug, Step, Workflow
from pd_lsp.syntax.snapshot import Snapshot
from tests import samples
from tests.checks import HEADER, check_accepted, check_completion, check_diagnostics, check_hover
from tests.features.survey_rows import check_every_row_has_a_case, named, table

ACME = samples.app("acme", "Acme", "api_key", "region", complete=True)
TEAM, SHOP = Account("apn_acme1", ACME, "Team"), Account("apn_acme2", ACME, "Shop")
STEP = Step(
    "report",
    "./report/entry.py",
    apps=(AppProp("acme", AppSlug("acme"), "apn_acme1"), AppProp("acme_1", AppSlug("acme"), "apn_acme2")),
    data_stores=("data_store", "data_store_1", "seen_items"),
)
WORKFLOW = Workflow(samples.WORKFLOW.folder, "Flow", (STEP,))


def acme(text: str) -> Snapshot:
    """A step without a workflow, where one account is connected."""
    return samples.snapshot(text, accounts=Accounts((TEAM,), complete=True))


def two_of_acme(text: str) -> Snapshot:
    """The step of a workflow that has two accounts of one app, and three data stores."""
    return samples.snapshot(text, accounts=Accounts((TEAM, SHOP), complete=True), workflow=WORKFLOW, step=STEP)


CHAIN = 'pd.inputs["acme"]["$auth"]["$0"]'
ADVICE = 'raise RuntimeError("Connect an account of Acme to this step") from None'
ASK = "requests.get('https://acme.example/me', headers=headers, timeout=9)"
ACME_CLASS = "return Acme(pd).ask()\n\n\nclass Acme:\n    def __init__(self, pd):\n        {}\n\n\ndef other():"
SHAPES = [
    ("all literal", f"connect({CHAIN})"),
    ("alone in an f-string", f"token = f'{{{CHAIN}}}'"),
    ("in an f-string with text around", f"authorization = f'Bearer {{{CHAIN}}}'"),
    ("assigned bare", f"token = {CHAIN}"),
    ("a name for the $auth dict", 'creds = pd.inputs["acme"]["$auth"]\n    use(creds["$0"], creds["region"])'),
    ("a name for the app's dict", 'acme = pd.inputs.get("acme") or {}\n    token = acme["$auth"]["$0"]'),
    (".get acme .get $auth", 'creds = pd.inputs.get("acme", {}).get("$auth", {})\n    token = creds.get("$0")'),
    ("one key or another", 'creds = pd.inputs["acme"]["$auth"]\n    token = creds.get("token") or creds.get("$0")'),
    ("the account if connected", f'token = {CHAIN} if "acme" in pd.inputs else os.environ["ACME_KEY"]'),
    ("in a helper that takes pd", f"return ask(pd)\n\n\ndef ask(pd):\n    return connect({CHAIN})\n\n\ndef other():"),
    ("in a class's __init__", ACME_CLASS.format(f"self.token = f'{{{CHAIN}}}'")),
    (
        "in a class's __init__: of the pd it keeps",
        ACME_CLASS.format(f"self.pd = pd\n        self.token = self.{CHAIN}"),
    ),
    ("in try except KeyError", f"try:\n        token = {CHAIN}\n    except KeyError:\n        {ADVICE}"),
    ("asked for first: the app", f'if "acme" in pd.inputs:\n        token = {CHAIN}'),
    ("asked for first: inputs", f'token = {CHAIN} if hasattr(pd, "inputs") else ""'),
    ("given to an SDK's client", f"client = AcmeClient(token={CHAIN}, timeout=30)"),
    ("to a function that makes headers", f"headers = headers_for({CHAIN})\n    return {ASK}"),
    ("unpacking, walrus: walrus", 'if creds := pd.inputs["acme"]["$auth"]:\n        connect(creds["$0"])'),
]
"""By words of its row: code that reads a key, with the caret in it."""
AUTHORIZATION = "authorization = f'Bearer {token}'\n    headers = {'Authorization': authorization}"
AFTERWARDS = [
    ("through an authorization line", f"token = f'{{{CHAIN}}}'\n    {AUTHORIZATION}\n    return {ASK}.json()"),
    ("a header made at once", f"headers = {{'Authorization': f'Bearer {{{CHAIN}}}'}}\n    return {ASK}.json()"),
]
"""What becomes of a key."""
QUOTES = [
    ("double", 'token = pd.inputs["acme"]["$auth"]["$0"]'),
    ("single", "token = pd.inputs['acme']['$auth']['$0']"),
    ("both in one chain", 'token = pd.inputs["acme"]["$auth"][\'$0\']'),
    ("f-string: double in single", 'token = f\'{pd.inputs["acme"]["$auth"]["$0"]}\''),
    ("f-string: single in double", "token = f\"Bearer {pd.inputs['acme']['$auth']['$0']}\""),
    ("f-string: double in triple", 'query = f"""key: {pd.inputs["acme"]["$auth"]["$0"]}\n    """'),
    ("f-string: single in triple", "query = f\"\"\"key: {pd.inputs['acme']['$auth']['$0']}\n    \"\"\""),
    ("f-string: double in double, of Python 3.12", 'token = f"Bearer {pd.inputs["acme"]["$auth"]["$0"]}"'),
]
OTHERWISE = [
    ("** unpacking: the account", 'client = AcmeClient(**pd.inputs["acme"]["$0"])', ["$auth"]),
    # which app is meant is known by running it alone
    (
        "app found by searching",
        'name = next((key for key in pd.inputs if "acme" in key.casefold()), None)\n    token = pd.inputs[name]["$0"]',
        [],
    ),
    ("a loop over all inputs", 'for app in pd.inputs.values():\n        use(app["$0"])', ["$auth"]),
    ("a loop over all inputs: by name", 'for name in pd.inputs:\n        use(pd.inputs[name]["$0"])', []),
    # what a name is looked for in stands behind it, so that nobody can know while it is typed
    ("asked for first: the name itself", 'if "$0" in pd.inputs:\n        pass', []),
    # a list that is given to a function of the step's own is no chain
    ("$auth read through a path list", 'token = safe_get(pd.inputs, ["acme", "$auth", "$0"])', []),
]
"""The same for what has no key to complete, or none that can be known: and what is offered there."""


@pytest.mark.parametrize("line", named([*SHAPES, *AFTERWARDS, *QUOTES]))
def test_a_key_is_offered_and_written_in_each_shape(line: str) -> None:
    check_completion(line, ["api_key", "region"], acme)
    check_accepted(line, "api_key", line.replace("$0", "api_key"), acme)


@pytest.mark.parametrize("line", named([*SHAPES, *AFTERWARDS, *QUOTES]))
def test_nothing_is_said_of_a_shape_that_is_right(line: str) -> None:
    check_diagnostics(HEADER + line.replace("$0", "api_key") + "\n    return 1\n", [], acme)


@pytest.mark.parametrize(("line", "labels"), named(OTHERWISE))
def test_what_can_not_be_known_is_not_guessed(line: str, labels: list[str]) -> None:
    check_completion(line, labels, acme)
    check_diagnostics(HEADER + line.replace("$0", "$auth") + "\n", [], acme)


def test_the_second_account_of_an_app_has_a_name_with_a_number() -> None:
    check_completion('pd.inputs["$0"]', ["acme", "acme_1", "data_store", "data_store_1", "seen_items"], two_of_acme)
    line = 'token = pd.inputs["acme_1"]["$auth"]["$0"]'
    check_accepted(line, "api_key", line.replace("$0", "api_key"), two_of_acme)
    account = ["Acme (acme)", "Account: Shop (apn_acme2).", "Keys: api_key, region."]
    check_hover('pd.inputs["ac$0me_1"]', [*account, "Known from the catalogue; these are all."], two_of_acme)


def test_inputs_under_the_name_pd_are_an_account_below_its_app() -> None:
    line = 'return send(pd.inputs)\n\n\ndef send(pd):\n    return pd["acme"]["$auth"]["$0"]\n\n\ndef other():'
    check_accepted(line, "api_key", line.replace("$0", "api_key"), acme)


def test_a_part_of_an_address_that_an_account_holds_is_no_secret_in_it() -> None:
    line = 'base = f\'https://{pd.inputs["acme"]["$auth"]["$0"]}.acme.example/v1\''
    check_accepted(line, "region", line.replace("$0", "region"), acme)
    get = "\n    return requests.get(base, timeout=9).json()\n"
    check_diagnostics("import requests\n\n\n" + HEADER + line.replace("$0", "region") + get, [], acme)


APPS = {
    "adafruit_io": ["active_key"],
    "airtable": ["api_key"],
    "airtable_oauth": ["oauth_access_token"],
    "cloudinary": ["cloud_name", "api_key", "api_secret"],
    "coda": ["api_token"],
    "deepgram": ["api_key"],
    "discord_bot": ["bot_token"],
    "github": ["oauth_access_token"],
    "gmail": ["oauth_access_token"],
    "gmail_custom_oauth": ["oauth_access_token"],
    "google_calendar": ["oauth_access_token"],
    "google_drive": ["oauth_access_token", "oauth_refresh_token", "oauth_client_id"],
    "google_sheets": ["oauth_access_token"],
    "hubspot_developer_app": ["oauth_access_token"],
    "imgbb": ["api_key"],
    "linkedin": ["oauth_access_token"],
    "mastodon": ["access_token", "site_domain"],
    "notion": ["oauth_access_token"],
    "openai": ["api_key"],
    "pipedream": ["api_key"],
    "pipedream_secrets_1": ["FIRST_SECRET"],
    "pipefy": ["token"],
    "readwise": ["access_token"],
    "slack": ["oauth_access_token"],
    "slack_bot": ["bot_token"],
    "snapchat_marketing": ["oauth_access_token"],
    "snowflake": ["account", "username", "private_key"],
    "spotify": ["oauth_access_token"],
    "supabase": ["service_key", "subdomain"],
    "telegram_bot_api": ["token"],
    "wakatime": ["oauth_access_token"],
    "youtube_data_api": ["oauth_access_token"],
    "zoho_mail": ["oauth_access_token", "base_api_uri"],
}
NOT_IN_THE_CATALOGUE = ["adafruit_io", "hubspot_developer_app", "pipedream_secrets_1", "snapchat_marketing"]
MADE_UP = ["calendar", "env", "openai_api_key"]


def catalogued(text: str) -> Snapshot:
    """A step of somebody whose accounts nobody has asked for: only the catalogue tells keys."""
    step = samples.snapshot(text, accounts=Accounts())
    return Snapshot(step.lines, step.tree, step.accounts, None, None, known_app, step.templates)


@pytest.mark.parametrize("slug", [slug for slug in APPS if slug not in NOT_IN_THE_CATALOGUE])
def test_the_keys_of_an_app_are_known_without_an_account(slug: str) -> None:
    line = f'token = f\'{{pd.inputs["{slug}"]["$auth"]["$0"]}}\''
    for key in APPS[slug]:
        check_accepted(line, key, line.replace("$0", key), catalogued)


@pytest.mark.parametrize("slug", [*NOT_IN_THE_CATALOGUE, *MADE_UP])
def test_an_app_that_nobody_knows_has_no_keys_without_an_account(slug: str) -> None:
    check_completion(f'pd.inputs["{slug}"]["$0"]', ["$auth"], catalogued)
    check_completion(f'pd.inputs["{slug}"]["$auth"]["$0"]', [], catalogued)


@pytest.mark.parametrize("slug", APPS)
def test_a_connected_account_of_an_app_gives_its_keys(slug: str) -> None:
    account = Account("apn_one1", samples.app(slug, slug.title(), *APPS[slug], complete=True), "mine")
    check_completion(f'pd.inputs["{slug}"]["$auth"]["$0"]', APPS[slug], accounts=Accounts((account,), complete=True))


@pytest.mark.parametrize("slug", APPS)
def test_nothing_is_said_of_the_keys_that_people_read(slug: str) -> None:
    reads = "".join(f'connect(pd.inputs["{slug}"]["$auth"]["{key}"])\n    ' for key in APPS[slug])
    check_diagnostics(HEADER + reads + "return 1\n", [], catalogued)


@pytest.mark.parametrize("name", ["data_store", "data_store_1", "seen_items"])
def test_a_data_store_is_offered_by_its_name_and_has_no_auth(name: str) -> None:
    line = 'store = pd.inputs["$0"]'
    check_accepted(line, name, line.replace("$0", name), two_of_acme)
    check_completion(f'pd.inputs["{name}"]["$0"]', [], two_of_acme)


def test_a_plain_value_is_warned_about_in_a_step_of_a_workflow_alone() -> None:
    text = HEADER + 'return pd.inputs.get("max_results", 20)\n'
    check_diagnostics(text, [("plain-prop", '"max_results"')], two_of_acme)
    check_diagnostics(text, [], acme)


def test_every_shape_of_the_page_has_a_case() -> None:
    numbered = "two accounts of one app"
    names = [numbered, *(case[0] for case in (*SHAPES, *OTHERWISE))]
    check_every_row_has_a_case("11.2", "shape", names)


def test_every_app_and_key_of_the_page_has_a_case() -> None:
    words = {word for cells in table("11.2", "key") for cell in cells for word in re.findall(r"`(\w+)`", cell)}
    assert words - {key for keys in APPS.values() for key in keys} == {*APPS, *MADE_UP}
