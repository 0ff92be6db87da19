import ast
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pd_lsp.catalog import AppFacts, Placement, Sdk, catalog
from pd_lsp.model import App, AppSlug, AuthField
from pd_lsp.templates import generic_template, templates_for
from pd_lsp.templates.who_am_i import _CALLS

TWITTER = catalog().app(AppSlug("twitter"))
assert TWITTER is not None


def code_of(slug: str) -> str:
    return templates_for(AppSlug(slug))[-1].code


def facts(*keys: str, base_url: str | None = "https://api.acme.example") -> AppFacts:
    """An app of which only keys and address are known."""
    app = App(AppSlug("acme"), "Acme", tuple(AuthField(key) for key in keys))
    return AppFacts(app, "keys", frozenset(keys), base_url, None, None, reviewed=True, inferred=frozenset())


def test_a_header_with_the_one_key_it_needs() -> None:
    assert code_of("github") == (
        "import requests\n\n\n"
        'def handler(pd: "pipedream"):\n'
        '    token = pd.inputs["github"]["$auth"]["oauth_access_token"]\n'
        '    headers = {"Authorization": f"Bearer {token}"}\n'
        '    response = requests.get("https://api.github.com/user", headers=headers, timeout=30)\n'
        "    response.raise_for_status()\n"
        "    return response.json()\n"
    )


@pytest.mark.parametrize(
    ("slug", "line"),
    [
        ("gitlab", "https://{auth['base_api_url']}/api/v4/user"),
        ("anthropic", 'headers = {"x-api-key": api_key, "anthropic-version": "2023-06-01"}'),
        ("twilio", 'auth=(auth["Sid"], auth["Secret"])'),
        ("freshdesk", 'auth=(auth["api_key"], "X")'),
        ("giphy", 'params = {"api_key": api_key}'),
        ("tavily", "requests.post("),
        ("tavily", "json=body"),
        ("telegram_bot_api", 'f"https://api.telegram.org/bot{token}/getMe"'),
        ("rocket_chat", '"X-Auth-Token": auth["X-Auth-Token"]'),
        ("notion", '"Notion-Version"'),
        ("dropbox", "requests.post("),
    ],
)
def test_credentials_stand_where_the_catalogue_says(slug: str, line: str) -> None:
    assert line in code_of(slug)


@pytest.mark.parametrize("slug", ["postgresql", "evernote", "firebase_admin_sdk"])
def test_an_app_that_no_plain_request_reaches_gets_a_hint_and_no_request(slug: str) -> None:
    assert "requests.get" not in code_of(slug)
    assert "# " in code_of(slug)
    assert "return sorted(auth)" in code_of(slug)


@pytest.mark.parametrize(
    ("slug", "line"),
    [
        ("twitter", "session = OAuth1Session("),
        ("trello", 'signed = requests.post(auth["oauth_signer_uri"], json=asked, timeout=30)'),
        ("aws", 'AWS4Auth(auth["accessKeyId"], auth["secretAccessKey"], "us-east-1", "sts")'),
        ("google_dialogflow", "session = AuthorizedSession(credentials)"),
    ],
)
def test_an_app_that_wants_requests_signed_gets_one_that_is(slug: str, line: str) -> None:
    assert line in code_of(slug)


def test_a_signed_request_of_a_row_that_nobody_has_read_over_says_what_to_check() -> None:
    unread = replace(TWITTER, reviewed=False)
    assert "# Nobody has compared this address with the documentation of" in generic_template(unread).code
    assert "Nobody" not in generic_template(TWITTER).code


def test_a_signed_request_to_an_unknown_address_reaches_nobody() -> None:
    unknown = replace(TWITTER, app=replace(TWITTER.app, slug=AppSlug("acme")), base_url=None)
    assert '"https://put-the-address-here.invalid"' in generic_template(unknown).code


def test_an_address_that_holds_a_secret_is_not_joined_by_a_guess_of_a_header() -> None:
    assert "Authorization" not in code_of("newsman")


def test_an_unknown_placement_is_a_guess_that_says_so() -> None:
    code = generic_template(facts("region", "api_token")).code
    assert "this is a guess: check it" in code
    assert 'f"Bearer {api_token}"' in code


def test_an_unknown_address_reaches_nobody() -> None:
    code = generic_template(facts("api_key", base_url=None)).code
    assert ".invalid" in code
    assert "put it in" in code


def test_a_part_of_the_address_that_the_account_does_not_have_is_left_to_the_person() -> None:
    code = generic_template(facts("api_key", base_url="https://{region}.acme.example/{api_key}")).code
    assert 'f"https://{{region}}.acme.example/{api_key}"' in code
    assert "Put in a value for {region}." in code


def test_a_reviewed_row_with_a_known_call_needs_no_comment() -> None:
    assert "#" not in code_of("stripe")


def test_every_known_call_belongs_to_a_reviewed_app_with_an_address() -> None:
    for slug in _CALLS:
        known = catalog().app(AppSlug(slug))
        assert known is not None, slug
        assert known.reviewed, slug
        assert known.base_url, slug


HOSTILE = st.text(max_size=20) | st.sampled_from(
    ["\"]+__import__('os')", "a\nb", "class", "{x}", "\u202e", "pd", "'", "\\"]
)


KINDS = ("header", "query", "driver", "body")


@st.composite
def hostile_facts(draw: st.DrawFn) -> AppFacts:
    keys = draw(st.lists(HOSTILE, max_size=3, unique=True))
    sent = draw(HOSTILE) + "".join("{" + key + "}" for key in keys)
    return AppFacts(
        app=App(AppSlug(draw(HOSTILE)), draw(HOSTILE), tuple(AuthField(key) for key in keys)),
        auth="keys",
        secrets=frozenset(keys),
        base_url=draw(st.none() | HOSTILE),
        placement=Placement(draw(st.sampled_from(KINDS)), {draw(HOSTILE): sent}, note=draw(HOSTILE)),
        sdk=draw(st.none() | st.builds(Sdk, HOSTILE, HOSTILE, HOSTILE)),
        reviewed=draw(st.booleans()),
        inferred=frozenset(),
    )


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(hostile_facts())
def test_whatever_an_app_is_called_its_template_is_code_that_reads_that_app_and_no_more(hostile: AppFacts) -> None:
    template = generic_template(hostile)
    nodes = list(ast.walk(ast.parse(template.code)))
    apps = {
        node.slice.value
        for node in nodes
        if isinstance(node, ast.Subscript)
        and ast.unparse(node.value) == "pd.inputs"
        and isinstance(node.slice, ast.Constant)
    }
    calls = {ast.unparse(node.func) for node in nodes if isinstance(node, ast.Call)}
    assert apps <= {hostile.app.slug}
    assert calls <= {"requests.get", "requests.post", "response.raise_for_status", "response.json", "sorted"}
    assert (template.code + template.title).replace("\n", " ").isprintable()
    assert "\n" not in template.title
