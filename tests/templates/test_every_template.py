"""Every template of every app of the catalogue, hand-made and generic."""

import ast
import re
import sys
from collections.abc import Iterator

import pytest

from pd_lsp.catalog import catalog
from pd_lsp.model import AppSlug, Template
from pd_lsp.syntax.pd_reads import pd_reads
from pd_lsp.syntax.tree import parse
from pd_lsp.templates import templates_for

HAND_MADE = (
    "airtable_oauth",
    "discord_bot",
    "github",
    "gitlab",
    "google_sheets",
    "mastodon",
    "notion",
    "openai",
    "slack",
    "slack_v2",
    "supabase",
)
HARMLESS = re.compile(
    r"https://(slack\.com/api/auth\.test|api\.github\.com/(user|repos/\{owner\}/\{repository\}/issues)"
    r"|\{auth\['base_api_url'\]\}/api/v4/user|api\.openai\.com/v1/(chat/completions|models)"
    r"|api\.notion\.com/v1/users/me|sheets\.googleapis\.com/v4/spreadsheets/\{spreadsheet_id\}/values/\{cells\}"
    r"|\{auth\['site_domain'\]\}/api/v1/(accounts/verify_credentials|statuses)|discord\.com/api/users/@me"
    r"|\{auth\['subdomain'\]\}\.supabase\.co/rest/v1/|api\.airtable\.com/v0/meta/whoami)"
)


def all_templates() -> Iterator[Template]:
    for slug in catalog():
        yield from templates_for(slug)


def handler_of(template: Template) -> ast.FunctionDef:
    """The handler of a template, which has nothing beside it but imports."""
    *imports, handler = ast.parse(template.code).body
    assert all(isinstance(statement, (ast.Import, ast.ImportFrom)) for statement in imports), template.code
    assert isinstance(handler, ast.FunctionDef), template.code
    return handler


def keys_read(template: Template) -> set[str]:
    """The keys of `$auth` in the code: of the account itself, or of the alias `auth`."""
    return {
        node.slice.value
        for node in ast.walk(ast.parse(template.code))
        if isinstance(node, ast.Subscript)
        and isinstance(node.slice, ast.Constant)
        and isinstance(node.slice.value, str)
        if ast.unparse(node.value) == "auth" or ast.unparse(node.value).endswith("['$auth']")
    }


def test_every_template_of_every_app_is_a_whole_step_that_reads_its_own_account(
    capsys: pytest.CaptureFixture[str],
) -> None:
    good = 0
    for template in all_templates():
        handler = handler_of(template)
        assert ast.unparse(handler).startswith("def handler(pd: 'pipedream'):"), template.code
        assert template.code.endswith("\n")
        returns = [node for node in ast.walk(handler) if isinstance(node, ast.Return)]
        assert returns == [handler.body[-1]], template.code
        assert returns[0].value is not None
        facts = catalog().app(template.app)
        assert facts is not None
        reads = pd_reads(parse(template.code))
        assert set(reads.inputs) <= {template.app}, template.code
        assert not reads.computed, template.code
        assert keys_read(template) <= {field.name for field in facts.app.fields}, template.code
        good += 1
    with capsys.disabled():
        sys.stdout.write(
            f"\n{good} of {sum(1 for _ in all_templates())} templates of {len(catalog())} apps are sound\n"
        )
    assert good > len(catalog())


def test_every_request_has_a_timeout_and_is_checked() -> None:
    for template in all_templates():
        for node in ast.walk(ast.parse(template.code)):
            if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("requests."):
                assert "timeout" in {keyword.arg for keyword in node.keywords}, template.code
                assert "response.raise_for_status()" in template.code


def test_a_template_of_a_row_that_nobody_has_read_over_says_what_to_check() -> None:
    unread = [slug for slug in catalog() if not (facts := catalog().app(slug)) or not facts.reviewed]
    assert len(unread) > 1000
    for slug in unread:
        assert re.search(r"#.*\b(check|put it in|Nobody)\b", templates_for(slug)[-1].code), slug


@pytest.mark.parametrize("slug", HAND_MADE)
def test_a_hand_made_template_calls_only_what_is_known_to_be_there(slug: str) -> None:
    *hand_made, generic = templates_for(AppSlug(slug))
    assert hand_made
    assert generic.title.startswith(("Call the ", "Connect to "))
    for template in hand_made:
        assert template.title
        assert template.title not in template.code
        addresses = re.findall(r"""f?"(https://[^"]*)""" + '"', template.code)
        assert addresses or "client.chat_postMessage" in template.code
        assert all(HARMLESS.fullmatch(address) for address in addresses), addresses
