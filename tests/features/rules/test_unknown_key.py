from dataclasses import replace

import pytest

from pd_lsp.model import Account, Accounts, App, AppSlug, AuthField
from tests import samples
from tests.checks import HEADER, check_diagnostics, check_fixed

OPENAI = Accounts((Account("apn_openai1", samples.OPENAI, "Team"),), complete=True)


def test_a_key_that_the_account_lacks_is_an_error() -> None:
    text = HEADER + "return pd.inputs['openai']['$auth']['api_kye']\n"
    check_diagnostics(text, [("unknown-key", "'api_kye'")], accounts=OPENAI)


def test_the_nearest_key_is_written_in_the_quotes_that_stand_there() -> None:
    line = "return pd.inputs['openai']['$auth']['{}']\n"
    check_fixed(
        HEADER + line.format("api_kye"), "Change to 'api_key'", HEADER + line.format("api_key"), accounts=OPENAI
    )


@pytest.mark.parametrize(
    "line",
    [
        "pd.inputs['openai']['$auth']['api_key']",
        "pd.inputs['openai']['$auth'][name]",
        "pd.inputs['slack']['$auth']['xoxb']",
        "config['openai']['$auth']['api_kye']",
        "pd.inputs['openai']['api_kye']",
    ],
)
def test_a_key_that_may_be_there_is_left_alone(line: str) -> None:
    check_diagnostics(HEADER + line + "\n", [], accounts=OPENAI)


def test_nothing_is_said_as_long_as_not_all_keys_are_known() -> None:
    app = App(AppSlug("openai"), "OpenAI", (AuthField("api_key"),), complete=False)
    accounts = Accounts((replace(OPENAI.accounts[0], app=app),), complete=True)
    check_diagnostics(HEADER + "pd.inputs['openai']['$auth']['api_kye']\n", [], accounts=accounts)


def test_a_comment_switches_it_off_for_its_line() -> None:
    line = "pd.inputs['openai']['$auth']['api_kye']  # pd: ignore[unknown-key]\n"
    check_diagnostics(HEADER + line, [], accounts=OPENAI)


def test_a_function_that_takes_something_else_is_no_step() -> None:
    check_diagnostics(
        "def handler(event, context):\n    return pd.inputs['openai']['$auth']['x']\n", [], accounts=OPENAI
    )
