"""What a step gives to later ones, as its text says: the keys that it returns, and the names that it exports."""

from collections.abc import Iterator
from dataclasses import dataclass

from pd_lsp.shapes import Shape, merged, object_with
from pd_lsp.syntax.handler import handlers
from pd_lsp.syntax.literal import string_value
from pd_lsp.syntax.tree import Node, Tree
from pd_lsp.text import TextRange

_EXPORTS = """
(call
  function: (attribute object: (_) @object attribute: (identifier) @method (#eq? @method "export"))
  arguments: (argument_list . (_) @name)) @call
"""
_RETURNS = "(return_statement) @return"
_ASSIGNMENTS = "(assignment left: (identifier) @name right: (dictionary) @value)"
_FUNCTIONS = ("function_definition", "lambda", "class_definition")
_DEEPEST = 12
_KINDS = {
    "string": "text",
    "concatenated_string": "text",
    "integer": "number",
    "float": "number",
    "true": "true or false",
    "false": "true or false",
    "none": "nothing",
    "list": "list",
    "list_comprehension": "list",
    "dictionary": "object",
    "dictionary_comprehension": "object",
}


@dataclass(frozen=True, slots=True)
class StepOutput:
    """One thing that a step gives on: `$return_value`, or what it exports under a name."""

    name: str
    range: TextRange
    """Where the text says so: the `return` statement, or the call of `pd.export`."""
    shape: Shape
    """As far as literals tell."""


def step_outputs(tree: Tree) -> tuple[StepOutput, ...]:
    """The outputs that the text names, in its order; several of one name where several places give it.

    `pd.export` counts anywhere in the step, helpers and classes included; `return` only in the handler that runs.
    """
    return tuple(sorted([*_exports(tree), *_returns(tree)], key=lambda output: output.range.start))


def _exports(tree: Tree) -> Iterator[StepOutput]:
    for match in tree.root.matches(_EXPORTS):
        name = string_value(match["name"].text) if match["name"].kind == "string" else None
        if name is None or match["object"].text.rpartition(".")[2] not in names_of_pd(tree):
            continue
        siblings = match["name"].parent.children if match["name"].parent else []
        value = siblings[1] if len(siblings) > 1 else None
        yield StepOutput(name, match["call"].range, _shape(value, {}, 0) if value else Shape())


def names_of_pd(tree: Tree) -> set[str]:
    """What the step calls `pd`: so, and as its handlers do."""
    return {"pd"} | {handler.parameter for handler in handlers(tree) if handler.parameter}


def _returns(tree: Tree) -> Iterator[StepOutput]:
    found = handlers(tree)
    definition = found[-1].node if found else None
    if definition is None:
        return
    literals = _literals(definition)
    for match in definition.matches(_RETURNS):
        place = match["return"]
        if _function_around(place) != definition:
            continue
        value = place.children[0] if place.children else None
        if value is None or _is_flow(value):
            continue
        yield StepOutput("$return_value", place.range, _shape(value, literals, 0))


def _literals(definition: Node) -> dict[str, Node]:
    """Names that the handler gives a dictionary literal; of several the last."""
    return {match["name"].text: match["value"] for match in definition.matches(_ASSIGNMENTS)}


def _function_around(node: Node) -> Node | None:
    parent = node.parent
    while parent is not None and parent.kind not in _FUNCTIONS:
        parent = parent.parent
    return parent


def _is_flow(value: Node) -> bool:
    """`return pd.flow.exit(…)`, `return pd.respond(…)`: idioms that return nothing."""
    function = value.field("function") if value.kind == "call" else None
    return function is not None and (".flow." in function.text or function.text.endswith(".respond"))


def _shape(value: Node, literals: dict[str, Node], depth: int) -> Shape:
    if depth > _DEEPEST:
        return Shape()
    if value.kind == "identifier" and value.text in literals:
        return _shape(literals[value.text], {}, depth + 1)
    if value.kind == "dictionary":
        return object_with(dict(_pairs(value, literals, depth)))
    if value.kind == "list":
        items = merged(_shape(item, literals, depth + 1) for item in value.children[:20])
        return Shape(frozenset({"list"}), items=items)
    kind = _KINDS.get(value.kind)
    return Shape(frozenset({kind}) if kind else frozenset())


def _pairs(value: Node, literals: dict[str, Node], depth: int) -> Iterator[tuple[str, Shape]]:
    for pair in value.children:
        key, item = (pair.field("key"), pair.field("value")) if pair.kind == "pair" else (None, None)
        name = string_value(key.text) if key and key.kind == "string" else None
        if name is not None and item is not None:
            yield name, _shape(item, literals, depth + 1)
