"""What holds for diagnostics whatever the rules find."""

import logging
from collections.abc import Iterator

import pytest

from pd_lsp.features import diagnostics
from pd_lsp.features.rules import ALL
from pd_lsp.features.rules.rule import Finding, Rule
from pd_lsp.syntax.snapshot import Snapshot
from tests import samples
from tests.checks import HEADER, check_diagnostics

WRONG = HEADER + "console.log(pd.env['KEY'])\n"
FOUND = [("console-log", "console.log"), ("unknown-member", "env")]


def broken(_snapshot: Snapshot) -> Iterator[Finding]:
    raise ValueError("a text that could hold anything")
    yield


def test_they_come_in_the_order_of_the_text() -> None:
    check_diagnostics(WRONG, FOUND)


def test_a_rule_that_fails_costs_its_own_findings_and_is_logged_by_its_name(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(diagnostics, "ALL", (Rule("broken", "error", broken), *ALL))
    with caplog.at_level(logging.ERROR):
        check_diagnostics(WRONG, FOUND)
    assert caplog.messages == ["ValueError in the rule broken"]


def test_a_level_of_the_persons_own_counts_and_off_is_off() -> None:
    check_diagnostics(WRONG, FOUND[1:], levels={"console-log": "off"})
    [first, _] = diagnostics.diagnose(samples.snapshot(WRONG, levels={"console-log": "hint"}))
    assert (first.code, first.severity) == ("console-log", "hint")


@pytest.mark.parametrize("text", ["", "x = 1\n", "def other(pd):\n    pd.env['KEY']\n", "class A:\n    pass\n"])
def test_a_document_that_is_no_step_has_none(text: str) -> None:
    check_diagnostics(text, [])
