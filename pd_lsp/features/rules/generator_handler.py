"""A handler that yields.

`yield` makes a generator of the handler: its code does not run when Pipedream calls it, and a generator is no JSON that
could be given on (docs/platform.md, section 1.9). Collect the values in a list and return that.

Wrong:

    def handler(pd: "pipedream"):
        for item in pd.steps["trigger"]["event"]["body"]["items"]:
            yield item["id"]

Right:

    def handler(pd: "pipedream"):
        return [item["id"] for item in pd.steps["trigger"]["event"]["body"]["items"]]
"""

from collections.abc import Iterator

from pd_lsp.features.rules.rule import Finding, Rule
from pd_lsp.features.rules.statements import function_around, running_handler
from pd_lsp.syntax.snapshot import Snapshot

_YIELDS = "(yield) @yield"


def _find(snapshot: Snapshot) -> Iterator[Finding]:
    handler = running_handler(snapshot.tree) if "yield" in snapshot.text else None
    if handler is None or handler.parent is None or handler.parent.kind != "module":
        return
    for match in handler.matches(_YIELDS):
        if function_around(match["yield"]) == handler:
            message = "yield makes a generator of the handler, which gives later steps nothing: return a list."
            yield Finding(match["yield"].range, message)
            return


RULE = Rule("generator-handler", "warning", _find)
