"""The older REST API of the sandbox, over httpx with a user's API key."""

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import yaml

from pd_lsp.sandbox import Sandbox
from tests.conftest import ROOT

EXAMPLES = sorted((ROOT / "examples" / "team-tools").glob("*/workflow.yaml"))
NOT_FOUND = (404, {"error": "record not found"})
ASKING = {"include_credentials": "true"}


@pytest.fixture
def legacy(sandbox: Sandbox) -> Iterator[httpx.Client]:
    """A client with the user's API key and nothing else."""
    headers = {"authorization": f"Bearer {sandbox.api_key}"}
    with httpx.Client(base_url=sandbox.url, headers=headers, trust_env=False) as client:
        yield client
    sandbox.legacy_gone = sandbox.legacy_silent = False


def said(answer: httpx.Response) -> tuple[int, Any]:
    return answer.status_code, answer.json()


def test_the_key_is_announced(sandbox: Sandbox) -> None:
    assert sandbox.announcement()["api_key"] == sandbox.api_key


def test_a_user_has_a_name_and_workspaces(legacy: httpx.Client) -> None:
    user = legacy.get("/v1/users/me").json()["data"]
    assert (user["id"][:2], user["orgs"][0]["id"][:2]) == ("u_", "o_")
    assert {"username", "email"} < user.keys()
    assert {"name", "orgname", "email", "daily_credits_quota", "daily_credits_used"} < user["orgs"][0].keys()


@pytest.mark.parametrize("path", ["/v1/users/me", "/v1/accounts", "/v1/apps", "/v1/workflows/p_V9Ch2Lk"])
@pytest.mark.parametrize("authorization", ["", "Bearer wrong", "Basic c2FuZGJveA=="])
def test_without_a_good_key_the_api_stays_closed(legacy: httpx.Client, path: str, authorization: str) -> None:
    assert said(legacy.get(path, headers={"authorization": authorization})) == (401, {"error": "Unauthorized"})


def test_the_key_of_a_user_does_not_open_connect(legacy: httpx.Client) -> None:
    answer = legacy.get("/v1/connect/apps", headers={"x-pd-environment": "development"})
    assert said(answer) == (401, {"error": "Unauthorized"})


def test_a_token_of_a_client_opens_everything_but_the_user(api: httpx.Client) -> None:
    assert api.get("/v1/accounts").status_code == api.get("/v1/apps").status_code == 200
    assert api.get("/v1/users/me").status_code == 403


def test_accounts_are_listed_with_few_names(legacy: httpx.Client) -> None:
    page = legacy.get("/v1/accounts", params={"app": "github"}).json()
    assert page["page_info"]["total_count"] == 2
    assert page["data"][0] == {
        "id": "apn_githubwork",
        "created_at": "2026-01-05T10:00:00.000Z",
        "updated_at": "2026-01-05T10:00:00.000Z",
        "name": "octo-work",
        "app": {"id": "app_github", "name": "GitHub"},
        "healthy": True,
    }
    assert legacy.get("/v1/accounts", params={"app": "nobody"}).json()["data"] == []


def test_the_last_page_has_a_cursor_behind_which_there_is_nothing(legacy: httpx.Client) -> None:
    page = legacy.get("/v1/accounts", params={"app": "github", "limit": 2}).json()
    assert page["page_info"]["end_cursor"]
    after = {"app": "github", "limit": 2, "after": page["page_info"]["end_cursor"]}
    assert legacy.get("/v1/accounts", params=after).json()["data"] == []


def test_accounts_of_other_people_are_not_there(legacy: httpx.Client) -> None:
    listed = {account["id"] for account in legacy.get("/v1/accounts", params={"limit": 100}).json()["data"]}
    assert listed
    assert not {"apn_githubcolleague", "apn_openaiprod"} & listed
    assert said(legacy.get("/v1/accounts/apn_githubcolleague")) == NOT_FOUND


