"""Whether `pd` itself reaches code that is not in the text: what that reads, the text does not tell (D4)."""

import re
from collections.abc import Iterator

from pd_lsp.syntax.calls import position_of
from pd_lsp.syntax.definitions import definition_named
from pd_lsp.syntax.handler import handlers
from pd_lsp.syntax.name_search import Sought, identifiers
from pd_lsp.syntax.tree import Node, Tree

_IS_PART = r"[ \t]*\.(?!__)"
"""A member that is read of `pd`: what it is, others look at."""
_HARMLESS = frozenset(["print", "isinstance", "type", "id", "repr", "str", "hasattr", "bool", "callable"])
"""What may be given all of `pd` and reads no member of it."""
_GIVEN_ON = ("attribute", "subscript", "call", "block", "module", "lambda", "comparison_operator", "not_operator")
_MOST_NAMES = 100


def escapes(tree: Tree, member: str = "inputs") -> bool:
    """Whether `member` of `pd` can be read where the text does not tell.

    All of `pd` is given to a function that the text does not define, or the member is read by a name that is computed.
    """
    waiting = ["pd", *(handler.parameter for handler in handlers(tree) if handler.parameter)]
    seen: set[str] = set()
    while waiting and len(seen) < _MOST_NAMES:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        for place in _places(tree, name):
            if _leaves(place, member):
                return True
            waiting += _names_given(place)
    return bool(waiting)


def _places(tree: Tree, name: str) -> Iterator[Node]:
    """Where all of `pd` stands under this name, also as an attribute of something."""
    for way in identifiers(tree, Sought(name, unless=_IS_PART), patient=True):
        leaf, parent = way[-1], way[-2].node
        if parent.kind == "attribute" and leaf.field == "attribute":
            yield parent
        elif not (parent.kind == "keyword_argument" and leaf.field == "name"):
            yield leaf.node


def _leaves(place: Node, member: str) -> bool:
    """Whether the text does not tell what is done with it here."""
    parent = place.parent
    if parent and parent.kind == "attribute" and parent.field("object") == place:
        name = parent.field("attribute")
        return name is not None and name.text.startswith("__")
    call = _call_with(place)
    function = call.field("function") if call else None
    if call is None or function is None:
        return False
    name_of_function = function.text.rpartition(".")[2]
    is_harmless = function.text in _HARMLESS or _reads_another(member, call.text)
    return not is_harmless and not _is_defined(place.tree, name_of_function)


def _reads_another(member: str, call: str) -> bool:
    return re.match(rf"getattr\([^,]*,\s*[\"'](?!{member}\b)\w+[\"']", call) is not None


def _call_with(place: Node) -> Node | None:
    """The call that an expression is given to, by itself or in a list or a dictionary."""
    around = place.parent
    while around and around.kind not in _GIVEN_ON:
        if around.kind == "argument_list":
            return around.parent
        around = around.parent
    return None


def _is_defined(tree: Tree, name: str) -> bool:
    pattern = rf"\b(?:(?:def|class)[ \t]+{re.escape(name)}\b|{re.escape(name)}[ \t]*=[ \t]*lambda\b)"
    return re.search(pattern, tree.text) is not None


def _names_given(place: Node) -> Iterator[str]:
    """The names that it has from here on: of an assignment, or of a parameter."""
    parent = place.parent
    if parent is None:
        return
    call = _call_with(place)
    if parent.kind in ("assignment", "named_expression"):
        yield from _targets(parent, place)
    elif call is not None and parent.kind in ("argument_list", "keyword_argument"):
        yield from _parameters(call, place)
    elif parent.kind in ("expression_list", "tuple", "list") and parent.parent and parent.parent.kind == "assignment":
        yield from _targets(parent.parent, parent)


def _targets(assignment: Node, value: Node) -> Iterator[str]:
    """All names on the left side, those of `a = b = value` too."""
    around: Node | None = assignment
    while around is not None and around.kind in ("assignment", "named_expression"):
        target = around.field("left") or around.field("name")
        if target and target != value:
            yield from (part.rpartition(".")[2] for part in re.findall(r"[\w.]+", target.text))
        around = around.parent


def _parameters(call: Node, place: Node) -> Iterator[str]:
    """What the functions of the text that a call can mean name the argument `place`."""
    function, arguments, parent = call.field("function"), call.field("arguments"), place.parent
    if function is None or arguments is None or parent is None:
        return
    name = parent.field("name")
    if parent.kind == "keyword_argument" and name:
        yield name.text
        return
    position = position_of(place, arguments) or 0
    called = function.text.rpartition(".")[2]
    for definition in _functions(place.tree, called):
        parameters = definition.field("parameters")
        names = [re.match(r"\**(\w*)", one.text) for one in parameters.children] if parameters else []
        yield from (found[1] for found in names[position : position + 2] if found)


def _functions(tree: Tree, name: str) -> Iterator[Node]:
    yield from definition_named(tree, name, "def")
    if any(definition_named(tree, name, "class")):
        yield from definition_named(tree, "__init__", "def")
