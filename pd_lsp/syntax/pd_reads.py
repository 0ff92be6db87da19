"""What a whole step reads of `pd.inputs`: the names, and whether that is all."""

from collections.abc import Iterator
from dataclasses import dataclass

from pd_lsp.syntax.literal import string_value
from pd_lsp.syntax.name_search import Sought, identifiers
from pd_lsp.syntax.tree import Node, Tree


@dataclass(frozen=True, slots=True)
class PdReads:
    """The literal keys of `pd.inputs` in a step."""

    inputs: tuple[str, ...]
    """In the order of the text, each once."""
    required: frozenset[str]
    """Those that are read by `[…]`, which raises where the name is missing; `.get` and `in` do not."""
    computed: bool
    """Whether `pd.inputs` is also used in a way that could reach any key: a loop, a computed key, a call with it."""


def pd_reads(tree: Tree) -> PdReads:
    """Every key of `.inputs` that the step names, in helpers and classes too, and under an alias of `pd.inputs`."""
    places = [place for name in _named(tree, "inputs") for place in _attribute(name)]
    aliases = {name for place in places for name in _alias(place)}
    aliased = (place for alias in aliases for place in _named(tree, alias) if not _is_target_or_attribute(place))
    places += sorted(aliased, key=lambda place: place.range.start)
    found = [key for place in places for key in _key(place)]
    required = {key for place in places if _is_subscripted(place) for key in _key(place) if key is not None}
    names = dict.fromkeys(key for key in found if key is not None)
    return PdReads(tuple(names), frozenset(required), computed=None in found)


def _named(tree: Tree, name: str) -> list[Node]:
    """The identifiers called `name`, in the order of the text."""
    return [way[-1].node for way in identifiers(tree, Sought(name), patient=True)][::-1]


def _attribute(name: Node) -> Iterator[Node]:
    """The `pd.inputs` that `name` is the end of, if it is."""
    parent = name.parent
    if parent and parent.kind == "attribute" and parent.field("attribute") == name:
        yield parent


def _alias(place: Node) -> Iterator[str]:
    """The name that `pd.inputs` is given here, if it is."""
    parent = place.parent
    if (
        parent
        and parent.kind in ("assignment", "named_expression")
        and parent.field("right" if parent.kind == "assignment" else "value") == place
    ):
        name = parent.field("left" if parent.kind == "assignment" else "name")
        if name and name.kind == "identifier":
            yield name.text


def _is_target_or_attribute(place: Node) -> bool:
    parent = place.parent
    return parent is not None and place in (parent.field("left"), parent.field("name"), parent.field("attribute"))


def _key(place: Node) -> Iterator[str | None]:
    """The key that is read here of `pd.inputs`; None for a use that could read any key; nothing for an alias."""
    parent = place.parent
    if parent is None or list(_alias(place)):
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
    return string_value(node.text) if node and node.kind == "string" else None
