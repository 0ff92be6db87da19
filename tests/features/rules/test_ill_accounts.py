"""Accounts that are dead, unhealthy, or whose token can't be read."""

from dataclasses import replace

import pytest

from pd_lsp.model import Accounts
from tests import samples
from tests.checks import HEADER, check_rule

READ = HEADER + "print(pd.inputs['slack']['$auth']['oauth_access_token'], pd.inputs['slack']['$auth']['oauth_uid'])\n"
ILL = {
    "dead-account": replace(samples.TEAM_SLACK, dead=True),
    "unhealthy-account": replace(samples.TEAM_SLACK, healthy=False),
    "unreadable-account": replace(samples.TEAM_SLACK, unreadable=True),
}
each = pytest.mark.parametrize("code", ILL)


@each
def test_it_is_said_once_where_the_app_is_first_read(code: str) -> None:
    check_rule(code, READ, ["'slack'"], accounts=Accounts((ILL[code],), complete=True))


@each
def test_it_is_said_of_somebody_who_asks_first_too(code: str) -> None:
    text = HEADER + "print(pd.inputs.get('slack', {}).get('$auth', {}))\n"
    check_rule(code, text, ["'slack'"], accounts=Accounts((ILL[code],), complete=True))


@each
def test_another_account_that_could_be_meant_is_a_reason_to_be_silent(code: str) -> None:
    well = replace(samples.TEAM_SLACK, id="apn_slack2")
    check_rule(code, READ, [], accounts=Accounts((ILL[code], well), complete=True))
    check_rule(code, READ, [], accounts=Accounts((ILL[code],), complete=False))


@each
def test_the_account_that_the_workflow_names_counts_alone(code: str) -> None:
    well = replace(samples.TEAM_SLACK, id="apn_slack2")
    check_rule(code, READ, ["'slack'"], samples.in_workflow, accounts=Accounts((ILL[code], well)))
    check_rule(code, READ, [], samples.in_workflow, accounts=Accounts((replace(ILL[code], id="apn_x"),), complete=True))


@each
def test_a_step_that_does_not_read_it_hears_nothing(code: str) -> None:
    text = HEADER + "print(pd.inputs['github']['$auth']['oauth_access_token'], 'slack')\n"
    check_rule(code, text, [], accounts=Accounts((ILL[code],), complete=True))


def test_a_dead_account_is_called_dead_and_nothing_else() -> None:
    accounts = Accounts((replace(samples.TEAM_SLACK, dead=True, healthy=False, unreadable=True),), complete=True)
    check_rule("unhealthy-account", READ, [], accounts=accounts)
    check_rule("unreadable-account", READ, [], accounts=accounts)
