"""The literal keys of one data store, as a whole text uses them: `store["key"]`, `store.set("key", …)`."""

import re
from collections.abc import Iterator

from pd_lsp.syntax.chain import Chain
from pd_lsp.syntax.literal_key import literal_key
from pd_lsp.syntax.name_search import Sought, identifiers
from pd_lsp.syntax.pd_key import pd_key_at
from pd_lsp.syntax.pd_path import resolve
from pd_lsp.syntax.tree import Node, Tree
from pd_lsp.text import Offset, TextRange

STORE_METHODS = ("get", "set", "set_ttl")


def store_keys(tree: Tree, store: str) -> tuple[tuple[str, TextRange], ...]:
    """Each key that the text uses in `pd.inputs[store]`, also by a name for that, and where, in the text's order."""
    reads = list(_reads(tree, store))
    names = {name.text for place in reads if (name := _name_given(place))}
    places = [*reads, *(place for name in names for place in _uses(tree, name, store))]
    found = {key[1].start: key for place in places if (key := literal_key(place, STORE_METHODS))}
    return tuple(found[start] for start in sorted(found))


def _reads(tree: Tree, store: str) -> Iterator[Node]:
    """The places that read the store from `pd.inputs`."""
    for quoted in re.finditer(rf"([\"']){re.escape(store)}\1", tree.text):
        key = pd_key_at(tree, Offset(quoted.start() + 1))
        if key and (key.member, key.keys) == ("inputs", (store,)):
            literal = tree.node_at(key.range.start, key.range.end)
            around = literal.parent
            place = around.parent if around and around.kind == "argument_list" else around
            if place:
                yield place


def _name_given(place: Node) -> Node | None:
    """The name that an expression is given where it stands."""
    around = place.parent
    match around and around.kind:
        case "assignment" if around and around.field("right") == place:
            name = around.field("left")
        case "named_expression" if around and around.field("value") == place:
            name = around.field("name")
        case _:
            return None
    return name if name and name.kind == "identifier" else None


def _uses(tree: Tree, name: str, store: str) -> Iterator[Node]:
    """The places at which `name` is read with a literal key, and stands for the store."""
    for way in identifiers(tree, Sought(name, anywhere=False), patient=True):
        place = way[-1].node
        means = ("inputs", (store,))
        if literal_key(place, STORE_METHODS) and resolve(tree, Chain(name), place.range.start) == means:
            yield place