@pytest.mark.parametrize("yes", ["true", "1"])
@pytest.mark.parametrize("account_id", ["apn_slackteam", "apn_calendar1", "apn_airtableold", "apn_linearkey"])
def test_an_account_comes_in_data_with_its_credentials(
    legacy: httpx.Client, sandbox: Sandbox, account_id: str, yes: str
) -> None:
    bare = legacy.get(f"/v1/accounts/{account_id}").json()["data"]
    assert not {"credentials", "expires_at"} & bare.keys()
    asked = legacy.get(f"/v1/accounts/{account_id}", params={"include_credentials": yes}).json()["data"]
    assert asked.items() > bare.items()
    assert asked["credentials"] == sandbox.credentials(account_id)
    assert "expires_at" in asked


def test_accounts_can_be_gone_as_if_removed(legacy: httpx.Client, sandbox: Sandbox) -> None:
    sandbox.legacy_gone = True
    for path in ("/v1/accounts", "/v1/accounts/apn_slackteam"):
        assert said(legacy.get(path, params=ASKING)) == NOT_FOUND
    assert legacy.get("/v1/apps").status_code == legacy.get("/v1/users/me").status_code == 200
    sandbox.legacy_gone = False
    assert legacy.get("/v1/accounts").status_code == 200


def test_accounts_can_be_silent_about_their_credentials(legacy: httpx.Client, sandbox: Sandbox) -> None:
    sandbox.legacy_silent = True
    assert "credentials" not in legacy.get("/v1/accounts/apn_slackteam", params=ASKING).json()["data"]
    assert "credentials" not in legacy.get("/v1/accounts", params=ASKING).text


def test_apps_are_the_same_as_those_of_connect(legacy: httpx.Client, api: httpx.Client) -> None:
    of_connect = api.get("/v1/connect/apps", params={"q": "slack"}).json()["data"]
    assert legacy.get("/v1/apps", params={"q": "slack"}).json()["data"] == of_connect
    assert legacy.get("/v1/apps/slack").json() == api.get("/v1/connect/apps/slack").json()
    assert said(legacy.get("/v1/apps/nobody")) == NOT_FOUND


@pytest.mark.parametrize("file", EXAMPLES, ids=[file.parent.name for file in EXAMPLES])
def test_a_workflow_says_what_its_file_says(legacy: httpx.Client, sandbox: Sandbox, file: Any) -> None:
    workflow_id = file.parent.name.rpartition("-")[2]
    assert workflow_id in sandbox.workflow_ids
    synced = yaml.safe_load(file.read_text())
    workflow = legacy.get(f"/v1/workflows/{workflow_id}", params={"org_id": "o_sandbox"}).json()
    assert [trigger["id"] for trigger in workflow["triggers"]] == [trigger["id"] for trigger in synced["triggers"]]
    assert [step["namespace"] for step in workflow["steps"]] == [step["namespace"] for step in synced["steps"]]
    for step, expected in zip(workflow["steps"], synced["steps"], strict=True):
        props = expected.get("props", {})
        declared = props.get("__configurableProps", [])
        bound = {name: value for name, value in props.items() if isinstance(value, dict)}
        assert json.loads(step["configured_props_json"]) == bound
        assert (step["lang"], step["disabled"]) == (expected.get("runtime", "nodejs20.x"), "disabled" in expected)
        component = step["savedComponent"]
        assert (
            component["configurableProps"]
            == [{key: prop[key] for key in ("name", "type", "app") if key in prop} for prop in declared]
            or step["component_key"]
        )
        assert [app["nameSlug"] for app in component["apps"]] == [
            prop["app"] for prop in component["configurableProps"] if prop["type"] == "app"
        ]
        assert ("def handler(pd" in component["code"]) == (step["lang"] == "python3.12")


def test_every_example_is_a_workflow_of_the_sandbox(sandbox: Sandbox) -> None:
    assert {file.parent.name.rpartition("-")[2] for file in EXAMPLES} == set(sandbox.workflow_ids)


def test_the_accounts_of_the_workflows_are_there(legacy: httpx.Client, sandbox: Sandbox) -> None:
    for workflow_id in sandbox.workflow_ids:
        for step in legacy.get(f"/v1/workflows/{workflow_id}").json()["steps"]:
            for value in json.loads(step["configured_props_json"]).values():
                account_id = value.get("authProvisionId")
                assert account_id is None or legacy.get(f"/v1/accounts/{account_id}").status_code == 200


