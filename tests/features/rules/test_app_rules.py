"""An app that nobody is connected to, and one that the step does not have."""

from dataclasses import replace
from typing import Any

import pytest

from pd_lsp.model import Accounts, AppProp, AppSlug
from tests import samples
from tests.checks import HEADER, check_fixed, check_rule

READ = "pd.inputs['{}']['$auth']['oauth_access_token']"
CALENDAR = samples.app("google_calendar", "Google Calendar", "oauth_access_token")
CONNECTED = Accounts(
    (*samples.ACCOUNTS.accounts, replace(samples.TEAM_SLACK, id="apn_cal", app=CALENDAR)), complete=True
)
GUARDED = [
    "if pd.inputs.get('{0}'):\n        pd.inputs['{0}']['$auth']['token']",
    "pd.inputs.get('{0}', {{}}).get('$auth', {{}}).get('token')",
    "app = pd.inputs.get('{0}') or {{}}\n    app['$auth']['token']",
    "if '{0}' in pd.inputs:\n        pd.inputs['{0}']['$auth']['token']",
    "if hasattr(pd, 'inputs') and '{0}' in pd.inputs:\n        pd.inputs['{0}']['$auth']['token']",
    "if '{0}' not in pd.inputs:\n        raise Exception('Connect it')\n    pd.inputs['{0}']['$auth']['token']",
    "try:\n        pd.inputs['{0}']['$auth']['token']\n    except KeyError:\n        raise Exception('Connect it')",
    "key = next((k for k in pd.inputs if '{0}' in k.casefold()), None)\n    pd.inputs[key]['$auth']['token']",
    "safe_get(pd.inputs, ['{0}', '$auth', 'token'])",
    "pd.inputs['{0}']['host']",
    "pd['{0}']['$auth']['token']",
]
"""Ways to read an app by people who know that it may be missing, or without its credentials."""


def check(body: str, places: list[str], accounts: Accounts = CONNECTED, **world: Any) -> None:
    check_rule("app-not-connected", HEADER + body + "\n", places, accounts=accounts, **world)


def test_an_app_without_an_account_is_found_each_time_it_is_read() -> None:
    check(f"{READ.format('notion')}\n    {READ.format('notion')}", ["'notion'", "'notion'"])


def test_a_second_account_of_an_app_is_an_account_of_that_app() -> None:
    check(READ.format("notion_1"), ["'notion_1'"])
    check(READ.format("slack_1"), [])


def test_a_name_that_is_part_of_a_connected_apps_name_was_meant_for_it() -> None:
    body = HEADER + READ + "\n"
    check_fixed(
        body.format("calendar"), "Change to 'google_calendar'", body.format("google_calendar"), accounts=CONNECTED
    )


@pytest.mark.parametrize("name", ["slack", "github_2", "pipedream_secrets_1", "my_slack", "team", "data_store"])
def test_a_connected_app_and_a_name_that_is_no_apps_are_left_alone(name: str) -> None:
    check(READ.format(name), [])


@pytest.mark.parametrize("body", GUARDED)
def test_somebody_who_knows_that_it_may_be_missing_is_left_alone(body: str) -> None:
    check(body.format("notion"), [])


def test_nothing_is_said_as_long_as_not_all_accounts_are_known() -> None:
    check(READ.format("notion"), [], replace(CONNECTED, complete=False))


def in_step(text: str, prop: AppProp, **world: Any) -> Any:
    step = replace(samples.POST, apps=(prop,))
    workflow = replace(
        samples.WORKFLOW, steps=tuple(step if one is samples.POST else one for one in samples.WORKFLOW.steps)
    )
    return samples.snapshot(text, workflow=workflow, step=step, **world)


def test_a_step_whose_workflow_names_the_account_is_left_alone() -> None:
    named = AppProp("notion", AppSlug("notion"), "apn_elsewhere")
    check(READ.format("notion"), [], make=lambda text, **world: in_step(text, named, **world))
    check(
        READ.format("page"), ["'page'"],
        make=lambda text, **world: in_step(text, AppProp("page", AppSlug("notion")), **world),
    )  # fmt: skip


def check_of_step(body: str, places: list[str], **world: Any) -> None:
    check_rule("app-not-of-step", HEADER + body + "\n", places, **({"make": samples.in_workflow} | world))


def test_an_app_that_the_step_does_not_have_is_found() -> None:
    check_of_step(READ.format("notion"), ["'notion'"])


def test_the_prop_of_that_very_app_was_meant() -> None:
    body = HEADER + READ + "\n"
    check_fixed(body.format("github"), "Change to 'github_1'", body.format("github_1"), samples.in_workflow)
    check_fixed(body.format("slak"), "Change to 'slack'", body.format("slack"), samples.in_workflow)


@pytest.mark.parametrize("body", [*GUARDED, READ])
def test_what_the_step_has_or_may_lack_is_left_alone(body: str) -> None:
    check_of_step(body.format("slack"), [])
    if body is not READ:
        check_of_step(body.format("notion"), [])


def test_a_step_that_has_no_props_yet_and_a_lone_one_are_left_alone() -> None:
    bare = replace(samples.POST, apps=(), data_stores=())
    check_of_step(
        READ.format("notion"), [], make=lambda text: samples.snapshot(text, workflow=samples.WORKFLOW, step=bare)
    )
    check_of_step(READ.format("notion"), [], make=samples.snapshot)
