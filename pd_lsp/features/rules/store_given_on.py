"""A data store, or its `keys()`, that a step gives on.

What a step returns or exports must be JSON. A data store is none, and `keys()` gives an object to go through that is
none either (docs/platform.md, sections 1.8 and 1.9): the step fails.

Wrong:

    def handler(pd: "pipedream"):
        return pd.inputs["data_store"].keys()

Wrong:

    def handler(pd: "pipedream"):
        store = pd.inputs["data_store"]
        pd.export("known", {"names": store.keys()})

Right:

    def handler(pd: "pipedream"):
        return list(pd.inputs["data_store"].keys())
"""

from collections.abc import Iterator

from pd_lsp.features.rules.rule import Finding, Fix, Rule
from pd_lsp.features.rules.store_reads import called, function_around, stores
from pd_lsp.syntax.handler import handlers
from pd_lsp.syntax.pd_uses import pd_uses
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.syntax.tree import Node
from pd_lsp.text import TextEdit, TextRange

_LITERALS = ("dictionary", "pair", "list", "tuple", "expression_list", "parenthesized_expression")


def _find(snapshot: Snapshot) -> Iterator[Finding]:
    for store in stores(snapshot):
        method = called(store)
        if method is None and _is_given_on(snapshot, store):
            yield Finding(store.range, "A data store is no JSON and can't be given on: give on what you read from it.")
        elif method and method[0] == "keys" and _is_given_on(snapshot, method[1]):
            message = "keys() of a data store is no JSON and can't be given on: make a list of it."
            yield Finding(method[1].range, message, (_listed(method[1]),))


def _is_given_on(snapshot: Snapshot, value: Node) -> bool:
    node = value
    while (parent := node.parent) is not None and parent.kind in _LITERALS:
        node = parent
    if parent is None:
        return False
    if parent.kind == "return_statement":
        found = handlers(snapshot.tree)
        return bool(found) and function_around(parent) == found[-1].node
    call = parent.parent if parent.kind == "argument_list" else None
    function = call.field("function") if call else None
    return function is not None and any(
        use.path == ("export",) and use.node == function for use in pd_uses(snapshot.tree)
    )


def _listed(keys: Node) -> Fix:
    start, end = (TextRange(place, place) for place in (keys.range.start, keys.range.end))
    return Fix("Make a list of it", (TextEdit(start, "list("), TextEdit(end, ")")), is_preferred=True)


RULE = Rule("store-given-on", "error", _find)
