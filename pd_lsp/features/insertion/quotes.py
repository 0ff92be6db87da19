"""Which quotes a text writes its strings in, and strings written in those."""

from collections.abc import Iterator
from itertools import islice
from typing import Literal

from pd_lsp.syntax.tree import Node, Tree, parse
from pd_lsp.text import TextEdit, apply_edits

Quote = Literal["'", '"']

_MOST_LOOKED_AT = 2_000
"""Nodes of a text, from its beginning, whose strings decide which quotes it has."""
_SWAPPED = str.maketrans("'\"", "\"'")


def quote_of(tree: Tree) -> Quote:
    """The quote that most strings of a text have; double ones where it has as many of both, or none."""
    looked_at = islice(_outermost(tree.root), _MOST_LOOKED_AT)
    quotes = [_quote(node) for node in looked_at if node.kind == "string"]
    return "'" if quotes.count("'") > quotes.count('"') else '"'


def in_single_quotes(text: str) -> str:
    """A text with its strings in single quotes, but for those that have quotes in what they say.

    The strings within an f-string change with it, as before Python 3.12 they can't have its quotes.
    """
    plain = (node for node in _outermost(parse(text).root) if node.kind == "string" and _is_plain(node))
    return apply_edits(text, [TextEdit(node.range, node.text.translate(_SWAPPED)) for node in plain])


def _outermost(node: Node) -> Iterator[Node]:
    """The nodes below a node in the order of the text, but for those within strings; a tree may be very deep."""
    waiting = node.children[::-1]
    while waiting:
        child = waiting.pop()
        yield child
        if child.kind != "string":
            waiting += child.children[::-1]


def _quote(string: Node) -> str:
    """The quotes of a string, which may be three."""
    opening = string.text.lstrip("rbfuRBFU")
    return opening[:3] if opening[:3] in ('"""', "'''") else opening[:1]


def _is_plain(string: Node) -> bool:
    """Whether a string has double quotes, no triple ones, and no quote that is not the end of a string in it."""
    if _quote(string) != '"' or '"""' in string.text:
        return False
    return _quotes_in(string.text) == sum(map(_quotes_in, _ends(string)))


def _ends(node: Node) -> Iterator[str]:
    """Where the strings at a node and within it begin and end, prefixes and all."""
    for child in node.children:
        if child.kind in ("string_start", "string_end"):
            yield child.text
        else:
            yield from _ends(child)


def _quotes_in(text: str) -> int:
    return text.count("'") + text.count('"')
