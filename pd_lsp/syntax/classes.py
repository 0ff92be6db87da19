"""What instances of a text's own classes keep and give: `self.x = …`, names in the class, methods."""

from collections.abc import Iterator, Sequence

from pd_lsp.syntax.calls import read_returned
from pd_lsp.syntax.definition import PATTERNS
from pd_lsp.syntax.definitions import GIVES
from pd_lsp.syntax.name_search import Sought, identifiers
from pd_lsp.syntax.steps import Call, Calls, Follow, Meaning, Step, Steps, first_known, key_step
from pd_lsp.syntax.tree import Branch, Node, Tree
from pd_lsp.text import TextRange

_MOST_PLACES = 50


def class_around(way: Sequence[Branch]) -> Node | None:
    """The class whose method the innermost function on `way` is."""
    inner: Node | None = None
    for branch in reversed(way):
        if branch.node.kind == "function_definition":
            if inner is not None:
                return None
            inner = branch.node
        elif branch.node.kind == "class_definition":
            return branch.node if inner is not None or way[-1].node.kind != "class_definition" else None
    return None


def read_instance(follow: Follow, cls: Node, call: Call | None, steps: Steps, calls: Calls) -> Meaning | None:
    """What is read of an instance of a class that `call` made; of any class, where `cls` is the whole module."""
    if not steps or steps[0].kind != "attribute":
        return None
    name, rest = steps[0].text, steps[1:]
    own = _method(cls, name)
    if own and _is_property(own):
        return read_returned(follow, own, Call(None, ()), rest, calls)
    if own and rest and rest[0].call:
        return read_returned(follow, own, rest[0].call, rest[1:], calls)
    begun = _method(cls, "__init__") if call else None
    parameters = begun.field("parameters") if begun else None
    inside = (*calls, (parameters, call)) if parameters and call else calls
    given = _values_of(cls.tree, name, cls.range)
    found = first_known(follow(value, (*map(key_step, items), *rest), inside) for value, items in given)
    return found if found is not None else _inherited(follow, cls, call, steps, calls)


def name_of(cls: Node) -> str | None:
    """What a class is called."""
    name = cls.field("name")
    return name.text if name else None


def _inherited(follow: Follow, cls: Node, call: Call | None, steps: Steps, calls: Calls) -> Meaning | None:
    bases = cls.field("superclasses")
    step = Step("call", "", call or Call(None, ()))
    names = [base for base in bases.children if base.kind == "identifier"] if bases else []
    return first_known(follow(base, (step, *steps), calls) for base in names)


def _values_of(tree: Tree, attribute: str, within: TextRange) -> Iterator[tuple[Node, tuple[str, ...]]]:
    """What code there gives an attribute of an instance, the last first: the value, and which item of it."""
    for number, way in enumerate(identifiers(tree, Sought(attribute, unless=GIVES), within)):
        if not way or number >= _MOST_PLACES:
            return
        found = _of_instance(way) or _of_class(way)
        if found:
            yield found


def _method(cls: Node, name: str) -> Node | None:
    """The method of that name in the body of a class; in a module, the last that any of its classes has."""
    for way in identifiers(cls.tree, Sought(name, after="def "), cls.range):
        around = class_around(way[:-1]) if way and way[-1].field == "name" else None
        if around and (around == cls or cls.kind != "class_definition"):
            return way[-2].node
    return None


def _is_property(function: Node) -> bool:
    """Whether a method is read without being called."""
    around = function.parent
    decorators = [one.text for one in around.children if one.kind == "decorator"] if around else []
    return any("property" in decorator for decorator in decorators)


def is_static(function: Node | None) -> bool:
    """Whether a method takes no instance."""
    around = function.parent if function else None
    return around is not None and any(
        one.kind == "decorator" and one.text.strip("@ \t") == "staticmethod" for one in around.children
    )


def _of_instance(way: Sequence[Branch]) -> tuple[Node, tuple[str, ...]] | None:
    """`self.attribute = value`, alone or among others."""
    owner = way[-2].node.field("object") if way[-1].field == "attribute" else None
    return _assigned(way, len(way) - 2) if owner and owner.kind == "identifier" else None


def _of_class(way: Sequence[Branch]) -> tuple[Node, tuple[str, ...]] | None:
    """`attribute = value` right in the class."""
    kinds = [branch.node.kind for branch in way[-5:]]
    return _assigned(way, len(way) - 1) if kinds[:2] == ["class_definition", "block"] else None


def _assigned(way: Sequence[Branch], at: int) -> tuple[Node, tuple[str, ...]] | None:
    items: list[str] = []
    while way[at - 1].node.kind in PATTERNS:
        items.insert(0, str(way[at - 1].node.children.index(way[at].node)))
        at -= 1
    parent = way[at - 1].node
    value = parent.field("right") if parent.kind == "assignment" and way[at].field == "left" else None
    while value and value.kind == "assignment":
        value = value.field("right")
    return (value, tuple(items)) if value else None
