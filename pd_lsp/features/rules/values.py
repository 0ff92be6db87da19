"""What a name holds, where one assignment alone can have said so."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from pd_lsp.features.rules.arguments import plain
from pd_lsp.features.rules.statements import function_around
from pd_lsp.syntax.bindings import bindings
from pd_lsp.syntax.tree import Node, Tree

_SEVERAL = 2


def value_of(tree: Tree, node: Node) -> Node:
    """What `node` is: the value of the one assignment to its name in the function around it, else itself."""
    node = plain(node)
    return (only_value(tree, node) or node) if node.kind == "identifier" else node


def only_value(tree: Tree, name: Node) -> Node | None:
    """The value of the one assignment to a name in the function around it; None where anything else gives it one."""
    function = function_around(name)
    value = _only_value(tree, function, name.text) if function and function.kind == "function_definition" else None
    return value if value and value.range.end <= name.range.start else None


@lru_cache(maxsize=512)
def _only_value(tree: Tree, function: Node, name: str) -> Node | None:
    found = list(islice(bindings(tree, function.range, name), _SEVERAL))
    if len(found) != 1 or not found[0]:
        return None
    target, statement = found[0][-1].node, found[0][-2].node
    if statement.kind != "assignment" or statement.field("left") != target or function_around(target) != function:
        return None
    value = statement.field("right")
    return plain(value) if value else None


def pairs(dictionary: Node) -> Iterator[tuple[Node, Node]]:
    """The keys and values of a dict literal; what is unpacked into it is left out."""
    for pair in dictionary.children:
        key, value = (pair.field("key"), pair.field("value")) if pair.kind == "pair" else (None, None)
        if key and value:
            yield key, value
