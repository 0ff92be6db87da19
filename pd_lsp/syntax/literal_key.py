"""The literal key with which an expression is read: `place["key"]`, `place.get("key")`, `"key" in place`."""

from collections.abc import Container

from pd_lsp.syntax.literal import string_value
from pd_lsp.syntax.tree import Node
from pd_lsp.text import TextRange


def literal_key(place: Node, methods: Container[str]) -> tuple[str, TextRange] | None:
    """What is read of `place` right where it stands, by a subscript, one of `methods`, or `in`; and where that is."""
    around = place.parent
    if around is None:
        return None
    match around.kind:
        case "subscript" if around.field("value") == place:
            return _literal(around.field("subscript"))
        case "attribute" if around.field("object") == place:
            method, call = around.field("attribute"), around.parent
            is_read = method is not None and method.text in methods
            return first_argument(call) if call and is_read and call.field("function") == around else None
        case "comparison_operator" if around.children[-1] == place:
            return _literal(around.children[0])
    return None


def first_argument(call: Node) -> tuple[str, TextRange] | None:
    """The literal that is the first argument of a call, and where it stands."""
    arguments = call.field("arguments")
    return _literal(arguments.children[0]) if arguments and arguments.children else None


def _literal(node: Node | None) -> tuple[str, TextRange] | None:
    value = string_value(node.text) if node and node.kind == "string" else None
    return (value, node.range) if node and value else None