def test_what_went_wrong_in_a_workflow_comes_with_its_event(legacy: httpx.Client) -> None:
    path = "/v1/workflows/p_V9Ch2Lk/$errors/event_summaries"
    page = legacy.get(path, params={"expand": "event", "limit": 2}).json()
    assert (page["page_info"]["count"], page["page_info"]["total_count"]) == (2, 3)
    event = page["data"][0]["event"]
    assert event["original_event"]["body"]["name"]
    assert (event["original_context"]["workflow_id"], event["error"]["code"]) == ("p_V9Ch2Lk", "InternalFailure")
    assert {"ts", "cellId", "stack"} < event["error"].keys()
    assert page["data"][0]["indexed_at_ms"] > page["data"][1]["indexed_at_ms"], "the newest is the first"


def test_the_events_of_a_source_are_cut_unless_they_are_expanded(legacy: httpx.Client, sandbox: Sandbox) -> None:
    path = f"/v1/sources/{sandbox.source_id}/event_summaries"
    expanded = legacy.get(path, params={"expand": "event"}).json()["data"]
    assert [event["event"]["newRow"][0] for event in expanded] == ["Katherine Johnson", "Grace Hopper", "Ada Lovelace"]
    assert all(isinstance(event["event"], str) for event in legacy.get(path).json()["data"])
    assert legacy.get("/v1/workflows/p_Xm3TqaR/event_summaries").json()["data"] == []


def test_the_events_of_a_source_come_by_pages(legacy: httpx.Client, sandbox: Sandbox) -> None:
    path = f"/v1/sources/{sandbox.source_id}/event_summaries"
    whole = [event["id"] for event in legacy.get(path).json()["data"]]
    first = legacy.get(path, params={"limit": 2}).json()
    second = legacy.get(path, params={"limit": 2, "after": first["page_info"]["end_cursor"]}).json()
    assert [[event["id"] for event in page["data"]] for page in (first, second)] == [whole[:2], whole[2:]]
    assert legacy.get(path, params={"after": second["page_info"]["end_cursor"]}).json()["data"] == []
    before = legacy.get(path, params={"limit": 1, "before": whole[2]}).json()["data"]
    assert [event["id"] for event in before] == [whole[1]]
    assert legacy.get(path, params={"after": "nobody"}).status_code == 400


def test_an_http_trigger_is_a_source_of_requests_and_a_schedule_is_none(legacy: httpx.Client) -> None:
    events = legacy.get("/v1/sources/hi_3qHr8Lv/event_summaries", params={"expand": "event"}).json()["data"]
    assert events[0]["event"]["body"] == {"name": "Katherine Johnson", "email": "katherine@example.com"}
    assert said(legacy.get("/v1/sources/ti_8mXf2Pb/event_summaries")) == NOT_FOUND


@pytest.mark.parametrize(
    "path",
    [
        "/v1/nowhere",
        "/v1/accounts/apn_nobody",
        "/v1/workflows/p_nobody",
        "/v1/workflows/p_nobody/event_summaries",
        "/v1/workflows/p_nobody/$errors/event_summaries",
        "/v1/sources/dc_nobody/event_summaries",
        "/v1/workflows/p_V9Ch2Lk?org_id=o_nobody",
        "/nowhere",
    ],
)
def test_what_is_not_there_is_not_found(legacy: httpx.Client, path: str) -> None:
    assert said(legacy.get(path)) == NOT_FOUND


@pytest.mark.parametrize("limit", ["0", "-1", "101", "²", "many", ""])
def test_an_odd_limit_of_events_is_refused(legacy: httpx.Client, sandbox: Sandbox, limit: str) -> None:
    assert legacy.get(f"/v1/sources/{sandbox.source_id}/event_summaries", params={"limit": limit}).status_code == 400


def test_a_wrong_method_hears_of_the_right_one(legacy: httpx.Client) -> None:
    answer = legacy.put("/v1/workflows/p_V9Ch2Lk", json={"active": False})
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET")
