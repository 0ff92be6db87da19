"""The account behind an app, where it is clear which one a run would use."""

from dataclasses import replace

import pytest

from pd_lsp.features.inlay_hints import inlay_hints
from pd_lsp.model import Accounts
from pd_lsp.text import Offset, TextRange
from tests import samples
from tests.checks import check_inlay_hints


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ('pd.inputs["slack"]["$auth"]["x"]', 'pd.inputs["slack"]«Team»["$auth"]["x"]'),
        ('pd.inputs.get("slack", {}).get("$auth")', 'pd.inputs.get("slack", {})«Team».get("$auth")'),
        ('"😀", f"{pd.inputs[\'slack\']}"', '"😀", f"{pd.inputs[\'slack\']«Team»}"'),
    ],
)
def test_the_account_stands_behind_its_app(line: str, shown: str) -> None:
    check_inlay_hints(line, shown)


def test_the_account_that_workflow_yaml_names_is_the_one() -> None:
    check_inlay_hints('pd.inputs["github_1"]', 'pd.inputs["github_1"]«home»', samples.in_workflow)


@pytest.mark.parametrize(
    "line", ['pd.inputs["github"]', 'pd.inputs["notion"]', 'pd.inputs["data_store"]', 'x["slack"]']
)
def test_where_a_run_would_ask_or_has_none_nothing_is_shown(line: str) -> None:
    check_inlay_hints(line, line)


def test_a_label_stays_on_its_line_and_short() -> None:
    odd = replace(samples.TEAM_SLACK, label="a\n\u202eb " + "c" * 90)
    check_inlay_hints('pd.inputs["slack"]', 'pd.inputs["slack"]«a b ' + "c" * 35 + "…»", accounts=Accounts((odd,)))


def test_only_the_part_that_is_shown_is_answered() -> None:
    snapshot = samples.snapshot('def handler(pd):\n    pd.inputs["slack"]\n')
    assert list(inlay_hints(snapshot, TextRange(Offset(0), Offset(10)))) == []
