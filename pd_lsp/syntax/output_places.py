"""Where a step's text gives something on: the key in a literal, else the whole `return` or `pd.export`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pd_lsp.syntax.literal import string_value
from pd_lsp.syntax.named_literals import named_literals
from pd_lsp.syntax.step_outputs import StepOutput, step_outputs
from pd_lsp.syntax.tree import Node, Tree
from pd_lsp.text import Offset, TextRange

_RETURNED = "$return_value"
_INDEX = re.compile(r"-?[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class OutputPlace:
    """One place that gives something on."""

    range: TextRange
    """The whole `return`, call or entry of a dictionary."""
    name: TextRange
    """What names it: the key, the exported name, the word `return`."""


def output_places(tree: Tree, name: str, path: Sequence[str] = ()) -> list[OutputPlace]:
    """Where a step gives on `name`, and where in it the keys of `path` lead; all of it where no literal shows them."""
    outputs = [output for output in step_outputs(tree) if output.name == name]
    found = [place for output in outputs if (place := _place_below(tree, output, path))]
    return found or [_whole(tree, output) for output in outputs]


def output_at(tree: Tree, offset: Offset) -> str | None:
    """The output whose name stands at `offset`: that of a `pd.export`, or the word `return` of the handler."""
    return next((one.name for one in step_outputs(tree) if offset in _whole(tree, one).name), None)


def literal_place(value: Node | None, path: Sequence[str]) -> OutputPlace | None:
    """Where the keys of `path` lead in a literal, or in a dictionary that its function has given that name."""
    place: OutputPlace | None = None
    for key in path:
        item = _item(value, key)
        pair = next((one for one in reversed(_pairs(value)) if _key_of(one) == key), None)
        name = item or (pair.field("key") if pair else None)
        value = item or (pair.field("value") if pair else None)
        place = OutputPlace((item or pair or name).range, name.range) if name else None
    return place


def _item(value: Node | None, index: str) -> Node | None:
    """The item of a list literal, or its first, since others are mostly like that."""
    if value is None or value.kind != "list" or not _INDEX.fullmatch(index):
        return None
    items = [one for one in value.children if one.kind != "comment"]
    return items[int(index)] if -len(items) <= int(index) < len(items) else next(iter(items), None)


def _place_below(tree: Tree, output: StepOutput, path: Sequence[str]) -> OutputPlace | None:
    return literal_place(_given(tree, output), path) if path else _whole(tree, output)


def _whole(tree: Tree, output: StepOutput) -> OutputPlace:
    start = output.range.start
    if output.name == _RETURNED and tree.text.startswith("return", start):
        return OutputPlace(output.range, TextRange(start, Offset(start + len("return"))))
    arguments = _arguments(tree, output)
    return OutputPlace(output.range, arguments[0].range if arguments else output.range)


def _given(tree: Tree, output: StepOutput) -> Node | None:
    """The value that is given on."""
    arguments = _arguments(tree, output)
    if arguments:
        return arguments[1] if len(arguments) > 1 else None
    children = tree.node_at(output.range.start, output.range.end).children
    return children[0] if children else None


def _arguments(tree: Tree, output: StepOutput) -> list[Node]:
    """Those of the call of `pd.export`; none of a `return`."""
    arguments = tree.node_at(output.range.start, output.range.end).field("arguments")
    return arguments.children if arguments else []


def _pairs(value: Node | None) -> list[Node]:
    if value is not None and value.kind == "identifier":
        return [pair for literal in reversed(_literals_called(value)) for pair in _pairs(literal)]
    return [one for one in value.children if one.kind == "pair"] if value and value.kind == "dictionary" else []


def _literals_called(name: Node) -> list[Node]:
    """The dictionaries that the function around `name` has given it before, the last first."""
    function = name.parent
    while function is not None and function.kind not in ("function_definition", "module"):
        function = function.parent
    known = named_literals(function).get(name.text) if function else None
    return known.at(name.range.start) if known else []


def _key_of(pair: Node) -> str | None:
    key = pair.field("key")
    return string_value(key.text) if key and key.kind == "string" else None
