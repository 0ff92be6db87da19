"""`return` outside of a function.

Python does not run a file that has one. Steps in JavaScript look so; in Python the code belongs into the handler.

Wrong:

    def handler(pd: "pipedream"):
        total = 3

    return total

Right:

    def handler(pd: "pipedream"):
        total = 3
        return total
"""

from collections.abc import Iterator

from pd_lsp.features.rules.rule import Finding, Rule
from pd_lsp.features.rules.statements import function_around
from pd_lsp.syntax.snapshot import Snapshot

_RETURNS = "(module (return_statement) @return)"


def _find(snapshot: Snapshot) -> Iterator[Finding]:
    root = snapshot.tree.root
    for match in root.matches(_RETURNS, only_from_here=True) if not root.has_error else ():
        if function_around(match["return"]) is None:
            yield Finding(match["return"].range, "Python does not run a file with return outside of a function.")


RULE = Rule("return-outside-function", "error", _find)
