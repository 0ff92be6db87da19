"""Two answers in a row.

The caller gets one answer, when the workflow ends. Nothing says what a second call does (docs/platform.md, section
1.5); here the last one counts. Said only where nothing but plain statements stands between the two.

Wrong:

    def handler(pd: "pipedream"):
        pd.respond({"status": 200, "body": "one"})
        pd.respond({"status": 200, "body": "two"})

Right:

    def handler(pd: "pipedream"):
        pd.respond({"status": 500, "body": "no"})
        if pd.steps["trigger"]["event"]["body"]:
            pd.respond({"status": 200, "body": "yes"})
"""

from collections.abc import Iterator
from itertools import pairwise

from pd_lsp.features.rules.rule import Finding, Rule
from pd_lsp.features.rules.statements import statement_of
from pd_lsp.syntax.pd_calls import pd_calls
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.syntax.tree import Node


def _find(snapshot: Snapshot) -> Iterator[Finding]:
    if snapshot.text.count(".respond") < 2 or "immediate" in snapshot.text:  # noqa: PLR2004 - two answers
        return
    for first, second in pairwise(pd_calls(snapshot.tree, "respond")):
        one, other = statement_of(first.node), statement_of(second.node)
        if one and other and _is_straight(one, other):
            yield Finding(first.node.range, "The caller gets one answer, and a later call of pd.respond replaces this.")


def _is_straight(one: Node, other: Node) -> bool:
    """Whether only plain statements and comments stand between two statements of a block."""
    for between in one.parent.children_from(one.range.end) if one.parent else ():
        if between == other:
            return True
        if between.kind not in ("expression_statement", "comment") and between != one:
            return False
    return False


RULE = Rule("respond-twice", "information", _find)
