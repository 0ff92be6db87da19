"""Which keys a text can read of a value: by itself, under the names that it is given, and through what gives it on."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pd_lsp.syntax.definition import definition_at
from pd_lsp.syntax.definitions import GIVES
from pd_lsp.syntax.literal import string_value
from pd_lsp.syntax.name_search import Sought, identifiers
from pd_lsp.syntax.tree import Branch, Node, Tree


@dataclass(frozen=True, slots=True)
class KeyRead:
    """One key that is read, and where the text has what stands there."""

    key: str | None
    """None for a use that could read any key: a loop, a computed key, a call with the value."""
    value: Node | None = None
    """The expression for what stands there; None where the text only asks whether there is such a key."""


@dataclass(frozen=True, slots=True)
class KeysRead:
    """What is read of one value, in the order of the text, and the names that it has there."""

    reads: tuple[KeyRead, ...]
    names: tuple[str, ...]


def member_places(tree: Tree, name: str) -> tuple[Node, ...]:
    """Every `….name` of the text, in its order."""
    return tuple(place for named in _named(tree, name) for place in _attribute(named))


def keys_read(tree: Tree, values: Iterable[Node]) -> KeysRead:
    """Every key that is read of the value that `values` are expressions of, in helpers and under its aliases too."""
    places = [_outermost(place) for place in values]
    aliases = list(dict.fromkeys(name for place in places for name in _aliases(place)))
    for alias in aliases:
        named = sorted(_named(tree, alias), key=lambda place: place.range.start)
        aliased = [_outermost(place) for place in named if not _is_target_or_attribute(place)]
        places += aliased
        aliases += (name for place in aliased for name in _aliases(place) if name not in aliases)
    places.sort(key=lambda place: place.range.start)
    places += [_outermost(place.parent) for place in places if place.parent and _is_read_on(place.parent)]
    return KeysRead(tuple(read for place in places for read in _reads(place)), tuple(aliases))


def _named(tree: Tree, name: str) -> list[Node]:
    """The identifiers called `name`, in the order of the text."""
    return [way[-1].node for way in identifiers(tree, Sought(name), patient=True)][::-1]


def _attribute(name: Node) -> Iterator[Node]:
    """The `….name` that `name` is the end of, if it is."""
    parent = name.parent
    if parent and parent.kind == "attribute" and parent.field("attribute") == name:
        yield parent


def _outermost(place: Node) -> Node:
    """The expression with brackets around it, and with what is taken where it gives nothing."""
    while place.parent and place.parent.kind in ("parenthesized_expression", "boolean_operator"):
        place = place.parent
    return place


def _aliases(place: Node) -> Iterator[str]:
    """The names that the value is given here; of `a = b = value` both."""
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


def _reads(place: Node) -> Iterator[KeyRead]:
    """The key that is read here; nothing for an alias."""
    parent = place.parent
    targets = list(_targets(place))
    if parent is None or (targets and all(target.kind == "identifier" for target in targets)):
        return
    match parent.kind:
        case "subscript" if parent.field("value") == place:
            yield KeyRead(_literal(parent.field("subscript")), parent)
        case "attribute" if parent.field("object") == place:
            yield from _method(parent)
        case "comparison_operator" if parent.children[-1] == place:
            yield KeyRead(_literal(parent.children[0]))
        case "keyword_argument" if parent.field("name") == place:
            return
        case _:
            yield KeyRead(None)


def _method(attribute: Node) -> Iterator[KeyRead]:
    """The key of a `.get("key")`; None for any other method, since it reaches every key."""
    name, call = attribute.field("attribute"), attribute.parent
    arguments = call.field("arguments") if call and call.kind == "call" else None
    if name and name.text == "get" and arguments and arguments.children:
        yield KeyRead(_literal(arguments.children[0]), call)
    else:
        yield KeyRead(None)


def _literal(node: Node | None) -> str | None:
    """What a literal says, or a name that is given one literal in the whole text, and nothing else."""
    if node is not None and node.kind == "identifier":
        given = [definition_at(way, node.range.start) for way in _named_ways(node)]
        values = [one.value for one in given if one]
        node = values[0] if len(values) == 1 and not any(one.items for one in given if one) else None
    return string_value(node.text) if node and node.kind == "string" else None


def _named_ways(name: Node) -> list[list[Branch]]:
    return list(identifiers(name.tree, Sought(name.text, anywhere=False, unless=GIVES), patient=True))
