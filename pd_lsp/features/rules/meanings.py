"""What a name certainly means: a thing that the text imports, or a builtin, and nothing else."""

import builtins
from collections.abc import Iterator, Mapping
from functools import lru_cache

from pd_lsp.features.insertion.imported_names import imported_by
from pd_lsp.syntax.bindings import bindings
from pd_lsp.syntax.name_search import Sought, identifiers
from pd_lsp.syntax.pd_calls import dotted_names
from pd_lsp.syntax.tree import Branch, Node, Tree

_IMPORTS = ("import_statement", "import_from_statement")
_STATEMENTS = "[(import_statement) (import_from_statement)] @statement"


def meaning(tree: Tree, expression: Node) -> str | None:
    """The full name of what `expression` is, such as `datetime.datetime.now`; None wherever that is not certain."""
    names = [expression.text] if expression.kind == "identifier" else dotted_names(expression)
    if not names or is_given(tree, names[0]):
        return None
    imported = imports(tree)
    root = imported[names[0]] if names[0] in imported else names[0] if hasattr(builtins, names[0]) else None
    return ".".join([root, *names[1:]]) if root else None


def call_meaning(tree: Tree, node: Node) -> str | None:
    """The full name of what is called, where `node` is a call of something that has one."""
    function = node.field("function") if node.kind == "call" else None
    return meaning(tree, function) if function and function.kind in ("identifier", "attribute") else None


def calls_of(tree: Tree, *names: str) -> Iterator[tuple[str, Node]]:
    """The calls of functions by their full names, of each in the order of the text."""
    for name in names:
        found = [way[-1].node for way in identifiers(tree, Sought(name.rpartition(".")[2]), patient=True)]
        for word in reversed(found):
            call = called_by(word)
            if call and call_meaning(tree, call) == name:
                yield name, call


def called_by(word: Node) -> Node | None:
    """The call whose function `word` is, or is the last part of."""
    parent = word.parent
    function = parent if parent and parent.kind == "attribute" and parent.field("attribute") == word else word
    call = function.parent
    return call if call and call.kind == "call" and call.field("function") == function else None


@lru_cache(maxsize=4)
def imports(tree: Tree) -> Mapping[str, str | None]:
    """By name: what the text imports under it; None where several imports say different things."""
    found: dict[str, str | None] = {}
    for match in tree.root.matches(_STATEMENTS):
        for name, _ in imported_by(match["statement"]):
            full = f"{name.module}.{name.name}" if name.module else name.name if name.alias else name.bound
            found[name.bound] = full if found.get(name.bound, full) == full else None
    return found


@lru_cache(maxsize=256)
def is_given(tree: Tree, name: str) -> bool:
    """Whether anything but an import gives `name` a meaning somewhere in the text."""
    return any(not way or not _is_import(way) for way in bindings(tree, tree.root.range, name))


def _is_import(way: list[Branch]) -> bool:
    return any(branch.node.kind in _IMPORTS for branch in way)
