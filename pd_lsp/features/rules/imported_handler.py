"""A handler that takes the place of one that was imported.

`from helper import handler` above `def handler` is lost: the function that calls `handler` calls itself.

Wrong:

    from helper import handler

    def handler(pd: "pipedream"):
        return handler(pd)

Right:

    from helper import handler as ask

    def handler(pd: "pipedream"):
        return ask(pd)
"""

from collections.abc import Iterator

from pd_lsp.features.insertion.imported_names import import_statements, imported_by
from pd_lsp.features.rules.rule import Finding, Rule
from pd_lsp.features.rules.statements import function_around, running_handler
from pd_lsp.syntax.name_search import Sought, identifiers
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.syntax.tree import Node


def _find(snapshot: Snapshot) -> Iterator[Finding]:
    if snapshot.text.count("handler") < 3 or "import" not in snapshot.text:  # noqa: PLR2004 - import, def, call
        return
    handler = running_handler(snapshot.tree)
    for statement in import_statements(snapshot.tree.root) if handler else ():
        for name, place in imported_by(statement):
            if handler and name.bound == "handler" and place.range.end <= handler.range.start:
                yield from _lost(snapshot, handler, place)


def _lost(snapshot: Snapshot, handler: Node, place: Node) -> Iterator[Finding]:
    """Said where the handler calls itself, and nothing before it uses what was imported."""
    uses = [way[-1].node for way in identifiers(snapshot.tree, Sought("handler"), patient=True)]
    between = [use for use in uses if place.range.end <= use.range.start < handler.range.start]
    calls = [use for use in uses if use.parent and use.parent.kind == "call" and function_around(use) == handler]
    if calls and not between:
        yield Finding(place.range, "The handler below has the same name and calls itself: import this one as another.")


RULE = Rule("imported-handler", "warning", _find)
