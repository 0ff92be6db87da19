"""The handlers of a step, and what they call `pd`."""

import re
from dataclasses import dataclass
from functools import lru_cache

from pd_lsp.syntax.tree import Node, Tree
from pd_lsp.text import Offset, TextRange

_HANDLERS = """
(module [
  (function_definition name: (identifier) @name (#eq? @name "handler")) @definition
  (decorated_definition definition: (function_definition name: (identifier) @name (#eq? @name "handler")) @definition)
])
"""
_HEADER = re.compile(
    r"^(?P<async>async[ \t]+)?def[ \t]+(?P<name>handler)[ \t]*\([ \t]*(?P<parameter>[^\W\d]\w*)?"
    r"(?:[ \t]*:[ \t]*(?P<annotation>[\"']?\w+[\"']?))?",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Handler:
    """One `def handler(…)` at the top level of a step."""

    name: TextRange
    """Where the word `handler` stands."""
    range: TextRange
    """The whole definition; its header alone where the text around it can't be parsed."""
    parameter: str | None
    """What it calls `pd`; None for a handler that takes nothing."""
    annotation: str | None
    """What is written behind its colon, quotes included."""
    is_async: bool
    node: Node | None
    """Its definition in the tree; None where the text around it can't be parsed."""


@lru_cache(maxsize=4)
def handlers(tree: Tree) -> tuple[Handler, ...]:
    """The handlers of a step, in the order of the text. The last one is the one that runs.

    Where the text is broken a line that begins `def handler(` counts, unless it stands inside a string.
    Kept, since many ask for them.
    """
    found = [
        _from_node(match["name"], match["definition"]) for match in tree.root.matches(_HANDLERS, only_from_here=True)
    ]
    if tree.root.has_error:
        known = {handler.name.start for handler in found}
        found += [
            _from_header(header)
            for header in _HEADER.finditer(tree.text)
            if header.start("name") not in known and not _in_string(tree, Offset(header.start("name")))
        ]
    return tuple(sorted(found, key=lambda handler: handler.name.start))


def _from_node(name: Node, definition: Node) -> Handler:
    parameters = definition.field("parameters")
    parameter = _first_parameter(parameters) if parameters else None
    annotation = parameter.field("type") if parameter else None
    return Handler(
        name=name.range,
        range=definition.range,
        parameter=_name_of(parameter) if parameter else None,
        annotation=annotation.text if annotation else None,
        is_async=definition.text.startswith("async"),
        node=definition,
    )


def _first_parameter(parameters: Node) -> Node | None:
    return next((parameter for parameter in parameters.children if parameter.kind != "comment"), None)


def _name_of(parameter: Node) -> str | None:
    match parameter.kind:
        case "identifier":
            return parameter.text
        case "typed_parameter" | "default_parameter" | "typed_default_parameter":
            name = parameter.field("name") or (parameter.children[0] if parameter.children else None)
            return name.text if name and name.kind == "identifier" else None
        case _:
            return None


def _from_header(header: re.Match[str]) -> Handler:
    return Handler(
        name=TextRange(Offset(header.start("name")), Offset(header.end("name"))),
        range=TextRange(Offset(header.start()), Offset(header.end())),
        parameter=header["parameter"],
        annotation=header["annotation"],
        is_async=header["async"] is not None,
        node=None,
    )


def _in_string(tree: Tree, offset: Offset) -> bool:
    return any(branch.node.kind == "string" for branch in tree.way_to(offset))
