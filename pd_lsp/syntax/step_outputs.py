"""What a step gives to later ones, as its text says: the keys that it returns, and the names that it exports."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from pd_lsp.shapes import Shape, either, object_with
from pd_lsp.syntax.handler import handlers
from pd_lsp.syntax.literal import string_value
from pd_lsp.syntax.named_literals import NamedLiteral, named_literals
from pd_lsp.syntax.tree import Node, Tree
from pd_lsp.text import Offset, TextRange

_EXPORTS = """
(call
  function: (attribute object: (_) @object attribute: (identifier) @method (#eq? @method "export"))
  arguments: (argument_list . (_) @name)) @call
"""
_RETURNS = "(return_statement) @return"
_FUNCTIONS = ("function_definition", "lambda", "class_definition")
_DEEPEST = 12
_MOST_PUT = 200
"""Things put into a dictionary that are looked at one by one."""
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
        yield StepOutput(name, match["call"].range, _shape(value, _NO_NAMES, 0) if value else Shape())


def names_of_pd(tree: Tree) -> set[str]:
    """What the step calls `pd`: so, and as its handlers do."""
    return {"pd"} | {handler.parameter for handler in handlers(tree) if handler.parameter}


def _returns(tree: Tree) -> Iterator[StepOutput]:
    found = handlers(tree)
    definition = found[-1].node if found else None
    if definition is None:
        return
    names = cache(lambda: named_literals(definition))  # many steps return no name
    for match in definition.matches(_RETURNS):
        place = match["return"]
        if _function_around(place) != definition:
            continue
        value = place.children[0] if place.children else None
        if value is None or _is_flow(value):
            continue
        yield StepOutput("$return_value", place.range, _shape(value, _Named(names, place.range.start), 0))


def _function_around(node: Node) -> Node | None:
    parent = node.parent
    while parent is not None and parent.kind not in _FUNCTIONS:
        parent = parent.parent
    return parent


def _is_flow(value: Node) -> bool:
    """`return pd.flow.exit(…)`, `return pd.respond(…)`: idioms that return nothing."""
    function = value.field("function") if value.kind == "call" else None
    return function is not None and (".flow." in function.text or function.text.endswith(".respond"))


@dataclass(frozen=True, slots=True)
class _Named:
    """What names stand for that are read at a place."""

    literals: Callable[[], Mapping[str, NamedLiteral]]
    offset: Offset

    def shape(self, name: str) -> Shape:
        known = self.literals().get(name)
        return _shape_of_name(known, self.offset) if known else Shape()


_NO_NAMES = _Named(dict, Offset(0))


def _shape_of_name(known: NamedLiteral, offset: Offset) -> Shape:
    """What a name stands for at `offset` that is given dictionaries, with what is put into them."""
    if not known.at(offset):
        return Shape()
    shape = either(_shape(literal, _NO_NAMES, 1) for literal in known.literals) or Shape()
    for path in known.put[:_MOST_PUT]:
        shape = _with(shape, path)
    if known.is_changed or len(known.put) > _MOST_PUT:
        shape = replace(shape, keys=_of_any_kind(shape.keys))
    return shape if known.is_certain else replace(shape, kinds=frozenset())


def _with(shape: Shape, path: Sequence[str]) -> Shape:
    """With a key of which nobody knows what it holds."""
    if not path:
        return replace(shape, kinds=frozenset())
    inner = shape.keys.get(path[0])
    if inner is None and len(path) > 1:
        return shape
    return replace(shape, keys={**shape.keys, path[0]: _with(inner or Shape(), path[1:])})


def _of_any_kind(keys: Mapping[str, Shape]) -> dict[str, Shape]:
    return {key: replace(shape, kinds=frozenset()) for key, shape in keys.items()}


def _shape(value: Node, named: _Named, depth: int) -> Shape:
    if depth > _DEEPEST:
        return Shape()
    if value.kind == "identifier":
        return named.shape(value.text)
    if value.kind == "dictionary":
        return object_with(_keys(value, named, depth))
    if value.kind == "list":
        items = either(_shape(item, named, depth + 1) for item in value.children[:20])
        return Shape(frozenset({"list"}), items=items)
    kind = _KINDS.get(value.kind)
    return Shape(frozenset({kind}) if kind else frozenset())


def _keys(value: Node, named: _Named, depth: int) -> dict[str, Shape]:
    """The literal keys; what follows them and is none, such as `**more`, may hold any of them anew."""
    found: dict[str, Shape] = {}
    for pair in value.children:
        key, item = (pair.field("key"), pair.field("value")) if pair.kind == "pair" else (None, None)
        name = string_value(key.text) if key and key.kind == "string" else None
        if name is not None and item is not None:
            found[name] = _shape(item, named, depth + 1)
        elif pair.kind != "comment":
            found = _of_any_kind(found)
    return found
