"""Diagnostics: what the rules find in a step, as the person wants to hear of it."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass

from pd_lsp.features.rules import ALL
from pd_lsp.features.rules.ignoring import ignored
from pd_lsp.features.rules.rule import Finding, Level, Rule, Severity
from pd_lsp.features.step_documents import is_step
from pd_lsp.syntax.snapshot import Snapshot

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding, the code of its rule, and how much it matters."""

    code: str
    severity: Severity
    finding: Finding


def diagnose(snapshot: Snapshot) -> list[Diagnostic]:
    """What is wrong in the document, in the order of the text; nothing in one that is no step."""
    if not is_step(snapshot):
        return []
    quiet = ignored(snapshot)
    found = [
        Diagnostic(rule.code, level, finding)
        for rule, level in _rules(snapshot)
        for finding in _found(rule, snapshot)
        if rule.code not in quiet.get(snapshot.lines.line_of(finding.range.start), ())
    ]
    return sorted(found, key=lambda one: (one.finding.range.start, one.code))


def _found(rule: Rule, snapshot: Snapshot) -> list[Finding]:
    """What one rule finds; a mistake of ours in it costs its own findings and no others (D15)."""
    try:
        return list(rule.find(snapshot))
    except Exception as mistake:  # noqa: BLE001 - whatever it is; and its text could hold anything
        logger.error("%s in the rule %s", type(mistake).__name__, rule.code)
        return []


def _rules(snapshot: Snapshot) -> Iterator[tuple[Rule, Severity]]:
    for rule in ALL:
        level: Level = snapshot.levels.get(rule.code, rule.default)
        if level != "off":
            yield rule, level
