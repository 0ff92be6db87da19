"""The action that reads a connected account in place of an environment variable."""

from dataclasses import replace

import pytest

from pd_lsp.features.code_actions.use_account import use_account
from pd_lsp.model import Accounts, AppSlug
from pd_lsp.text import TextRange, apply_edits
from tests.marker import marked
from tests.samples import TEAM_SLACK, in_workflow, snapshot

HEAD = "import os\n\n\ndef handler(pd):\n    "


def offered(text: str, *, in_step: bool = True) -> list[str]:
    """What the line with the caret becomes by each action."""
    text, offset = marked(HEAD + text)
    moment = in_workflow(text) if in_step else snapshot(text)
    results = (apply_edits(text, list(action.edits)) for action in use_account(moment, TextRange(offset, offset)))
    return [result.removeprefix(HEAD) for result in results]


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ('a = os.environ["SLACK_$0TOKEN"]', 'a = pd.inputs["slack"]["$auth"]["oauth_access_token"]'),
        ('a = os.getenv("SLACK_BOT_TOKEN$0")', 'a = pd.inputs["slack"]["$auth"]["oauth_access_token"]'),
        ('a = os.environ.get("SLACK_API_KEY", "")$0', 'a = pd.inputs["slack"]["$auth"]["oauth_access_token"]'),
        ('a = f(os.$0environ["GITHUB_TOKEN"])', 'a = f(pd.inputs["github_1"]["$auth"]["oauth_access_token"])'),
        ('a = os.environ.get("SLACK_TOKEN$0")[1:]', 'a = pd.inputs["slack"]["$auth"]["oauth_access_token"][1:]'),
        ('a = os.environ["SLACK_OAUTH_UID$0"]', 'a = pd.inputs["slack"]["$auth"]["oauth_uid"]'),
    ],
)
def test_a_variable_that_is_called_like_an_app_of_the_step_can_be_read_of_its_account(text: str, result: str) -> None:
    assert offered(text) == [result]


@pytest.mark.parametrize(
    "text",
    [
        'a = os.environ["SLACK_CHANNEL$0"]',
        'a = os.environ["NOTION_TOKEN$0"]',
        'a = os.environ["TOKEN$0"]',
        'a = os.environ["SLACK$0"]',
        'os.environ["SLACK_TOKEN$0"] = "x"',
        'os.environ["SLACK_TOKEN$0"] += "x"',
        'a, os.environ["SLACK_TOKEN$0"] = 1, 2',
        'with a as os.environ["SLACK_TOKEN$0"]: pass',
        'del os.environ["SLACK_TOKEN$0"]',
        'print("SLACK_TOKEN$0" in os.environ)',
        'a = b["SLACK_TOKEN$0" in os.environ]',
        "a = f\"{os.environ['SLACK_TOKEN$0']}\"",
        'a = os.environ["SLACK_TOKEN"]\n    b = 1$0',
        'def f():\n        return os.environ["SLACK_TOKEN$0"]',
    ],
)
def test_what_stands_for_no_connected_account_or_can_not_be_replaced_is_left_alone(text: str) -> None:
    assert offered(text) == []


def test_outside_a_workflow_the_connected_apps_count() -> None:
    assert offered('a = os.environ["GITHUB_TOKEN$0"]', in_step=False) == [
        'a = pd.inputs["github"]["$auth"]["oauth_access_token"]'
    ]


def test_the_version_of_an_app_need_not_be_in_the_name_of_the_variable() -> None:
    text, offset = marked(HEAD + 'a = os.environ["SLACK_TOKEN$0"]')
    account = replace(TEAM_SLACK, app=replace(TEAM_SLACK.app, slug=AppSlug("slack_v2")))
    [action] = use_account(snapshot(text, accounts=Accounts((account,), True)), TextRange(offset, offset))
    assert apply_edits(text, list(action.edits)).endswith('a = pd.inputs["slack_v2"]["$auth"]["oauth_access_token"]')
