"""`pd.flow.delay` and other members of `pd` that end at a place, where `pd` is the object that the platform gives."""

from collections.abc import Iterator, Sequence

from pd_lsp.syntax.handler import Handler, handlers
from pd_lsp.syntax.pd_name import handler_takes
from pd_lsp.syntax.tree import Node, Token, Tree
from pd_lsp.text import Offset

_PARAMETERS = ("typed_parameter", "default_parameter", "typed_default_parameter")


def member_names(tree: Tree, tokens: Sequence[Token], offset: Offset) -> tuple[str, ...] | None:
    """The names behind `pd` in the dotted name that ends at the first of `tokens`, such as `("flow", "delay")`.

    None where it does not begin with `pd`. As `pd` counts only what a function around `offset` takes under the name
    that the handler gives it: elsewhere a name of two letters is somebody else's, such as `import pandas as pd`.
    """
    names: list[str] = []
    for at in range(0, len(tokens), 2):
        if tokens[at].kind != "identifier":
            return None
        if [token.kind for token in tokens[at + 1 : at + 2]] != ["."]:
            return tuple(reversed(names)) if _is_parameter(tree, tokens[at].text, offset) else None
        names.append(tokens[at].text)
    return None


def _is_parameter(tree: Tree, name: str, offset: Offset) -> bool:
    way = tree.way_to(Offset(max(offset - 1, 0)))
    around = [branch.node for branch in way if branch.node.kind == "function_definition"]
    taking = [function for function in around if name in _parameters(function)]
    if taking and _is_handler(taking[0]):
        return True
    if not handler_takes(tree, name):
        return False
    return bool(taking) or (tree.root.has_error and _is_below_header(tree, handlers(tree), name, offset))


def _is_handler(function: Node) -> bool:
    name, around = function.field("name"), function.parent
    return name is not None and name.text == "handler" and around is not None and around.kind == "module"


def _parameters(function: Node) -> Iterator[str]:
    parameters = function.field("parameters")
    for parameter in parameters.children if parameters else []:
        name = parameter if parameter.kind == "identifier" else parameter.field("name")
        if parameter.kind in _PARAMETERS and name is None and parameter.children:
            name = parameter.children[0]
        if name and name.kind == "identifier":
            yield name.text


def _is_below_header(tree: Tree, known: Sequence[Handler], name: str, offset: Offset) -> bool:
    """Whether a caret in a text that can't be parsed stands in what looks like a handler that takes `name`."""
    above = [handler for handler in known if handler.range.start < offset]
    if not above or above[-1].parameter != name:
        return False
    between = tree.text[above[-1].name.end : offset]
    return not any(f"\n{word} " in between for word in ("def", "class", "async", "import", "from"))
