"""A call of the handler that stands in the file itself.

Pipedream calls the handler. A call like `handler("pipedream")`, left over from a try at home, runs before that with
something that is no `pd`, and fails.

Wrong:

    def handler(pd: "pipedream"):
        return pd.steps["trigger"]["event"]

    handler("pipedream")

Right:

    def handler(pd: "pipedream"):
        return pd.steps["trigger"]["event"]

    if __name__ == "__main__":
        handler("pipedream")
"""

from collections.abc import Iterator

from pd_lsp.features.rules.arguments import arguments
from pd_lsp.features.rules.meanings import called_by
from pd_lsp.features.rules.rule import Finding, Rule
from pd_lsp.features.rules.statements import function_around, is_guarded
from pd_lsp.syntax.handler import Handler, handlers
from pd_lsp.syntax.name_search import Sought, identifiers
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.syntax.tree import Node

_READ = ".inputs", ".steps", ".export", ".flow", ".respond"


def _find(snapshot: Snapshot) -> Iterator[Finding]:
    found = handlers(snapshot.tree)
    if not found or snapshot.text.count("handler") == len(found) or not _reads_pd(found[-1]):
        return
    for way in reversed(list(identifiers(snapshot.tree, Sought("handler", anywhere=False), patient=True))):
        call = called_by(way[-1].node)
        if call and function_around(call) is None and not is_guarded(call) and _is_no_pd(call):
            message = (
                "Pipedream calls the handler. This call runs before that, with something that is no pd, and fails."
            )
            yield Finding(call.range, message)


def _reads_pd(handler: Handler) -> bool:
    text = handler.node.text if handler.node and handler.parameter else ""
    return any(f"{handler.parameter}{member}" in text for member in _READ)


def _is_no_pd(call: Node) -> bool:
    given = arguments(call)
    return len(given) == 1 and given[0].kind in ("string", "none")


RULE = Rule("handler-called", "warning", _find)
