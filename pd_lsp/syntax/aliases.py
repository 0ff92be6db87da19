"""Names that stand for a part of `pd`, as most people write them: `auth = pd.inputs["app"]["$auth"]`."""

from collections.abc import Iterator
from dataclasses import dataclass

from pd_lsp.syntax.tree import Node, Tree
from pd_lsp.text import Offset, TextRange

_ASSIGNMENTS = """
[
  (assignment left: (identifier) @name right: (_) @value)
  (named_expression name: (identifier) @name value: (_) @value)
]
"""


@dataclass(frozen=True, slots=True)
class Assignment:
    """`name = value`."""

    name: TextRange
    value: TextRange


def assignments_to(tree: Tree, name: str, offset: Offset) -> Iterator[Assignment]:
    """The assignments to `name` that the text at `offset` can see, the nearest before it first.

    Looks in the functions around `offset`, from the inside out, and then in the module.
    """
    if name not in tree.text:
        return
    for scope in _scopes(tree, offset):
        found = [
            Assignment(match["name"].range, match["value"].range)
            for match in scope.matches(_ASSIGNMENTS)
            if match["name"].text == name and match["value"].range.end <= offset
        ]
        yield from reversed(found)


def _scopes(tree: Tree, offset: Offset) -> Iterator[Node]:
    node: Node | None = tree.node_at(offset)
    while node is not None:
        if node.kind in ("function_definition", "module") or node.parent is None:
            yield node
        node = node.parent
