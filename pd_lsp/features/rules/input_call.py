"""`input()` in a step.

Nobody sits in front of a step that could answer: `input` fails at once, or waits until the workflow is stopped. What a
run should know comes with the trigger.

Wrong:

    def handler(pd: "pipedream"):
        return input("Your name? ")

Right:

    def handler(pd: "pipedream"):
        return pd.steps["trigger"]["event"]["body"]["name"]
"""

from collections.abc import Iterator

from pd_lsp.features.rules.meanings import calls_of
from pd_lsp.features.rules.rule import Finding, Rule
from pd_lsp.features.rules.statements import is_in_main_guard
from pd_lsp.syntax.snapshot import Snapshot


def _find(snapshot: Snapshot) -> Iterator[Finding]:
    for _, call in calls_of(snapshot.tree, "input") if "input(" in snapshot.text else ():
        if not is_in_main_guard(call):
            yield Finding(call.range, "Nobody can answer here: read it from the trigger's event.")


RULE = Rule("input-call", "warning", _find)
