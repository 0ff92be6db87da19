"""What a step gives on to later ones."""

from collections.abc import Iterator

from pd_lsp.features.rules.arguments import keyword, positional
from pd_lsp.features.rules.statements import function_around, running_handler
from pd_lsp.syntax.pd_calls import pd_calls
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.syntax.tree import Node

_RETURNS = "(return_statement) @return"


def given_on(snapshot: Snapshot) -> Iterator[Node]:
    """The values that the handler returns, and those that the step exports anywhere."""
    handler = running_handler(snapshot.tree)
    for match in handler.matches(_RETURNS) if handler else ():
        if function_around(match["return"]) == handler and match["return"].children:
            yield match["return"].children[0]
    if ".export" in snapshot.text:
        for call in pd_calls(snapshot.tree, "export"):
            value = keyword(call.node, "value") or next(iter(positional(call.node)[1:]), None)
            if value:
                yield value
