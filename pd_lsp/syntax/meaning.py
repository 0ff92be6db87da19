"""What an expression stands for: a part of `pd`, or a text that is used as a key.

An expression is followed from its end: of `token["k"]` the key waits until it is known what `token` is, which may be an
assignment, an argument of a call further on, what a function returns, or an attribute that `__init__` sets.
"""

import re
from collections.abc import Iterator

from pd_lsp.syntax.calls import argument, calls_of, position_of, read_returned
from pd_lsp.syntax.chain import Chain, Link
from pd_lsp.syntax.classes import class_around, is_static, name_of, read_instance
from pd_lsp.syntax.definition import Definition, is_in_body, owner_of
from pd_lsp.syntax.definitions import definitions
from pd_lsp.syntax.handler import handlers
from pd_lsp.syntax.imported import Imported
from pd_lsp.syntax.literal import string_value
from pd_lsp.syntax.steps import MEMBERS, Call, Calls, Meaning, Step, Steps, first_known, key_step, part_of_pd
from pd_lsp.syntax.tree import Node, Tree
from pd_lsp.text import Offset

_FARTHEST = 60
"""Expressions that are followed for one question. Measured: 2 ms for a name that leads nowhere in 5,500 lines."""
_DEEPEST = 25
_MOST_PAIRS = 100
_LONGEST_NUMBER = 6
_FOREIGN = re.compile(r"\b(?:as|import)[ \t]+pd\b")
_LEADING = (*MEMBERS, "import")
_PANDAS = ("as pd", "import pd", "as\tpd")
_ANY = "*"
"""As a key: any value of a dictionary."""
_EMPTY = ("None", "{}", "[]", '""', "''", "()", "dict()", "False")
"""What a name is given before it has a value."""
_LITERALS = frozenset(["string", "integer", "unary_operator", "dictionary", "list", "tuple", "set", "expression_list"])
_SAME = ("dict", "list", "tuple", "nullcontext", "contextlib.nullcontext", "copy", "deepcopy", "copy.copy", "str")
"""Calls that give on what they are given."""


