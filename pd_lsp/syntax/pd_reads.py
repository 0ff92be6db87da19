"""What a whole step reads of `pd.inputs`: the names, and whether that is all."""

from collections.abc import Iterator
from dataclasses import dataclass

from pd_lsp.syntax.definition import definition_at
from pd_lsp.syntax.definitions import GIVES
from pd_lsp.syntax.literal import string_value
from pd_lsp.syntax.name_search import Sought, identifiers
from pd_lsp.syntax.pd_escapes import escapes
from pd_lsp.syntax.tree import Branch, Node, Tree


@dataclass(frozen=True, slots=True)
class PdReads:
    """The literal keys of `pd.inputs` in a step."""

    inputs: tuple[str, ...]
    """In the order of the text, each once."""
    required: frozenset[str]
    """Those that are read by `[…]`, which raises where the name is missing; `.get` and `in` do not."""
    computed: bool
    """Whether `pd.inputs` is also used in a way that could reach any key: a loop, a computed key, a call with it; or
    `pd` is given to code that is not in the text."""


def pd_reads(tree: Tree) -> PdReads:
    """Every key of `.inputs` that the step names, in helpers and classes too, and under aliases of `pd.inputs`."""
    places = [_outermost(place) for name in _named(tree, "inputs") for place in _attribute(name)]
    aliases = list(dict.fromkeys(name for place in places for name in _aliases(place)))
    for alias in aliases:
        named = sorted(_named(tree, alias), key=lambda place: place.range.start)
        aliased = [_outermost(place) for place in named if not _is_target_or_attribute(place)]
        places += aliased
        aliases += (name for place in aliased for name in _aliases(place) if name not in aliases)
    places.sort(key=lambda place: place.range.start)
    places += [_outermost(place.parent) for place in places if place.parent and _is_read_on(place.parent)]
    found = [key for place in places for key in _key(place)]
    required = {key for place in places if _is_subscripted(place) for key in _key(place) if key is not None}
    names = dict.fromkeys(key for key in found if key is not None)
    return PdReads(tuple(names), frozenset(required), computed=None in found or escapes(tree))


def _named(tree: Tree, name: str) -> list[Node]:
    """The identifiers called `name`, in the order of the text."""
    return [way[-1].node for way in identifiers(tree, Sought(name), patient=True)][::-1]


def _attribute(name: Node) -> Iterator[Node]:
    """The `pd.inputs` that `name` is the end of, if it is."""
    parent = name.parent
    if parent and parent.kind == "attribute" and parent.field("attribute") == name:
        yield parent


def _outermost(place: Node) -> Node:
    """The expression with brackets around it, and with what is taken where it gives nothing."""
    while place.parent and place.parent.kind in ("parenthesized_expression", "boolean_operator"):
        place = place.parent
    return place


def _aliases(place: Node) -> Iterator[str]:
    """The names that `pd.inputs` is given here; of `a = b = pd.inputs` both."""
    for target in _targets(place):
        if target.kind == "identifier":
            yield target.text


def _is_read_on(walrus: Node) -> bool:
    """Whether a key is read right of `(name := value)`."""
    around = _outermost(walrus).parent if walrus.kind == "named_expression" else None
    return around is not None and around.kind in ("subscript", "attribute")


def _targets(place: Node) -> Iterator[Node]:
    """What it is assigned to here."""
    part, parent = place, place.parent
    while parent and parent.kind in ("assignment", "named_expression") and part in _values(parent):
        target = parent.field("left") or parent.field("name")
        if target:
            yield target
        part, parent = parent, parent.parent


def _values(assignment: Node) -> tuple[Node | None, ...]:
    return assignment.field("right"), assignment.field("value")


def _is_target_or_attribute(place: Node) -> bool:
    parent = place.parent
    return parent is not None and place in (parent.field("left"), parent.field("name"), parent.field("attribute"))


def _key(place: Node) -> Iterator[str | None]:
    """The key that is read here of `pd.inputs`; None for a use that could read any key; nothing for an alias."""
    parent = place.parent
    targets = list(_targets(place))
    if parent is None or (targets and all(target.kind == "identifier" for target in targets)):
        return
    match parent.kind:
        case "subscript" if parent.field("value") == place:
            yield _literal(parent.field("subscript"))
        case "attribute" if parent.field("object") == place:
            yield from _method(parent)
        case "comparison_operator" if parent.children[-1] == place:
            yield _literal(parent.children[0])
        case "keyword_argument" if parent.field("name") == place:
            return
        case _:
            yield None


def _is_subscripted(place: Node) -> bool:
    return place.parent is not None and place.parent.kind == "subscript"


def _method(attribute: Node) -> Iterator[str | None]:
    """The key of a `.get("key")`; None for any other method, since it reaches every key."""
    name, call = attribute.field("attribute"), attribute.parent
    arguments = call.field("arguments") if call and call.kind == "call" else None
    if name and name.text == "get" and arguments and arguments.children:
        yield _literal(arguments.children[0])
    else:
        yield None


def _literal(node: Node | None) -> str | None:
    """What a literal says, or a name that is given one literal in the whole text, and nothing else."""
    if node is not None and node.kind == "identifier":
        given = [definition_at(way, node.range.start) for way in _named_ways(node)]
        values = [one.value for one in given if one]
        node = values[0] if len(values) == 1 and not any(one.items for one in given if one) else None
    return string_value(node.text) if node and node.kind == "string" else None


def _named_ways(name: Node) -> list[list[Branch]]:
    return list(identifiers(name.tree, Sought(name.text, anywhere=False, unless=GIVES), patient=True))
