"""What holds for every rule: a stable name, a page, and a page whose own examples are right."""

import re
import runpy
import textwrap
from collections.abc import Mapping
from dataclasses import replace

import pytest

from pd_lsp.features.diagnostics import Diagnostic, diagnose
from pd_lsp.features.rules import ALL
from pd_lsp.features.rules.rule import LEVELS, Rule
from pd_lsp.model import Account, Accounts, AppProp, AppSlug
from pd_lsp.shapes import Shape, object_with
from tests import samples
from tests.conftest import ROOT

OF_STEP = (
    Account("apn_openai2", samples.OPENAI, "Team"),
    Account("apn_mastodon", samples.app("mastodon", "Mastodon", "access_token"), "old", dead=True),
    Account("apn_linear", samples.app("linear", "Linear", "oauth_access_token"), "Team", healthy=False),
    Account("apn_sheets", samples.app("google_sheets", "Sheets", "oauth_access_token"), "Team", unreadable=True),
)
ACCOUNTS = Accounts((*samples.ACCOUNTS.accounts, *OF_STEP), complete=True)
PROPS = [AppProp(account.app.slug, account.app.slug, account.id) for account in OF_STEP]
STEP = replace(samples.POST, apps=(*samples.POST.apps, *PROPS, AppProp("notion", AppSlug("notion"))))
WORKFLOW = replace(
    samples.WORKFLOW, steps=tuple(STEP if one is samples.POST else one for one in samples.WORKFLOW.steps)
)
SHAPES: Mapping[str, Shape] = {
    "fetch": replace(object_with({"issues": Shape(), "$return_value": object_with({"title": Shape()})}), closed=True)
}
SCRIPT = runpy.run_path(str(ROOT / "data" / "make_rules.py"))
each_rule = pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.code)


def examples(rule: Rule, heading: str) -> list[str]:
    """The code below each line of the rule's page that says `heading`."""
    blocks = re.findall(rf"^{heading}:\n\n((?:(?:    .*)?\n)+)", rule.page + "\n", re.MULTILINE)
    return [textwrap.dedent(block).rstrip("\n") + "\n" for block in blocks]


def found(rule: Rule, text: str) -> list[Diagnostic]:
    level = "warning" if rule.default == "off" else rule.default
    snapshot = samples.snapshot(text, levels={rule.code: level}, accounts=ACCOUNTS, workflow=WORKFLOW, step=STEP)
    snapshot = replace(snapshot, step_shapes=lambda: SHAPES)
    return diagnose(snapshot)


def codes(rule: Rule, text: str) -> list[str]:
    return [one.code for one in found(rule, text)]


def test_codes_are_words_and_each_is_there_once() -> None:
    assert len({rule.code for rule in ALL}) == len(ALL)
    assert [rule.code for rule in ALL if not re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.code)] == []


@each_rule
def test_a_rule_has_a_level(rule: Rule) -> None:
    assert rule.default in LEVELS


@each_rule
def test_what_its_page_calls_wrong_is_found(rule: Rule) -> None:
    wrong = examples(rule, "Wrong")
    assert wrong
    assert [text for text in wrong if rule.code not in codes(rule, text)] == []


@each_rule
def test_the_table_of_rules_says_which_mend_what_they_find(rule: Rule) -> None:
    wrong = [one for text in examples(rule, "Wrong") for one in found(rule, text) if one.code == rule.code]
    assert SCRIPT["has_fix"](rule) or not any(one.finding.fixes for one in wrong)


@each_rule
def test_what_its_page_calls_right_is_left_alone_by_every_rule(rule: Rule) -> None:
    right = examples(rule, "Right")
    assert right
    assert [codes(rule, text) for text in right] == [[]] * len(right)
