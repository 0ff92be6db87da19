"""The apps of the sandbox, as the ordinary code of a step meets them: `requests`, `slack_sdk`, a proxy from outside."""

from pathlib import Path

import pytest

from pd_lsp.sandbox import Sandbox
from pd_lsp.sandbox.directory import APPS
from pd_lsp.sandbox.hosts import HOSTS
from pd_lsp.settings import SandboxRun
from tests.sandbox.app_calls import CALLS, AppCall
from tests.sandbox.step_client import Said, StepClient, run_in_step

WITHOUT_CALLS = {"google_calendar"}
"""Apps whose only account can't be read, so that no step gets as far as a call."""
PLAIN = ("base_api_url", "site_domain", "subdomain")


def make(step: StepClient, call: AppCall, values: dict[str, str]) -> Said:
    """The answer to a call with these credentials."""
    headers = {name: value.format_map(values) for name, value in call.headers.items()}
    return step.request(call.method, call.url.format_map(values), headers=headers, json=call.json)


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_a_call_with_the_accounts_credentials_works(call: AppCall, step: StepClient, sandbox: Sandbox) -> None:
    answer = make(step, call, sandbox.credentials(call.account))
    document = answer.document[0] if isinstance(answer.document, list) else answer.document
    assert (answer.status // 100, document.items() >= call.says.items()) == (2, True), answer
    assert sandbox.requests[-1].account == call.account


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_a_wrong_token_is_refused_as_the_service_does(call: AppCall, step: StepClient, sandbox: Sandbox) -> None:
    values = sandbox.credentials(call.account)
    wrong = {name: value if name in PLAIN else "invented-and-wrong" for name, value in values.items()}
    answer = make(step, call, wrong)
    assert (answer.status, answer.document) == call.refusal


def test_every_app_and_host_of_the_sandbox_has_a_call(sandbox: Sandbox) -> None:
    assert {name.partition(",")[0] for name in CALLS} == APPS.keys() - WITHOUT_CALLS
    called = {call.url.format_map(sandbox.credentials(call.account)).split("/")[2] for call in CALLS.values()}
    assert HOSTS.keys() - called <= {"www.slack.com", "discordapp.com"}


def test_the_token_of_a_dead_account_is_refused(step: StepClient, sandbox: Sandbox) -> None:
    answer = make(step, CALLS["airtable_oauth"], sandbox.credentials("apn_airtableold"))
    assert (answer.status, answer.document) == CALLS["airtable_oauth"].refusal


def test_slack_without_a_token_says_so(step: StepClient) -> None:
    answer = step.request("POST", "https://slack.com/api/auth.test")
    assert (answer.status, answer.document) == (200, {"ok": False, "error": "not_authed"})


def test_supabase_without_a_key_says_so(step: StepClient) -> None:
    answer = step.request("GET", "https://sandboxproject.supabase.co/rest/v1/signups")
    assert (answer.status, answer.document["message"]) == (401, "No API key found in request")


def test_notion_wants_its_version(step: StepClient, sandbox: Sandbox) -> None:
    call = CALLS["notion"]
    token = sandbox.credentials(call.account)["oauth_access_token"]
    answer = step.request("GET", call.url, headers={"Authorization": f"Bearer {token}"})
    assert (answer.status, answer.document["code"]) == (400, "missing_version")


def test_github_cuts_issues_into_pages_with_links(step: StepClient, sandbox: Sandbox) -> None:
    headers = {"Authorization": f"token {sandbox.credentials('apn_githubhome')['oauth_access_token']}"}
    url = "https://api.github.com/repos/octo/notes/issues?per_page=1&state=all"
    titles = []
    while url:
        page = step.request("GET", url, headers=headers)
        titles += [issue["title"] for issue in page.document]
        url = page.links.get("next", {}).get("url", "")
        assert len(page.document) == 1
    assert len(set(titles)) == len(titles) == 3


def test_what_a_step_appends_to_a_sheet_is_there_afterwards(step: StepClient, sandbox: Sandbox) -> None:
    token = sandbox.credentials("apn_sheetsteam")["oauth_access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    cells = "https://sheets.googleapis.com/v4/spreadsheets/sign-ups/values/People!A:C"
    row = ["Ada", "ada@example.com", "pro"]
    appended = step.request(
        "POST", f"{cells}:append", params={"valueInputOption": "RAW"}, headers=headers, json={"values": [row]}
    )
    assert appended.document["updates"]["updatedRows"] == 1
    assert step.request("GET", cells, headers=headers).document["values"][-1] == row


SLACK_STEP = """
import json, sys
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
token, channel = sys.argv[1:]
try:
    said = WebClient(token=token).chat_postMessage(channel=channel, text="Hello from a step").data
except SlackApiError as error:
    said = error.response.data
print(json.dumps(said))
"""


def test_the_slack_sdk_posts_a_message_with_no_change(
    steps_python: Path, sandbox_run: SandboxRun, sandbox: Sandbox
) -> None:
    token = sandbox.credentials("apn_slackv2team")["oauth_access_token"]
    said = run_in_step(steps_python, sandbox_run, SLACK_STEP, token, "#general")
    assert (said["ok"], said["message"]["text"]) == (True, "Hello from a step")
    assert sandbox.requests[-1].account == "apn_slackv2team"


def test_the_slack_sdk_raises_for_a_wrong_token(steps_python: Path, sandbox_run: SandboxRun) -> None:
    said = run_in_step(steps_python, sandbox_run, SLACK_STEP, "xoxb-invented", "general")
    assert said == {"ok": False, "error": "invalid_auth"}


def test_slack_knows_two_channels_and_no_other(step: StepClient, sandbox: Sandbox) -> None:
    headers = {"Authorization": f"Bearer {sandbox.credentials('apn_slackteam')['oauth_access_token']}"}
    url = "https://slack.com/api/chat.postMessage"
    form = {"channel": "C0RANDOM", "text": "As a form"}
    assert step.request("POST", url, headers=headers, data=form).document["channel"] == "C0RANDOM"
    refused = step.request("POST", url, headers=headers, json={"channel": "nowhere", "text": "Hello"})
    assert refused.document == {"ok": False, "error": "channel_not_found"}
