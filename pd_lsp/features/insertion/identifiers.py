"""What a name is in a piece of code: whether it is used at all, and a name that is not.

A template asks about few names, and a step can have very many: each is looked for when it is asked about.
"""

import re
from collections.abc import Callable, Iterator

from pd_lsp.syntax.bindings import any_way, is_part_of_another
from pd_lsp.syntax.name_search import Sought, identifiers
from pd_lsp.syntax.tree import Node, Tree
from pd_lsp.text import TextRange

_IDENTIFIERS = "((identifier) @name)"


def name_nodes(node: Node) -> Iterator[Node]:
    """The identifiers below `node` that are names of their own: no attribute, no name of an argument."""
    return (match["name"] for match in node.matches(_IDENTIFIERS) if not _belongs_to_another(match["name"]))


def is_used(tree: Tree, within: TextRange, word: TextRange | None, name: str) -> bool:
    """Whether `name` stands anywhere in a part of the text as a name of its own, a `word` that goes away apart."""
    ways = identifiers(tree, Sought(name, anywhere=False), within)
    return any_way(ways, lambda way: not is_part_of_another(way) and way[-1].node.range != word)


def is_in_text(text: str, name: str) -> bool:
    """Whether `name` stands anywhere in a text that can't be parsed."""
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None


def fresh_name(wanted: str, is_taken: Callable[[str], bool]) -> str:
    """`wanted`, or `wanted_2`, `wanted_3`, … where that is taken."""
    name, number = wanted, 2
    while is_taken(name):
        name, number = f"{wanted}_{number}", number + 1
    return name


def _belongs_to_another(name: Node) -> bool:
    parent = name.parent
    if parent is None:
        return False
    return (parent.kind == "attribute" and parent.field("attribute") == name) or (
        parent.kind == "keyword_argument" and parent.field("name") == name
    )
