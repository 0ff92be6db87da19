"""What a text certainly does with `pd`: for rules, which must be sure where completion may guess.

A name counts as `pd`, or as a part of it, only where one thing alone can have given it its meaning: it is the parameter
of the function around it, or is assigned once in that function and nowhere else.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Literal

from pd_lsp.syntax.bindings import bindings, is_part_of_another, is_target
from pd_lsp.syntax.handler import handlers
from pd_lsp.syntax.literal import string_value
from pd_lsp.syntax.tree import Branch, Node, Tree
from pd_lsp.text import TextRange

_FUNCTIONS = ("function_definition", "lambda", "class_definition")
_MOST_NAMES = 400
"""How many names for parts of `pd` are followed."""
_USUAL = "pd"
_IS_READ = re.compile(rb"[ \t]*[.(\[]")
_WORD = re.compile(rb"[\w\x80-\xff]+")


@dataclass(frozen=True, slots=True)
class PdUse:
    """An expression that is a part of `pd`: of `pd.inputs["slack"]["$auth"]` there are three, one in the other."""

    path: tuple[str, ...]
    """`("inputs", "slack", "$auth")`."""
    read_by: Literal["attribute", "subscript", "get", "name"]
    """How the last of them is read; `name`: by a name that stands for all of it."""
    key: TextRange
    """Where that last one stands: a literal with its quotes, or a name."""
    node: Node
    """The whole expression."""


@dataclass(frozen=True, slots=True)
class _Named:
    """A name that means a part of `pd` in one function."""

    name: str
    path: tuple[str, ...]
    function: Node


class _Names:
    """Where each word of a text stands: names are looked for that are as many as the text likes."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._places: dict[bytes, list[int]] = {}
        for word in _WORD.finditer(tree.source):
            self._places.setdefault(word[0], []).append(word.start())

    def ways(self, name: str, within: Node, *, unless: "re.Pattern[bytes] | None" = None) -> Iterator[list[Branch]]:
        """The ways to the identifiers called `name` in a part of the text, in its order.

        `unless` leaves out those behind which it matches.
        """
        letters = name.encode("utf-8", "replace")
        places = self._places.get(letters, [])
        start, end = (self._tree.byte(place) for place in (within.range.start, within.range.end))
        for place in places[bisect_left(places, start) : bisect_left(places, end)]:
            if unless is None or not unless.match(self._tree.source, place + len(letters)):
                way = self._tree.way_to_byte(place)
                if way[-1].node.kind == "identifier":
                    yield way


@lru_cache(maxsize=4)
def pd_uses(tree: Tree) -> tuple[PdUse, ...]:
    """Everything that the text certainly reads of `pd`, in its order. Kept, since many rules ask for it."""
    found: list[PdUse] = []
    names = _Names(tree)
    waiting = list(_functions_that_take_pd(tree))
    for number, named in enumerate(waiting):
        for way in _ways_of(names, named):
            if named.path:
                found.append(PdUse(named.path, "name", way[-1].node.range, way[-1].node))
            uses, outer = _followed(way, named.path)
            found += uses
            alias = _alias(names, outer, uses[-1].path if uses else named.path)
            if alias and len(waiting) - number < _MOST_NAMES:
                waiting.append(alias)
    return tuple(sorted(found, key=lambda use: (use.key.start, use.key.end)))


def _functions_that_take_pd(tree: Tree) -> Iterator[_Named]:
    """The handler, and every other function with a parameter of that name which can mean nothing else."""
    running = handlers(tree)
    for name in {_USUAL, *(handler.parameter for handler in running if handler.parameter)}:
        targets = list(bindings(tree, tree.root.range, name))
        takers = [(way, _function_of_parameter(way)) for way in targets]
        others = [way for way, function in takers if function is None]
        is_modules = any(not way or len(way) < 3 or _enclosing(way) is None for way in others)  # noqa: PLR2004
        for _, function in takers:
            is_handler = any(handler.node == function for handler in running)
            if function and (is_handler or not is_modules) and not _is_rebound(function, others):
                yield _Named(name, (), function)


