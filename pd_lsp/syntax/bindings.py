"""What gives a name a meaning in a piece of code: assignments, parameters, loops, imports, definitions.

Few names are asked about, and a step can have very many: each is looked for when it is asked about.
"""

from collections.abc import Callable, Iterator
from itertools import chain, pairwise

from pd_lsp.syntax.name_search import Sought, identifiers
from pd_lsp.syntax.tree import Branch, Node, Tree
from pd_lsp.text import TextRange

_TARGETS = {
    "assignment": "left",
    "augmented_assignment": "left",
    "for_statement": "left",
    "for_in_clause": "left",
    "named_expression": "name",
    "function_definition": "name",
    "class_definition": "name",
    "aliased_import": "alias",
    "as_pattern_target": None,
    "parameters": None,
    "lambda_parameters": None,
    "delete_statement": None,
    "global_statement": None,
    "nonlocal_statement": None,
    "case_pattern": None,
}
"""What gives names a meaning, and in which part of it they stand; None: anywhere in it."""
_IMPORTS = ("import_statement", "import_from_statement")
_IS_READ = r"[ \t]*[.(\[]"
_HEADS = ("def ", "class ", "import ")


def is_bound(tree: Tree, within: TextRange, name: str) -> bool:
    """Whether code there gives `name` a meaning, or, to be on the safe side, it stands beside one in a target."""
    return any_way(_that_may_bind(tree, within, name), is_target)


def is_bound_in_module(tree: Tree, name: str) -> bool:
    """Whether a module's own statements give `name` a meaning, imports apart."""
    return any_way(_that_may_bind(tree, tree.root.range, name), _is_target_of_module)


def bindings(tree: Tree, within: TextRange, name: str) -> Iterator[list[Branch]]:
    """The ways to the places that give `name` a meaning; an empty one where it stands in too many places."""
    return (way for way in _that_may_bind(tree, within, name) if not way or is_target(way))


def _that_may_bind(tree: Tree, within: TextRange, name: str) -> Iterator[list[Branch]]:
    """Where `name` stands, without the many places where it is called, or asked for a part."""
    heads = (identifiers(tree, Sought(name, after=head), within) for head in _HEADS)
    return chain(identifiers(tree, Sought(name, anywhere=False, unless=_IS_READ), within), *heads)


def any_way(ways: Iterator[list[Branch]], holds: Callable[[list[Branch]], bool]) -> bool:
    """Whether one of them holds; so it is said, too, of a name that stands in too many places to look at them all."""
    return any(not way or holds(way) for way in ways)


def is_target(way: list[Branch]) -> bool:
    """Whether the identifier at the end of `way` stands where it is given a meaning."""
    return not is_part_of_another(way) and any(_is_target_in(parent.node, child) for parent, child in pairwise(way))


def _is_target_in(parent: Node, child: Branch) -> bool:
    if parent.kind in _IMPORTS:
        return child.field == "name" and child.node.kind == "dotted_name"
    return parent.kind in _TARGETS and _TARGETS[parent.kind] in (None, child.field)


def _is_target_of_module(way: list[Branch]) -> bool:
    """Of a definition in a module only the name is the module's own."""
    inside = way[2:] if len(way) > 1 and way[1].node.kind == "decorated_definition" else way[1:]
    if not inside or inside[0].node.kind in (*_IMPORTS, "future_import_statement"):
        return False
    if inside[0].node.kind in ("function_definition", "class_definition"):
        return len(inside) > 1 and inside[1].field == "name"
    return is_target(way)


def is_part_of_another(way: list[Branch]) -> bool:
    """Whether the identifier at the end of `way` is an attribute, or the name of an argument."""
    parent, leaf = way[-2].node, way[-1]
    return (parent.kind, leaf.field) in (("attribute", "attribute"), ("keyword_argument", "name"))
