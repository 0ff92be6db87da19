"""An answer after the workflow was told to wait.

Once `pd.flow.delay` was called the caller of an HTTP trigger can't be answered any more, and gets an error
(docs/platform.md, section 1.5). Answer in a step before the one that waits.

Wrong:

    def handler(pd: "pipedream"):
        pd.flow.delay(60_000)
        pd.respond({"status": 200, "body": "Soon"})

Right:

    def handler(pd: "pipedream"):
        return pd.flow.delay(60_000)
"""

from collections.abc import Iterator

from pd_lsp.features.rules.rule import Finding, Rule
from pd_lsp.features.rules.statements import runs_before
from pd_lsp.syntax.pd_calls import pd_calls
from pd_lsp.syntax.snapshot import Snapshot


def _find(snapshot: Snapshot) -> Iterator[Finding]:
    if ".respond" not in snapshot.text or ".delay" not in snapshot.text:
        return
    delays = list(pd_calls(snapshot.tree, "flow.delay"))
    for call in pd_calls(snapshot.tree, "respond"):
        if any(runs_before(delay.node, call.node) for delay in delays):
            message = "After pd.flow.delay the caller can't be answered any more: answer in a step before this one."
            yield Finding(call.node.range, message)


RULE = Rule("respond-after-delay", "warning", _find)
