"""Names that stand for a part of `pd`, as most people write them: `auth = pd.inputs["app"]["$auth"]`."""

from collections.abc import Iterator
from dataclasses import dataclass

from pd_lsp.syntax.name_search import Sought, identifiers
from pd_lsp.syntax.tree import Branch, Node, Tree
from pd_lsp.text import Offset, TextRange

_PARTS = {"assignment": ("left", "right"), "named_expression": ("name", "value")}
"""The kinds of assignment, and how the grammar calls their two sides."""
_IS_READ = r"[ \t]*[.(\[]"


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
        before = TextRange(scope.range.start, max(min(scope.range.end, offset), scope.range.start))
        for way in identifiers(tree, Sought(name, dotted=False, unless=_IS_READ), before):
            assignment = _assignment(way) if way else None
            if assignment and assignment.value.end <= offset:
                yield assignment


def _scopes(tree: Tree, offset: Offset) -> Iterator[Node]:
    """The functions around `offset`, the innermost first, and the module."""
    for branch in reversed(tree.way_to(Offset(max(offset - 1, 0)))):
        node = branch.node
        is_around = node.kind == "function_definition" and offset in node.range
        if is_around or node == tree.root:
            yield node


def _assignment(way: list[Branch]) -> Assignment | None:
    """The assignment whose left side the identifier at the end of `way` is."""
    parent, leaf = way[-2].node, way[-1]
    left, right = _PARTS.get(parent.kind, ("", ""))
    value = parent.field(right) if leaf.field == left else None
    return Assignment(leaf.node.range, value.range) if value else None
