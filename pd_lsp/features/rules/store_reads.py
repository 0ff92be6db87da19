"""Where a step certainly has a data store in hand, and what it does with it."""

from collections.abc import Iterator

from pd_lsp.features.data_stores import is_data_store
from pd_lsp.syntax.pd_uses import pd_uses
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.syntax.tree import Node

_FUNCTIONS = ("function_definition", "lambda", "class_definition")


def stores(snapshot: Snapshot) -> Iterator[Node]:
    """The expressions that are a data store: `pd.inputs["data_store"]`, or a name for it, in the order of the text."""
    for use in pd_uses(snapshot.tree):
        match use.path:
            case ("inputs", name) if is_data_store(snapshot, name):
                yield use.node


def called(mapping: Node) -> tuple[str, Node] | None:
    """The method of `mapping` that is called where it stands, and the call."""
    attribute = mapping.parent
    call = attribute.parent if attribute and attribute.field("object") == mapping else None
    if attribute is None or call is None or call.kind != "call" or call.field("function") != attribute:
        return None
    name = attribute.field("attribute")
    return (name.text, call) if name else None


def value_read(store: Node) -> Node | None:
    """The `store[key]` or `store.get(key)` that `store` stands in, where that gives a value."""
    parent = store.parent
    if parent is not None and parent.kind == "subscript" and parent.field("value") == store:
        return None if is_target(parent) else parent
    method = called(store)
    return method[1] if method and method[0] == "get" else None


def is_target(node: Node) -> bool:
    """Whether something is assigned to `node`, or it is deleted."""
    parent = node.parent
    if parent is None:
        return False
    return parent.kind == "delete_statement" or (
        parent.kind in ("assignment", "augmented_assignment") and parent.field("left") == node
    )


def function_around(node: Node) -> Node | None:
    """The function or class that a node stands in."""
    parent = node.parent
    while parent is not None and parent.kind not in _FUNCTIONS:
        parent = parent.parent
    return parent
