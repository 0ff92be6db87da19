"""Calls of a text's own functions: where they stand, what they are given, what comes back."""

from collections.abc import Iterator
from itertools import islice

from pd_lsp.syntax.name_search import Sought, identifiers
from pd_lsp.syntax.steps import Call, Calls, Follow, Meaning, Steps, first_known
from pd_lsp.syntax.tree import Node, Tree

_MOST_CALLS = 20
"""Of one function, whose arguments are looked at: a bound, since a step may call one thousands of times."""
_MOST_RETURNS = 10
_IS_NO_CALL = r"(?![ \t]*\()"
_SEPARATORS = ("comment", "keyword_separator", "positional_separator")
_RETURNED = "(return_statement (_) @value)"


def calls_of(tree: Tree, name: str) -> list[Node]:
    """The arguments of calls of a function or a class of this name, in the order of the text."""
    ways = identifiers(tree, Sought(name, unless=_IS_NO_CALL))
    found = (_arguments(way[-1].node) for way in islice(ways, 2 * _MOST_CALLS) if way)
    return list(islice((arguments for arguments in found if arguments), _MOST_CALLS))[::-1]


def argument(arguments: Node, position: int | None, keyword: str) -> Node | None:
    """The argument at a position, or of that name."""
    positional: list[Node] = []
    for one in arguments.children:
        if one.kind == "keyword_argument":
            name = one.field("name")
            if name and name.text == keyword:
                return one.field("value")
        elif one.kind != "comment":
            positional.append(one)
    if position is None or any(one.kind == "list_splat" for one in positional[: position + 1]):
        return None
    return positional[position] if position < len(positional) else None


def position_of(parameter: Node, parameters: Node) -> int | None:
    """Which of the positional parameters this is; None for one that is given by name alone."""
    position = 0
    for one in parameters.children:
        if one == parameter:
            return position
        if one.kind in ("keyword_separator", "list_splat_pattern"):
            return None
        position += one.kind not in _SEPARATORS
    return None


def read_returned(follow: Follow, function: Node, call: Call, steps: Steps, calls: Calls) -> Meaning | None:
    """What is read of what a function or a lambda returns, called like this."""
    parameters = function.field("parameters")
    inside = (*calls, (parameters, call)) if parameters else calls
    return first_known(follow(value, steps, inside) for value in _returned(function))


def _returned(function: Node) -> Iterator[Node]:
    """The first few values that it may return."""
    body = function.field("body")
    if body and function.kind == "lambda":
        yield body
    elif body:
        yield from (match["value"] for match in islice(body.matches(_RETURNED), _MOST_RETURNS))


def _arguments(name: Node) -> Node | None:
    """The arguments of the call of what `name` is the name, or the last name, of."""
    function = name.parent if name.parent and name.parent.field("attribute") == name else name
    call = function.parent if function else None
    if call is None or call.kind != "call" or call.field("function") != function:
        return None
    arguments = call.field("arguments")
    return arguments if arguments and arguments.kind == "argument_list" else None
