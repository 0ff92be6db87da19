"""Whatever stands in a step, half typed or not: every rule answers, with ranges and fixes that fit the text."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pd_lsp.catalog import known_app, known_headers
from pd_lsp.features.rules import ALL
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.syntax.tree import parse
from pd_lsp.text import apply_edits
from tests import samples
from tests.features.rules.test_correct_steps import STEPS
from tests.features.rules.test_every_rule import examples

WRONG = [text for rule in ALL for text in examples(rule, "Wrong")]
TEXTS = [*STEPS.values(), *WRONG]
GARBAGE = [
    "(",
    ")",
    "[",
    '"',
    "'",
    "\\",
    "\n",
    "\r\n",
    "\t",
    ":",
    "{",
    "}",
    "pd",
    ".",
    "*",
    "=",
    "\u2028",
    "\U0001d54f",
]


def in_known_world(text: str) -> Snapshot:
    snapshot = samples.in_workflow(text)
    return replace(snapshot, catalogue=known_app, headers_of=known_headers, other_steps=lambda: {"fetch": parse(text)})


def check(text: str) -> None:
    snapshot = in_known_world(text)
    for rule in ALL:
        for finding in rule.find(snapshot):
            assert 0 <= finding.range.start <= finding.range.end <= len(text), rule.code
            for fix in finding.fixes:
                assert apply_edits(text, list(fix.edits)) != text, rule.code


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=st.sampled_from(TEXTS), place=st.floats(0, 1))
def test_every_rule_answers_for_any_beginning_of_a_step(text: str, place: float) -> None:
    check(text[: int(place * len(text))])


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=st.sampled_from(TEXTS), place=st.floats(0, 1), cut=st.integers(0, 9), garbage=st.sampled_from(GARBAGE))
def test_every_rule_answers_for_a_step_that_is_broken_in_the_middle(
    text: str, place: float, cut: int, garbage: str
) -> None:
    at = int(place * len(text))
    check(text[:at] + garbage + text[at + cut :])
