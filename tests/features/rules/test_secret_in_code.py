"""Secrets in the text of a step. The tokens are put together here, so that no file holds one."""

import base64
import random
import string

import pytest

from pd_lsp.catalog import known_app
from pd_lsp.features.diagnostics import diagnose
from pd_lsp.features.rules.token_forms import FORMS
from pd_lsp.model import Account, Accounts, AppSlug
from tests import samples
from tests.checks import HEADER, check_diagnostics, check_fixed

LETTERS = string.ascii_letters + string.digits


def noise(length: int, letters: str = LETTERS) -> str:
    """Letters as random as those of a token, the same each time."""
    return "".join(random.Random(length).choices(letters, k=length))  # noqa: S311


TOKENS = [
    "xox" + "b-" + "1230984576501-9081726354012-" + noise(24),
    "xox" + "p-" + "1230984576501-9081726354012-" + noise(32),
    "https://hooks.slack.com/" + "services/T0A9B8C7D6/B0Z9Y8X7W6/" + noise(24),
    "https://discord.com/api/" + "webhooks/918273645091827364/" + noise(68),
    base64.b64encode(b"918273645091827364").decode() + "." + noise(6) + "." + noise(38),
    "918273645:" + "AA" + noise(33),
    "gh" + "p_" + noise(36),
    "github" + "_pat_" + noise(22) + "_" + noise(59),
    "glpat" + "-" + noise(20),
    "sk-" + "ant-api03-" + noise(93),
    "sk-" + "proj-" + noise(64),
    "sk-" + noise(48),
    "sk_" + "live_" + noise(24),
    "AK" + "IA" + noise(16, string.ascii_uppercase + "234567"),
    "AI" + "za" + noise(35),
    "SG" + "." + noise(22) + "." + noise(43),
    "nt" + "n_" + noise(46),
    "pat" + noise(14) + "." + noise(64, "0123654789abcdef"),
    "shp" + "at_" + noise(32, "0123654789abcdef"),
    "h" + "f_" + noise(34),
    "gs" + "k_" + noise(52),
    "lin" + "_api_" + noise(40),
    "eyJ" + noise(20) + "." + "eyJ" + noise(30) + "." + noise(43),
]
WEAK = [token for token in TOKENS if token.startswith(("sk-p", "eyJ")) or token == "sk-" + noise(48)]


@pytest.mark.parametrize("token", TOKENS, ids=lambda token: token[:8])
def test_a_token_in_a_string_is_found_and_not_repeated(token: str) -> None:
    text = HEADER + f"key = '{token}'\n    return len(key)\n"
    check_diagnostics(text, [("secret-in-code", token)])
    (found,) = diagnose(samples.snapshot(text))
    said = found.finding.message + "".join(fix.title for fix in found.finding.fixes)
    assert token[8:20] not in said


@pytest.mark.parametrize("token", [one for one in TOKENS if one not in WEAK], ids=lambda token: token[:8])
def test_a_token_that_nothing_else_looks_like_is_found_in_comments_too(token: str) -> None:
    check_diagnostics(f"# key: {token}\n" + HEADER + "return 1\n", [("secret-in-code", token)])


@pytest.mark.parametrize("token", WEAK, ids=lambda token: token[:8])
def test_a_comment_with_what_may_be_something_else_is_left_alone(token: str) -> None:
    check_diagnostics(f"# key: {token}\n" + HEADER + "return 1\n", [])


def test_a_private_key_is_found_with_its_body() -> None:
    key = "-----BEGIN RSA PRIVATE KEY-----\\n" + noise(64) + "\\n" + noise(64)
    (found,) = diagnose(samples.snapshot(HEADER + f"key = '{key}'\n    return len(key)\n"))
    assert found.code == "secret-in-code"


def test_tokens_in_f_strings_and_headers_are_found() -> None:
    token = TOKENS[0]
    text = (
        HEADER + f"a = f'Bearer {token}'\n    b = {{'Authorization': 'Bearer {token}'}}\n    return len(a + str(b))\n"
    )
    check_diagnostics(text, [("secret-in-code", token)] * 2)