def _function_of_parameter(way: list[Branch]) -> Node | None:
    """The function whose parameter the identifier at the end of `way` is."""
    for index in range(len(way) - 1, 0, -1):
        if way[index].node.kind == "parameters":
            return way[index - 1].node if len(way) - index <= 3 and way[-1].field in (None, "name") else None  # noqa: PLR2004
    return None


def _is_rebound(function: Node, others: list[list[Branch]]) -> bool:
    return any(not way or function in [branch.node for branch in way] for way in others)


def _ways_of(names: "_Names", named: _Named) -> Iterator[list[Branch]]:
    """The places where the name means what it is named for, in the order of the text."""
    for way in names.ways(named.name, named.function):
        if not is_part_of_another(way) and _binder(way, named) == named.function:
            yield way


def _binder(way: list[Branch], named: _Named) -> Node | None:
    """The function that gives a name its meaning at the end of `way`."""
    for branch in reversed(way):
        if branch.node == named.function:
            return branch.node
        if branch.node.kind in ("parameters", "lambda_parameters"):
            return None
        parameters = branch.node.field("parameters") if branch.node.kind in _FUNCTIONS else None
        if parameters and any(match["name"].text == named.name for match in parameters.matches("((identifier) @name)")):
            return None
    return None


def _followed(way: list[Branch], path: tuple[str, ...]) -> tuple[list[PdUse], list[Branch]]:
    """What is read behind the identifier at the end of `way`, and the way to the longest expression of it."""
    found: list[PdUse] = []
    end = len(way) - 1
    while end > 0:
        node, parent = way[end], way[end - 1].node
        grandparent = way[end - 2] if end > 1 else None
        use = None
        steps = 1
        if parent.kind == "subscript" and node.field == "value":
            use = _subscript(parent, path)
        elif parent.kind == "attribute" and node.field == "object" and grandparent:
            call = grandparent.node if way[end - 1].field == "function" else None
            use = _get(parent, call, path) if call and path and path[0] != "flow" else None
            steps = 2 if use else 1
            use = use or _attribute(parent, path)
        elif parent.kind == "parenthesized_expression":
            end -= 1
            continue
        if use is None:
            break
        found.append(use)
        path = use.path
        end -= steps
        if use.read_by == "attribute" and len(path) > 1 and path[0] in ("inputs", "steps"):
            break
    return found, way[: end + 1]


def _subscript(node: Node, path: tuple[str, ...]) -> PdUse | None:
    keys = node.children[1:]
    value = string_value(keys[0].text) if len(keys) == 1 and keys[0].kind == "string" else None
    return PdUse((*path, value), "subscript", keys[0].range, node) if value is not None else None


def _get(attribute: Node, call: Node, path: tuple[str, ...]) -> PdUse | None:
    name, arguments = attribute.field("attribute"), call.field("arguments")
    first = arguments.children[0] if arguments and arguments.children else None
    value = string_value(first.text) if first and first.kind == "string" else None
    if name is None or name.text != "get" or first is None or value is None:
        return None
    return PdUse((*path, value), "get", first.range, call)


def _attribute(node: Node, path: tuple[str, ...]) -> PdUse | None:
    name = node.field("attribute")
    return PdUse((*path, name.text), "attribute", name.range, node) if name else None


def _alias(names: "_Names", way: list[Branch], path: tuple[str, ...]) -> _Named | None:
    """The name that the expression at the end of `way` is given, if nothing else is ever given that name there."""
    parent = way[-2].node if len(way) > 1 else None
    side = {"assignment": ("right", "left"), "named_expression": ("value", "name")}.get(parent.kind if parent else "")
    if parent is None or side is None or way[-1].field != side[0]:
        return None
    name, function = parent.field(side[1]), _enclosing(way)
    if name is None or name.kind != "identifier" or function is None or function.kind != "function_definition":
        return None
    targets = islice(filter(is_target, names.ways(name.text, function, unless=_IS_READ)), 2)
    return _Named(name.text, path, function) if len(list(targets)) == 1 else None


def _enclosing(way: list[Branch]) -> Node | None:
    """The function or class around the end of `way`, itself left out."""
    return next((branch.node for branch in reversed(way[:-1]) if branch.node.kind in _FUNCTIONS), None)
