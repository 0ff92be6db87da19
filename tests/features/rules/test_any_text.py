"""No rule fails, whatever the text: half typed, cut anywhere, or with something in the middle that nobody expects."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pd_lsp.features.code_actions.fixes import fixes
from pd_lsp.features.diagnostics import diagnose
from pd_lsp.features.rules import ALL
from pd_lsp.features.rules.rule import Rule
from pd_lsp.text import Offset, TextRange, apply_edits
from tests import samples
from tests.conftest import ROOT
from tests.features.rules.test_every_rule import examples

ON_ANY_MACHINE = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=60)
PAGES = [text for rule in ALL for heading in ("Wrong", "Right") for text in examples(rule, heading)]
STEPS = [*PAGES, *(file.read_text() for file in (ROOT / "examples").rglob("entry.py"))]
ODD = [
    "",
    "(",
    ")",
    '"',
    "'",
    "f'{",
    "$",
    "\n",
    "\r",
    "\x0c",
    "é",
    "😀",
    "\u2028",
    "pd",
    ".",
    "[",
    "except KeyError:",
    "#",
]


@ON_ANY_MACHINE
@given(
    text=st.sampled_from(STEPS), cut=st.floats(0, 1), odd=st.sampled_from(ODD), keeps_rest=st.booleans()
)  # fmt: skip
def test_no_rule_fails_in_any_part_of_a_step(text: str, cut: float, odd: str, keeps_rest: bool) -> None:
    place = int(len(text) * cut)
    changed = text[:place] + odd + (text[place:] if keeps_rest else "")
    for snapshot in (samples.snapshot(changed), samples.in_workflow(changed)):
        for rule in ALL:
            for finding in rule.find(snapshot):
                assert 0 <= finding.range.start <= finding.range.end <= len(changed)


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.code)
def test_a_fix_can_be_applied_and_leaves_a_text_that_is_no_worse(rule: Rule) -> None:
    for text in examples(rule, "Wrong"):
        snapshot = samples.in_workflow(text, levels={rule.code: "warning"})
        for action in fixes(snapshot, TextRange(Offset(0), Offset(len(text))), diagnose(snapshot)):
            after = samples.in_workflow(apply_edits(text, list(action.edits)))
            assert snapshot.tree.root.has_error or not after.tree.root.has_error