@pytest.mark.parametrize(
    "value",
    [
        "your key here",
        "xoxb-your-token-goes-here",
        "xoxb-123456789012-1234567890123-xxxxxxxxxxxxxxxxxxxxxxxx",
        "xoxb-...",
        "sk-...",
        "sk-" + "x" * 48,
        "sk-your-openai-key-goes-here-000111222333",
        "sk-loading-spinner-2-with-a-rather-long-class-name",
        "ghp_" + "a" * 36,
        "ghp_" + "ab12" * 9,
        "ghp_abcdefghijklmnopqrstuvwxyz0123456789",
        "AKIA" + "IOSFODNN7EXAMPLE",
        "https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX",
        "https://discord.com/api/webhooks/123/abc",
        "<your token>",
        "${SLACK_TOKEN}",
        "-----BEGIN PRIVATE KEY-----",
        "-----BEGIN CERTIFICATE-----\\n" + noise(64) * 3,
        "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
        "123e4567-e89b-12d3-a456-426614174000",
        "1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms",
        "data:image/png;base64," + noise(200),
        "https://example.com/a.b.c?session=" + noise(60),
        noise(40),
        noise(64, "0123456789abcdef"),
        "apn_" + noise(20),
        "v1.2.3-rc.1+build.5",
        "My-first-bot-and-its-name.eu-we1.a-service-with-a-long-name-1",
        "Monday.Tuesday.Wednesday.Thursday.Friday.Saturday",
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJyb2xlIjoiYW5vbiIsInJlZiI6InRlYW0ifQ." + noise(43),
    ],
    ids=lambda value: value[:24],
)
def test_what_stands_for_a_secret_or_only_looks_random_is_left_alone(value: str) -> None:
    check_diagnostics(HEADER + f"key = '{value}'\n    return len(key)\n", [])


def test_a_token_is_read_of_the_environment_instead_with_the_import_of_os() -> None:
    line = "key = {}\n    return len(key)\n"
    check_fixed(
        HEADER + line.format(f"'{TOKENS[6]}'"),
        "Read it from the environment: GITHUB_TOKEN",
        "import os\n\n\n" + HEADER + line.format('os.environ["GITHUB_TOKEN"]'),
    )


def test_os_is_imported_once() -> None:
    line = "import os\nimport json\n\nKEY = {}\n\n\n" + HEADER + "return len(KEY)\n"
    check_fixed(
        line.format(f"'{TOKENS[6]}'"),
        "Read it from the environment: GITHUB_TOKEN",
        line.format('os.environ["GITHUB_TOKEN"]'),
    )


def test_a_token_is_read_of_the_one_account_that_it_can_belong_to() -> None:
    line = "key = {}\n    return len(key)\n"
    accounts = Accounts((samples.WORK_GITHUB,), complete=True)
    check_fixed(
        HEADER + line.format(f"'{TOKENS[6]}'"),
        "Read it from the account 'github'",
        HEADER + line.format('pd.inputs["github"]["$auth"]["oauth_access_token"]'),
        accounts=accounts,
    )


def test_in_a_workflow_the_account_is_one_of_the_steps_own() -> None:
    line = "key = {}\n    return len(key)\n"
    check_fixed(
        HEADER + line.format(f"'{TOKENS[6]}'"),
        "Read it from the account 'github_1'",
        HEADER + line.format('pd.inputs["github_1"]["$auth"]["oauth_access_token"]'),
        make=samples.in_workflow,
    )


def titles(text: str, accounts: Accounts = samples.ACCOUNTS) -> list[str]:
    return [fix.title for found in diagnose(samples.snapshot(text, accounts=accounts)) for fix in found.finding.fixes]


def test_no_account_is_offered_where_several_can_be_meant_or_none_is_there() -> None:
    text = HEADER + f"key = '{TOKENS[0]}'\n    return len(key)\n"
    bots = Account("apn_bot", samples.app("slack_bot", "Slack Bot", "bot_token"), "bot")
    several = Accounts((samples.TEAM_SLACK, bots), complete=True)
    assert titles(text, several) == ["Read it from the environment: SLACK_TOKEN"]
    odd = Account("apn_bot", samples.app("slack_bot", "Slack Bot", "token"), "bot")
    assert titles(text, Accounts((odd,), complete=True)) == ["Read it from the environment: SLACK_TOKEN"]
    assert titles(text, Accounts((), complete=True)) == ["Read it from the environment: SLACK_TOKEN"]


def test_no_account_is_offered_outside_of_the_handler_and_no_fix_for_a_part_of_a_string() -> None:
    github = Accounts((samples.WORK_GITHUB,), complete=True)
    outside = f"KEY = '{TOKENS[6]}'\n\n\n" + HEADER + "return len(KEY)\n"
    assert titles(outside, github) == ["Read it from the environment: GITHUB_TOKEN"]
    for line in (
        f"a = 'Bearer {TOKENS[6]}'",
        f"a = f\"{{b('{TOKENS[6]}')}}\"",
        f"match b:\n        case '{TOKENS[6]}':\n            a = 1",
    ):
        assert titles(HEADER + line + "\n    return len(a)\n", github) == []


def test_the_names_in_the_table_are_those_of_the_catalogue() -> None:
    keys = [(slug, key) for form in FORMS for slug, key in form.keys]
    unknown = [(slug, key) for slug, key in keys if not (app := known_app(AppSlug(slug))) or key not in app.keys.names]
    assert unknown == []
