"""Where a piece of code stands: in which function, in which statement, and what runs after what."""

from collections.abc import Iterator

from pd_lsp.syntax.handler import handlers
from pd_lsp.syntax.tree import Node, Tree

BLOCKS = ("block", "module")
_FUNCTIONS = ("function_definition", "lambda", "class_definition")


def running_handler(tree: Tree) -> Node | None:
    """The definition of the handler that runs; None where there is none, or where it can't be parsed."""
    found = handlers(tree)
    return found[-1].node if found else None


def function_around(node: Node) -> Node | None:
    """The function, lambda or class around `node`."""
    return next((one for one in around(node) if one.kind in _FUNCTIONS), None)


def around(node: Node) -> Iterator[Node]:
    """The nodes around `node`, the nearest first."""
    parent = node.parent
    while parent is not None:
        yield parent
        parent = parent.parent


def statement_of(call: Node) -> Node | None:
    """The statement that `call` is, alone or as the value that a name is given; None for a part of another thing."""
    parent = call.parent
    if parent is not None and parent.kind == "assignment" and parent.field("right") == call:
        parent = parent.parent
    is_statement = parent is not None and parent.kind == "expression_statement" and len(parent.children) == 1
    return parent if is_statement else None


def runs_before(first: Node, second: Node) -> bool:
    """Whether `first`, a call, has certainly run wherever `second` runs: no branch and no loop lies between them."""
    statement = statement_of(first)
    block = statement.parent if statement else None
    if statement is None or block is None or block.kind not in BLOCKS:
        return False
    is_behind = second.range.start >= statement.range.end
    return is_behind and block in around(second) and function_around(second) == function_around(first)


def is_guarded(node: Node) -> bool:
    """Whether `node` runs only on a condition that may never hold on the platform: in an `if`, or in a `try`."""
    return any(one.kind in ("if_statement", "try_statement") for one in around(node))


def is_in_main_guard(node: Node) -> bool:
    """Whether it stands below `if __name__ == …`, which is for runs elsewhere."""
    for one in around(node):
        condition = one.field("condition") if one.kind == "if_statement" else None
        if condition and "__name__" in condition.text:
            return True
    return False
