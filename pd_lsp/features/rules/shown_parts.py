"""What shows in the value of an expression that is made of it: the holes of an f-string, the items of a list."""

from collections.abc import Iterator

from pd_lsp.features.rules.arguments import arguments
from pd_lsp.features.rules.meanings import call_meaning
from pd_lsp.features.rules.values import pairs
from pd_lsp.syntax.tree import Node, Tree

_SHOWS = ("json.dumps", "str", "repr", "pprint.pformat", "format", "dict")
"""Calls whose value shows that of their arguments; `list` of a dict shows its keys alone."""
_SIDES = {
    "binary_operator": ("left", "right"),
    "boolean_operator": ("left", "right"),
    "keyword_argument": ("value",),
    "named_expression": ("value",),
    "interpolation": ("expression",),
}
"""Kinds whose value holds what these parts hold."""
_WHOLE = ("list", "tuple", "set", "string", "concatenated_string", "expression_list")
"""Kinds whose value holds what every part holds."""


def shown_parts(tree: Tree, node: Node) -> Iterator[Node]:
    """The parts of `node` that its value shows as they are and whole; none of a part of theirs."""
    if node.kind in _SIDES:
        yield from (part for name in _SIDES[node.kind] if (part := node.field(name)))
    elif node.kind in _WHOLE:
        yield from (child for child in node.children if child.kind not in ("string_content", "escape_sequence"))
    elif node.kind == "dictionary":
        yield from (value for _, value in pairs(node))
    elif node.kind == "conditional_expression":
        yield from (node.children[0], node.children[-1])
    elif node.kind == "call" and (call_meaning(tree, node) in _SHOWS or _is_format(node)):
        yield from arguments(node)


def _is_format(call: Node) -> bool:
    """`"…".format(…)`."""
    function = call.field("function")
    thing = function.field("object") if function and function.kind == "attribute" else None
    name = function.field("attribute") if function and thing else None
    return thing is not None and thing.kind == "string" and name is not None and name.text == "format"
