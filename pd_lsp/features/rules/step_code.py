"""The code of a file that a workflow lists as a step."""

from collections.abc import Iterator

from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.syntax.tree import Node, Tree
from pd_lsp.text import Offset


def is_python_step(snapshot: Snapshot) -> bool:
    """Whether workflow.yaml lists the document as a step in Python."""
    step = snapshot.step
    return step is not None and step.uses.endswith(".py")


def code_of(tree: Tree) -> Iterator[Node]:
    """The statements of the module, without comments and without a docstring."""
    for child in tree.root.children_from(Offset(0)):
        if child.kind != "comment" and not _is_text(child):
            yield child


def _is_text(statement: Node) -> bool:
    return statement.kind == "expression_statement" and [one.kind for one in statement.children] == ["string"]
