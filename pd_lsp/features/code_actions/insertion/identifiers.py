"""The names in a piece of code: which are used at all, and which are given a meaning there."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from pd_lsp.syntax.tree import Node

_IDENTIFIERS = "((identifier) @name)"
_BINDINGS = """
[
  (assignment left: (_) @target)
  (augmented_assignment left: (_) @target)
  (for_statement left: (_) @target)
  (for_in_clause left: (_) @target)
  (named_expression name: (_) @target)
  (as_pattern_target (_) @target)
  (parameters (_) @target)
  (lambda_parameters (_) @target)
  (function_definition name: (_) @target)
  (class_definition name: (_) @target)
  (delete_statement (_) @target)
  (global_statement (_) @target)
  (nonlocal_statement (_) @target)
  (case_pattern (_) @target)
  (import_statement name: (dotted_name . (identifier) @target))
  (import_from_statement name: (dotted_name . (identifier) @target))
  (aliased_import alias: (identifier) @target)
]
"""


def name_nodes(node: Node) -> Iterator[Node]:
    """The identifiers below `node` that are names of their own: no attribute, no name of an argument."""
    return (match["name"] for match in node.matches(_IDENTIFIERS) if not _belongs_to_another(match["name"]))


def names_used(node: Node) -> set[str]:
    """The names that stand anywhere below `node`."""
    return {name.text for name in name_nodes(node)}


def names_bound(node: Node) -> set[str]:
    """The names that code below `node` gives a meaning, and, to be on the safe side, those beside them in a target."""
    targets = (match["target"] for match in node.matches(_BINDINGS))
    return {name for target in targets for name in _names_in(target)}


def module_names_bound(module: Node) -> set[str]:
    """The names that a module's own statements give a meaning, imports apart."""
    found: set[str] = set()
    for statement in module.children:
        definition = (statement.field("definition") or statement) if "decorated" in statement.kind else statement
        name = definition.field("name") if definition.kind in ("function_definition", "class_definition") else None
        if name:
            found.add(name.text)
        elif "import" not in statement.kind and "definition" not in definition.kind:
            found |= names_bound(statement)
    return found


def fresh_name(wanted: str, taken: AbstractSet[str]) -> str:
    """`wanted`, or `wanted_2`, `wanted_3`, … where that is taken."""
    name, number = wanted, 2
    while name in taken:
        name, number = f"{wanted}_{number}", number + 1
    return name


def _names_in(target: Node) -> set[str]:
    return {target.text} if target.kind == "identifier" else names_used(target)


def _belongs_to_another(name: Node) -> bool:
    parent = name.parent
    if parent is None:
        return False
    return (parent.kind == "attribute" and parent.field("attribute") == name) or (
        parent.kind == "keyword_argument" and parent.field("name") == name
    )
