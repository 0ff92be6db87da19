"""An export under the name that is the return value's.

Later steps read what a step returns as `pd.steps[step]["$return_value"]` (docs/platform.md, section 1.2). An export of
that name and a return value are in each other's way: return the value, or choose another name.

Wrong:

    def handler(pd: "pipedream"):
        pd.export("$return_value", 3)

Right:

    def handler(pd: "pipedream"):
        pd.export("total", 3)
        return 3
"""

from collections.abc import Iterator

from pd_lsp.features.rules.arguments import keyword, positional
from pd_lsp.features.rules.rule import Finding, Rule
from pd_lsp.syntax.literal import string_value
from pd_lsp.syntax.pd_calls import pd_calls
from pd_lsp.syntax.snapshot import Snapshot


def _find(snapshot: Snapshot) -> Iterator[Finding]:
    if "$return_value" not in snapshot.text:
        return
    for call in pd_calls(snapshot.tree, "export"):
        name = keyword(call.node, "name") or next(iter(positional(call.node)), None)
        if name and name.kind == "string" and string_value(name.text) == "$return_value":
            yield Finding(name.range, "This is the name of what the step returns: return it, or choose another name.")


RULE = Rule("export-return-value", "information", _find)
