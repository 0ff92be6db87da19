"""Whether an editor has to ask again as somebody types on."""

from dataclasses import replace

import pytest

from pd_lsp.features.offered import offered
from pd_lsp.model import Accounts
from tests import samples
from tests.checks import HEADER, check_offered
from tests.marker import marked

UNKNOWN = Accounts(samples.ACCOUNTS.accounts, complete=False)


def is_whole(text: str, accounts: Accounts = samples.ACCOUNTS) -> bool:
    clean, offset = marked(text)
    return offered(samples.in_workflow(clean, accounts=accounts), offset).is_whole


@pytest.mark.parametrize("text", ["s$0", "é$0\n", HEADER + "s$0\n    return 1\n", HEADER + "if x:\n        s$0  \n"])
def test_behind_the_first_letter_of_a_line_a_template_may_still_come(text: str) -> None:
    assert not is_whole(text)


@pytest.mark.parametrize(
    "text",
    [
        "$0",
        HEADER + "$0\n",
        HEADER + "zz$0\n",
        HEADER + "s$0 = 1\n",
        HEADER + "x = s$0\n",
        HEADER + "$0s\n",
        HEADER + "1$0\n",
        HEADER + "# s$0\n",
        HEADER + "s.x$0\n",
        HEADER + 'x = """\n    s$0\n    """\n',
        HEADER + "f(\n    s$0\n    )\n",
        "# s$0",
    ],
)
def test_elsewhere_nothing_more_comes(text: str) -> None:
    assert is_whole(text)


def test_only_what_depends_on_accounts_waits_for_them() -> None:
    assert not is_whole(HEADER + 'pd.inputs["$0"]', UNKNOWN)
    assert not is_whole(HEADER + "sla$0", UNKNOWN)
    assert is_whole(HEADER + 'pd.steps["$0"]', UNKNOWN)
    assert is_whole(HEADER + "pd.$0", UNKNOWN)
    assert is_whole(HEADER + "x.$0", UNKNOWN)


def test_the_run_of_an_execution_has_its_documented_keys() -> None:
    check_offered('pd.context["$0"]', ["run"])
    check_offered('pd.context["run"]["$0"]', ["runs", "context", "callback_request"])
    check_offered('pd.context.get("run", {}).get("$0', ["runs", "context", "callback_request"])
    check_offered('run = pd.context["run"]\n    run["$0"]', ["runs", "context", "callback_request"])
    check_offered('pd.context["other"]["$0"]', [])


def test_very_many_names_are_cut_to_those_that_hold_what_is_typed() -> None:
    text, offset = marked(HEADER + 'os.environ["9$0"]')
    many = replace(samples.snapshot(text), dotenv_names=lambda: tuple(f"NAME_{number}" for number in range(1000)))
    found = offered(many, offset)
    assert {"9" in one.label for one in found.completions} == {True}
    assert (len(found.completions), found.is_whole) == (100, False)
