"""`root.attribute["key"].get("key")`, read backwards from the leaves before a place.

tree-sitter gives those leaves in the right order even where the text around them can't be parsed, so that a missing
quote, bracket or brace elsewhere costs nothing.
"""

import keyword
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from pd_lsp.syntax.literal import string_value
from pd_lsp.syntax.rest_of_line import CLOSERS
from pd_lsp.syntax.tree import Token
from pd_lsp.text import TextRange

_BETWEEN = ("line_continuation", "comment")
_DEFAULTS = (["}", "{", "or"], [")", "(", "dict", "or"], ["None", "or"])
"""What people write behind a read that may give nothing, backwards."""


class Link(NamedTuple):
    """One part of a chain: `.attribute`, `["key"]`, `[NAME]`, or a call."""

    kind: Literal["attribute", "key", "name", "call"]
    text: str
    """The name or the key; nothing of a call."""
    range: TextRange
    """Where it stands; of a call, its brackets."""


@dataclass(frozen=True, slots=True)
class Chain:
    """What stands first, and the links that follow."""

    root: str
    """A name; nothing where an expression in brackets stands first."""
    links: tuple[Link, ...] = ()
    brackets: TextRange | None = None
    """Where that expression stands."""

    @property
    def attribute(self) -> str | None:
        """The attribute that the root is asked for, if it is."""
        return self.links[0].text if self.links and self.links[0].kind == "attribute" else None

    @property
    def keys(self) -> tuple[str, ...]:
        """What follows behind that."""
        return tuple(link.text for link in self.links[1 if self.attribute else 0 :])


def read_chain(tokens: Sequence[Token]) -> Chain | None:
    """The chain that ends at the first of `tokens`, which stand in reverse order of the text.

    None where something else stands there, such as a key that is computed.
    """
    found = _read_chain([token for token in tokens if token.kind not in _BETWEEN])
    return found[0] if found else None


def read_value(tokens: Sequence[Token]) -> Chain | None:
    """The chain that an expression is, with a trailing `or {}` too; its last leaf is the first."""
    found = _read_value([token for token in tokens if token.kind not in _BETWEEN])
    return found[0] if found else None


def texts(tokens: Sequence[Token], count: int) -> list[str]:
    """The texts of the first `count` tokens, or of as many as there are."""
    return [token.text for token in tokens[:count]]


_Found = tuple[Chain, int]
"""A chain, and how many tokens it has."""
_FoundLink = tuple[Link, int]


def _read_value(tokens: Sequence[Token]) -> _Found | None:
    default = next((len(ending) for ending in _DEFAULTS if texts(tokens, len(ending)) == ending), 0)
    found = _read_chain(tokens[default:])
    return (found[0], found[1] + default) if found else None


def _read_chain(tokens: Sequence[Token]) -> _Found | None:
    links: list[Link] = []
    used = 0
    while ending := _ending(tokens[used:]):
        links.append(ending[0])
        used += ending[1]
    found = _root(tokens[used:])
    if found is None:
        return None
    chain, size = found
    return Chain(chain.root, chain.links + tuple(reversed(links)), chain.brackets), used + size


def _ending(tokens: Sequence[Token]) -> _FoundLink | None:
    """The link that ends at the first token, and how many tokens it has."""
    match tokens[:2]:
        case [Token("]"), *_]:
            return _subscript(tokens)
        case [Token(")"), *_]:
            return _get_call(tokens) or _call(tokens)
        case [Token("identifier") as name, Token(".")]:
            return Link("attribute", name.text, name.range), 2
        case _:
            return None


def _root(tokens: Sequence[Token]) -> _Found | None:
    """What the links follow: a name, or a value in brackets."""
    match tokens[:1]:
        case [Token(")")]:
            return _bracketed(tokens) or _in_brackets(tokens)
        case [Token("}")]:
            return _in_brackets(tokens)
        case [Token("identifier") as root]:
            return Chain(root.text), 1
        case _:
            return None


def _bracketed(tokens: Sequence[Token]) -> _Found | None:
    """The chain in the brackets that end at the first token."""
    found = _read_value(tokens[1:])
    if found is None or texts(tokens[1 + found[1] :], 1) != ["("]:
        return None
    return found[0], found[1] + 2


def _in_brackets(tokens: Sequence[Token]) -> _Found | None:
    """Whatever else stands in the brackets that end at the first token."""
    opening = _opening(tokens)
    if opening is None:
        return None
    return Chain("", (), TextRange(tokens[opening].range.start, tokens[0].range.end)), opening + 1


def _call(tokens: Sequence[Token]) -> _FoundLink | None:
    """The brackets of a call."""
    opening = _opening(tokens)
    if opening is None or not any(map(_is_callable, texts(tokens[opening + 1 :], 1))):
        return None
    return Link("call", "", TextRange(tokens[opening].range.start, tokens[0].range.end)), opening + 1


def _is_callable(before: str) -> bool:
    return before in (")", "]", "}") or (before.isidentifier() and not keyword.iskeyword(before))


def _subscript(tokens: Sequence[Token]) -> _FoundLink | None:
    found = _key(tokens[1:])
    if found is None:
        return None
    key, used = found
    return (key, used + 2) if texts(tokens[1 + used :], 1) == ["["] else None


def _key(tokens: Sequence[Token]) -> _FoundLink | None:
    """The key that ends at the first token: a literal, a number, or the name of a constant."""
    match tokens[:2]:
        case [Token("identifier") as name, Token("[" | "(")]:
            return Link("name", name.text, name.range), 1
        case [Token("integer", number) as item, Token("-")] if number.isdecimal():
            return Link("key", f"-{number}", item.range), 2
        case [Token("integer", number) as item, *_] if number.isdecimal():
            return Link("key", number, item.range), 1
    literal = _literal(tokens)
    return (Link("key", literal[0], tokens[0].range), literal[1]) if literal else None


def _get_call(tokens: Sequence[Token]) -> _FoundLink | None:
    """With or without a default, whatever that is."""
    opening = _opening(tokens)
    if opening is None or texts(tokens[opening:], 3) != ["(", "get", "."]:
        return None
    ends = (at for at in range(opening - 1, 0, -1) if tokens[at].kind == "string_end")
    start = opening - 1 if tokens[opening - 1].kind == "identifier" else next(ends, 0)
    found = _key(tokens[start:]) if start > 0 else None
    if found is None or start + found[1] != opening or texts(tokens[start - 1 :], 1) not in _ENDS:
        return None
    return found[0], opening + 3


_ENDS = ([")"], [","])
"""What can follow the first argument of a call."""


def _opening(tokens: Sequence[Token]) -> int | None:
    """Which token opens the bracket that ends at the first."""
    depth = 0
    for at, token in enumerate(tokens):
        depth += (token.kind in CLOSERS.values()) - (token.kind in CLOSERS)
        if depth == 0:
            return at
    return None


def _literal(tokens: Sequence[Token]) -> tuple[str, int] | None:
    """The string literal that ends at the first token, and how many tokens it has."""
    if not tokens or tokens[0].kind != "string_end":
        return None
    for size, token in enumerate(tokens, start=1):
        if token.kind == "string_start":
            value = string_value("".join(part.text for part in reversed(tokens[:size])))
            return None if value is None else (value, size)
        if token.kind not in ("string_end", "string_content", "escape_sequence"):
            return None
    return None
