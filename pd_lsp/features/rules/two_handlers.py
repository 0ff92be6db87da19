"""Two handlers in one file.

A step has one handler. Of several functions with that name Python keeps the last, so the others never run. Steps that
were kept together in one file belong into a file each.

Wrong:

    def handler(pd: "pipedream"):
        return 1

    def handler(pd: "pipedream"):
        return 2

Right:

    def double(value):
        return value * 2

    def handler(pd: "pipedream"):
        return double(1)
"""

from collections.abc import Iterator

from pd_lsp.features.rules.rule import Finding, Rule
from pd_lsp.syntax.handler import handlers
from pd_lsp.syntax.name_search import Sought, identifiers
from pd_lsp.syntax.snapshot import Snapshot


def _find(snapshot: Snapshot) -> Iterator[Finding]:
    found = handlers(snapshot.tree)
    if len(found) < 2 or snapshot.tree.root.has_error:  # noqa: PLR2004 - two handlers
        return
    named = [way[-1].node.range for way in identifiers(snapshot.tree, Sought("handler"), patient=True)]
    if set(named) != {handler.name for handler in found}:
        return  # it is used by name in between
    for handler in found[:-1]:
        if handler.node and handler.node.parent and handler.node.parent.kind == "module":
            line = snapshot.lines.line_of(found[-1].name.start) + 1
            yield Finding(handler.name, f"This handler never runs: the one in line {line} takes its place.")


RULE = Rule("two-handlers", "warning", _find)