class Follower:
    """Follows expressions of one text, and through what it imports, as far as one question may cost."""

    def __init__(self, tree: Tree, imported: Imported) -> None:
        self._tree = tree
        self._imported = imported
        self._left = _FARTHEST
        self._depth = 0
        self._active: set[object] = set()
        self._names_of_pd: dict[str, bool] = {}

    def chain(self, chain: Chain, offset: Offset) -> Meaning | None:
        """What a chain that ends at `offset` stands for."""
        steps = tuple(self._step(link) for link in chain.links)
        known = tuple(step for step in steps if step)
        if len(known) < len(steps):
            return None
        if chain.brackets is None:
            return self._name(self._tree, chain.root, offset, known, ())
        node = self._tree.node_at(chain.brackets.start, chain.brackets.end)
        return self._node(node, known, ()) if node.range == chain.brackets else None

    def _step(self, link: Link) -> Step | None:
        match link.kind:
            case "call":
                node = self._tree.node_at(link.range.start, link.range.end)
                return Step("call", "", Call(node if node.kind == "argument_list" else None, ()))
            case "name":
                key = self._name(self._tree, link.text, link.range.start, (), ())
                return Step("key", key) if isinstance(key, str) else None
            case "attribute":
                return Step("attribute", link.text)
        return Step("key", link.text)

    def _name(self, tree: Tree, name: str, offset: Offset, steps: Steps, calls: Calls) -> Meaning | None:
        may_be_pd = not steps or (steps[0].kind == "attribute" and steps[0].text in MEMBERS)
        if may_be_pd and self._is_name_of_pd(name):
            return part_of_pd(steps)
        if not self._may_lead_anywhere(tree):
            return None
        found = False
        for definition in definitions(tree, name, offset):
            found = True
            meaning = self._defined(definition, name, steps, calls)
            is_last = definition.is_parameter or (definition.is_sure and not _is_empty(definition.value))
            if meaning is not None or is_last:
                return meaning
        if not found and name == "self":
            return read_instance(self._node, tree.root, None, steps, calls)
        return part_of_pd(steps) if not found and self._is_name_of_pd(name) else None

    def _may_lead_anywhere(self, tree: Tree) -> bool:
        """Whether the text has anything that could be found: most names of most texts have nothing to do with `pd`."""
        return tree is not self._tree or any(word in tree.text for word in _LEADING)

    def _import(self, definition: Definition, name: str, steps: Steps, calls: Calls) -> Meaning | None:
        """What a name stands for that another text defines."""
        place = self._imported(name, definition.place) if definition.way[0].node.tree is self._tree else None
        if place is None:
            return None
        end = Offset(len(place.tree.text))
        if place.kind != "module":
            return self._name(place.tree, place.text, end, steps, calls)
        is_read = bool(steps) and steps[0].kind == "attribute"
        return self._name(place.tree, steps[0].text, end, steps[1:], calls) if is_read else None

    def _is_name_of_pd(self, name: str) -> bool:
        """Whether a name stands for `pd` wherever nothing else is known of it."""
        if name not in self._names_of_pd:
            self._names_of_pd[name] = (name == "pd" and not _is_foreign(self._tree)) or _handler_takes(self._tree, name)
        return self._names_of_pd[name]

    def _defined(self, definition: Definition, name: str, steps: Steps, calls: Calls) -> Meaning | None:
        if definition.is_parameter:
            return self._parameter(definition, name, steps, calls)
        if definition.value is None:
            return self._import(definition, name, steps, calls) if definition.is_imported else None
        items = tuple(map(key_step, definition.items))
        meaning = self._node(definition.value, items + steps, calls)
        is_key_of_inputs = definition.loops and isinstance(meaning, tuple) and meaning[:1] == ("inputs",)
        return None if is_key_of_inputs and "0" in (meaning or ()) else meaning

    def _parameter(self, definition: Definition, name: str, steps: Steps, calls: Calls) -> Meaning | None:
        parameters, parameter = definition.parameters, definition.parameter
        if parameters is None or parameter is None or parameter.kind.endswith("splat_pattern"):
            return None
        cls, owner = class_around(definition.way), owner_of(definition)
        position = position_of(parameter, parameters)
        is_method = (cls is not None or name == "self") and not is_static(definition.function)
        if is_method and position == 0:
            return read_instance(self._node, cls or parameters.tree.root, None, steps, calls)
        if owner == "handler" and position == 0:
            return part_of_pd(steps)
        if is_method and position is not None:
            position -= 1
        given = next(([call] for known, call in reversed(calls) if known == parameters), None)
        if given is None:
            called = name_of(cls) if cls and owner == "__init__" else owner
            sites = calls_of(parameters.tree, called) if called else []
            given = [Call(site, ()) for site in sites if not is_in_body(definition, site.range.start)]
        found = self._argument(given, name, position, steps)
        if found is not None:
            return found
        default = parameter.field("value")
        found = self._node(default, steps, calls) if default else None
        is_pd = self._is_name_of_pd(name) or "pipedream" in parameter.text.lower()
        return part_of_pd(steps) if found is None and is_pd else found

    def _argument(self, calls: list[Call], name: str, position: int | None, steps: Steps) -> Meaning | None:
        for call in calls:
            value = argument(call.arguments, position, name) if call.arguments else None
            meaning = self._node(value, steps, call.around) if value else None
            if meaning is not None:
                return meaning
        return None

    def _node(self, node: Node, steps: Steps, calls: Calls) -> Meaning | None:
        """What an expression stands for, once `steps` are read of it."""
        doing = (node, steps)
        if self._left <= 0 or self._depth >= _DEEPEST or doing in self._active:
            return None
        self._left -= 1
        self._depth += 1
        self._active.add(doing)
        try:
            return self._followed(node, steps, calls)
        finally:
            self._active.discard(doing)
            self._depth -= 1

    def _followed(self, node: Node, steps: Steps, calls: Calls) -> Meaning | None:
        match node.kind:
            case "identifier":
                return self._name(node.tree, node.text, node.range.start, steps, calls)
            case "attribute":
                return self._attribute(node, steps, calls)
            case "subscript":
                return self._subscript(node, steps, calls)
            case "call":
                return self._call(node, steps, calls)
            case kind if kind in _LITERALS:
                return self._literal(node, steps, calls)
            case "function_definition" | "lambda" | "class_definition":
                return self._made(node, steps, calls)
        return first_known(self._node(side, steps, calls) for side in _sides(node))

    def _made(self, node: Node, steps: Steps, calls: Calls) -> Meaning | None:
        """What the call of a definition gives."""
        call = steps[0].call if steps else None
        if call is None:
            return None
        if node.kind == "class_definition":
            return read_instance(self._node, node, call, steps[1:], calls)
        return read_returned(self._node, node, call, steps[1:], calls)

    def _attribute(self, node: Node, steps: Steps, calls: Calls) -> Meaning | None:
        owner, name = node.field("object"), node.field("attribute")
        return self._node(owner, (Step("attribute", name.text), *steps), calls) if owner and name else None

    def _subscript(self, node: Node, steps: Steps, calls: Calls) -> Meaning | None:
        value, key = node.field("value"), self._key(node.field("subscript"), calls)
        return self._node(value, (Step("key", key), *steps), calls) if value and key is not None else None

    def _key(self, node: Node | None, calls: Calls) -> str | None:
        key = self._node(node, (), calls) if node else None
        return key if isinstance(key, str) else None

    def _call(self, node: Node, steps: Steps, calls: Calls) -> Meaning | None:
        """What a call gives: a key of `.get`, what it is given itself, or what a function of the text returns."""
        function, arguments = node.field("function"), node.field("arguments")
        if function is None or arguments is None:
            return None
        first = next((one for one in arguments.children if one.kind != "comment"), None)
        if function.kind == "attribute" and (found := self._method(function, first, steps, calls)):
            return found[0]
        if function.text in _SAME:
            return self._node(first, steps, calls) if first else None
        if function.text == "getattr" and first and (name := self._key(argument(arguments, 1, "name"), calls)):
            return self._node(first, (Step("attribute", name), *steps), calls)
        return self._node(function, (Step("call", "", Call(arguments, calls)), *steps), calls)

    def _method(self, function: Node, first: Node | None, steps: Steps, calls: Calls) -> tuple[Meaning | None] | None:
        """What a method of a dictionary gives; None for any other method."""
        owner, name = function.field("object"), function.field("attribute")
        match name.text if owner and name else None, steps:
            case "get", _ if first:
                key = self._key(first, calls)
                return (self._node(owner, (Step("key", key), *steps), calls) if owner and key is not None else None,)
            case "copy", _ if owner and first is None:
                return (self._node(owner, steps, calls),)
            case "values", (Step("key", "0"), *rest) if owner:
                return (self._node(owner, (Step("key", _ANY), *rest), calls),)
            case "items", (Step("key", "0"), Step("key", "1"), *rest) if owner:
                return (self._node(owner, (Step("key", _ANY), *rest), calls),)
        return None

    def _literal(self, node: Node, steps: Steps, calls: Calls) -> Meaning | None:
        """What a text or a number says; of a dictionary, list or tuple, the element that the first step takes."""
        match steps:
            case () if node.kind in ("string", "integer", "unary_operator"):
                return string_value(node.text) if node.kind == "string" else _number(node.text)
            case (Step("key", key), *rest) if node.kind == "dictionary":
                return first_known(self._node(value, tuple(rest), calls) for value in self._values(node, key, calls))
            case (Step("key", key), *rest) if key.lstrip("-").isdecimal():
                items = [item for item in node.children if item.kind != "comment"]
                number = int(key) if len(key) < _LONGEST_NUMBER else len(items)
                return self._node(items[number], tuple(rest), calls) if -len(items) <= number < len(items) else None
        return None

    def _values(self, dictionary: Node, key: str, calls: Calls) -> Iterator[Node]:
        for pair in dictionary.children[:_MOST_PAIRS]:
            name, value = pair.field("key"), pair.field("value")
            if name and value and (key == _ANY or self._key(name, calls) == key):
                yield value


def _is_foreign(tree: Tree) -> bool:
    """Whether a text imports something as `pd`; looked for by letters, which is fast."""
    return any(word in tree.text for word in _PANDAS) and _FOREIGN.search(tree.text) is not None


def _handler_takes(tree: Tree, name: str) -> bool:
    header = rf"handler[ \t]*\(\s*{re.escape(name)}\b"
    return re.search(header, tree.text) is not None and any(one.parameter == name for one in handlers(tree))


def _sides(node: Node) -> Iterator[Node]:
    """The parts of an expression of which any can be its value."""
    match node.kind:
        case "boolean_operator" | "parenthesized_expression" | "await":
            yield from (side for side in node.children if side.kind != "comment")
        case "conditional_expression":
            yield from node.children[::2]
        case "named_expression" | "assignment":
            yield from (side for side in (node.field("value"), node.field("right")) if side)


def _is_empty(value: Node | None) -> bool:
    return value is not None and value.text in _EMPTY


def _number(text: str) -> str | None:
    return text if text.lstrip("-").isdecimal() else None
