"""What shows that the person has thought of a missing key: a rule has nothing to tell them."""

from collections.abc import Iterator
from functools import lru_cache

from pd_lsp.syntax.literal import string_value
from pd_lsp.syntax.pd_uses import pd_uses
from pd_lsp.syntax.tree import Node, Tree

_BROAD = frozenset({"Exception", "BaseException"})
_CLAUSES = ("except_clause", "except_group_clause")


def is_caught(node: Node, *errors: str) -> bool:
    """Whether something around `node` catches one of these errors, by name or by catching nearly everything."""
    return any(catches(clause, *errors) for _, clause in clauses_around(node)) or _is_suppressed(node)


def clauses_around(node: Node) -> Iterator[tuple[Node, Node]]:
    """The `try` statements in whose body `node` stands, in the function around it, each with each of its clauses."""
    child, parent = node, node.parent
    while parent is not None and child.kind not in ("function_definition", "lambda", "class_definition"):
        if parent.kind == "try_statement" and parent.field("body") == child:
            for clause in parent.children:
                if clause.kind in _CLAUSES:
                    yield parent, clause
        child, parent = parent, parent.parent


def catches(clause: Node, *errors: str) -> bool:
    """Whether an `except` clause catches one of these errors; so it is said, too, of one that can't be read."""
    named = caught_names(clause)
    return not named or not _BROAD.union(errors).isdisjoint(name.text.rpartition(".")[2] for name in named)


def caught_names(clause: Node) -> list[Node]:
    """The classes that an `except` clause names; none of a bare one."""
    value = clause.children[0] if clause.children and clause.children[0].kind not in ("block", "comment") else None
    if value is not None and value.kind == "as_pattern":
        value = value.children[0]
    if value is None or value.kind not in ("tuple", "identifier", "attribute", "parenthesized_expression"):
        return []
    return [value] if value.kind in ("identifier", "attribute") else value.children


def _is_suppressed(node: Node) -> bool:
    parent = node.parent
    while parent is not None and parent.kind != "function_definition":
        if parent.kind == "with_statement" and "suppress(" in (parent.children[0].text if parent.children else ""):
            return True
        parent = parent.parent
    return False


@lru_cache(maxsize=8)
def asked_for(tree: Tree, path: tuple[str, ...]) -> frozenset[str]:
    """The keys below `path` that the step asks for before it reads them: by `in`, by `.get`, by catching `KeyError`."""
    uses = pd_uses(tree)
    found = {key for use in uses if use.path == path for key in _compared(use.node)}
    for use in uses:
        if use.path[:-1] == path and use.read_by in ("subscript", "get"):
            is_asked = use.read_by == "get" or is_caught(use.node, "KeyError", "LookupError", "TypeError")
            found |= {use.path[-1]} if is_asked else set()
    return frozenset(found)


def _compared(mapping: Node) -> Iterator[str]:
    """The key in `"key" in mapping`, `"key" not in mapping`, and `"key" in mapping.keys()`."""
    node, parent = mapping, mapping.parent
    while parent is not None and parent.kind in ("attribute", "call", "parenthesized_expression"):
        node, parent = parent, parent.parent
    if parent is not None and parent.kind == "comparison_operator" and parent.children[-1] == node:
        key = parent.children[0]
        value = string_value(key.text) if key.kind == "string" else None
        if value is not None:
            yield value
