"""A method that data stores do not have.

Data stores look like dictionaries and have `get`, `set`, `set_ttl`, `keys`, `items` and `clear`, `in`, `[…]` and `del`.
`pop`, `update`, `values` and `len()` are not documented (docs/platform.md, section 1.8), and a run here refuses them.

Wrong:

    def handler(pd: "pipedream"):
        return pd.inputs["data_store"].pop("seen")

Wrong:

    def handler(pd: "pipedream"):
        return len(pd.inputs["data_store"])

Right:

    def handler(pd: "pipedream"):
        store = pd.inputs["data_store"]
        seen = store.get("seen")
        del store["seen"]
        return seen, len(list(store.keys()))
"""

from collections.abc import Iterator

from pd_lsp.features.rules.rule import Finding, Rule
from pd_lsp.features.rules.store_reads import called, stores
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.syntax.tree import Node

_INSTEAD = {
    "pop": "read the key with get, and then del it",
    "popitem": "read the key with get, and then del it",
    "delete": "del store[key]",
    "has": "key in store",
    "put": "assign it, or use set",
    "has_key": "key in store",
    "update": "assign each key",
    "setdefault": "get the key with a default, and assign it",
    "values": "go through items()",
    "copy": "make a dict of items()",
    "set_default": "get the key with a default, and assign it",
}


def _find(snapshot: Snapshot) -> Iterator[Finding]:
    for store in stores(snapshot):
        method = called(store)
        if method and method[0] in _INSTEAD:
            said = f"No {method[0]}() of data stores is documented: {_INSTEAD[method[0]]}."
            yield Finding(method[1].range, said)
        elif call := _length(store):
            said = "No len() of data stores is documented: count list(store.keys())."
            yield Finding(call.range, said)


def _length(store: Node) -> Node | None:
    arguments = store.parent
    call = arguments.parent if arguments and arguments.kind == "argument_list" else None
    function = call.field("function") if call and call.kind == "call" else None
    return call if function is not None and function.text == "len" else None


RULE = Rule("store-method", "information", _find)
