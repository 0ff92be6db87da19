"""A sleep that outlasts the workflow.

A run ends when the workflow's time limit is over: `lambda_timeout` in workflow.yaml, and 750 seconds at most
(docs/platform.md, section 1.9). A sleep that is as long never comes back. `pd.flow.delay` waits longer, but only after
the step has ended.

Wrong:

    import time

    def handler(pd: "pipedream"):
        time.sleep(3600)
        return 1

Right:

    import time

    def handler(pd: "pipedream"):
        time.sleep(5)
        return 1
"""

import ast
from collections.abc import Iterator

from pd_lsp.features.rules.arguments import positional
from pd_lsp.features.rules.meanings import calls_of
from pd_lsp.features.rules.rule import Finding, Rule
from pd_lsp.features.rules.statements import is_in_main_guard
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.syntax.tree import Node

_LONGEST = 750.0
"""Seconds: the most that a paid plan allows."""
_DEEPEST = 5


def _find(snapshot: Snapshot) -> Iterator[Finding]:
    if "sleep" not in snapshot.text:
        return
    own = snapshot.workflow.time_limit if snapshot.workflow else None
    limit = own or _LONGEST
    for _, call in calls_of(snapshot.tree, "time.sleep", "asyncio.sleep"):
        given = positional(call)
        seconds = _seconds(given[0]) if len(given) == 1 else None
        if seconds is not None and seconds >= limit and not is_in_main_guard(call):
            whose = "The workflow" if own else "Every workflow"
            yield Finding(
                call.range,
                f"{whose} is stopped after {limit:g} seconds, in this sleep. pd.flow.delay waits after the step.",
            )


def _seconds(node: Node, depth: int = 0) -> float | None:
    """What a number, or a product of numbers, comes to."""
    if node.kind in ("integer", "float"):
        return _number(node.text)
    operator = node.field("operator") if node.kind == "binary_operator" else None
    left, right = node.field("left"), node.field("right")
    if not operator or operator.text != "*" or not left or not right or depth > _DEEPEST:
        return None
    one, other = _seconds(left, depth + 1), _seconds(right, depth + 1)
    return None if one is None or other is None else one * other


def _number(text: str) -> float | None:
    try:
        value = ast.literal_eval(text)
        return float(value) if isinstance(value, int | float) else None
    except (ValueError, SyntaxError, OverflowError):
        return None


RULE = Rule("sleep-past-limit", "warning", _find)
