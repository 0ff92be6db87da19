"""Which quotes a text writes its strings in, and strings written in those."""

from collections.abc import Iterator
from itertools import islice
from typing import Literal

from pd_lsp.syntax.tree import Node, Tree, parse
from pd_lsp.text import TextEdit, apply_edits

Quote = Literal["'", '"']

_MOST_LOOKED_AT = 200
"""Strings of a text, from its beginning, that decide which quotes it has."""
_SWAPPED = str.maketrans("'\"", "\"'")


def quote_of(tree: Tree) -> Quote:
    """The quote that most strings of a text have; double ones where it has as many of both, or none."""
    quotes = [_quote(node) for node in islice(_strings(tree.root), _MOST_LOOKED_AT)]
    return "'" if quotes.count("'") > quotes.count('"') else '"'


def in_single_quotes(text: str) -> str:
    """A text with its strings in single quotes, but for those that have quotes in what they say.

    The strings within an f-string change with it, as before Python 3.12 they can't have its quotes.
    """
    plain = filter(_is_plain, _strings(parse(text).root))
    return apply_edits(text, [TextEdit(node.range, node.text.translate(_SWAPPED)) for node in plain])


def _strings(node: Node) -> Iterator[Node]:
    """The strings below a node, but not those within others."""
    for child in node.children:
        if child.kind == "string":
            yield child
        else:
            yield from _strings(child)


def _quote(string: Node) -> str:
    """The quotes of a string, which may be three."""
    opening = string.text.lstrip("rbfuRBFU")
    return opening[:3] if opening[:3] in ('"""', "'''") else opening[:1]


def _is_plain(string: Node) -> bool:
    """Whether a string has double quotes, no triple ones, and no quote in what it says."""
    if _quote(string) != '"' or '"""' in string.text:
        return False
    said = [part.text for part in string.children if part.kind == "string_content"]
    return not any(quote in text for text in said for quote in "'\"")
