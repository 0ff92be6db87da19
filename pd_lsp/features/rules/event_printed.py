"""The whole event, or all that earlier steps gave, printed.

Events hold what people sent: addresses, messages, sometimes tokens. Printed, all of it stays in the history of the
workflow a second time. Off unless asked for.

Wrong:

    def handler(pd: "pipedream"):
        print(pd.steps["trigger"]["event"])

Right:

    def handler(pd: "pipedream"):
        print(pd.steps["trigger"]["context"]["id"])
"""

from collections.abc import Iterator

from pd_lsp.features.rules.arguments import plain
from pd_lsp.features.rules.printed import printed
from pd_lsp.features.rules.rule import Finding, Rule
from pd_lsp.features.rules.shown_parts import shown_parts
from pd_lsp.syntax.pd_uses import pd_uses
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.syntax.tree import Node, Tree

_WHOLE = (("steps",), ("steps", "trigger"), ("steps", "trigger", "event"))
_DEEPEST = 12


def _find(snapshot: Snapshot) -> Iterator[Finding]:
    if ".steps" not in snapshot.text:
        return
    whole = {use.node for use in pd_uses(snapshot.tree) if use.path in _WHOLE}
    for value in printed(snapshot):
        for node in _shown(snapshot.tree, value):
            if node in whole:
                message = "This keeps the whole event in the history of the workflow: print what you need."
                yield Finding(node.range, message)


def _shown(tree: Tree, expression: Node, depth: int = 0) -> Iterator[Node]:
    """The expression, and all that shows in its value whole."""
    node = plain(expression)
    yield node
    for part in shown_parts(tree, node) if depth < _DEEPEST else ():
        yield from _shown(tree, part, depth + 1)


RULE = Rule("event-printed", "off", _find)
