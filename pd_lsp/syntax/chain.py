"""`root.attribute["key"].get("key")`, read backwards from the leaves before a place.

tree-sitter gives those leaves in the right order even where the text around them can't be parsed, so that a missing
quote, bracket or brace elsewhere costs nothing.
"""

import keyword
from collections.abc import Sequence
from dataclasses import dataclass

from pd_lsp.syntax.literal import string_value
from pd_lsp.syntax.rest_of_line import CLOSERS
from pd_lsp.syntax.tree import Token

_DEFAULTS = (["}", "{", "or"], [")", "(", "dict", "or"], ["None", "or"])
"""What people write behind a read that may give nothing, backwards."""


@dataclass(frozen=True, slots=True)
class Chain:
    """A root name, at most one attribute of it, and the keys that follow."""

    root: str
    attribute: str | None
    keys: tuple[str, ...]


def read_chain(tokens: Sequence[Token]) -> Chain | None:
    """The chain that ends at the first of `tokens`, which stand in reverse order of the text.

    None where something else stands there: a call other than `.get`, a key that is no literal.
    """
    found = _read_chain(tokens)
    return found[0] if found else None


def read_value(tokens: Sequence[Token]) -> Chain | None:
    """The chain that an expression is, in brackets or with a trailing `or {}` too; its last leaf is the first."""
    found = _read_value(tokens)
    return found[0] if found else None


def texts(tokens: Sequence[Token], count: int) -> list[str]:
    """The texts of the first `count` tokens, or of as many as there are."""
    return [token.text for token in tokens[:count]]


_Found = tuple[Chain, int]
"""A chain, and how many tokens it has."""


def _read_value(tokens: Sequence[Token]) -> _Found | None:
    default = next((len(ending) for ending in _DEFAULTS if texts(tokens, len(ending)) == ending), 0)
    found = _read_chain(tokens[default:])
    return (found[0], found[1] + default) if found else None


def _read_chain(tokens: Sequence[Token]) -> _Found | None:
    keys: list[str] = []
    used = 0
    while ending := _ending(tokens[used:]):
        keys.append(ending[0])
        used += ending[1]
    found = _root(tokens[used:])
    if found is None:
        return None
    chain, size = found
    return Chain(chain.root, chain.attribute, chain.keys + tuple(reversed(keys))), used + size


def _ending(tokens: Sequence[Token]) -> tuple[str, int] | None:
    """The key of the `["key"]` or `.get("key")` that ends at the first token, and how many tokens that takes."""
    match texts(tokens, 1):
        case ["]"]:
            return _subscript(tokens)
        case [")"]:
            return _get_call(tokens)
        case _:
            return None


def _root(tokens: Sequence[Token]) -> _Found | None:
    """What the keys are read of: a name, an attribute of one, or a value in brackets."""
    match tokens[:4]:
        case [Token(")"), *_]:
            return _bracketed(tokens)
        case [Token("identifier"), Token("."), Token("identifier"), Token(".")]:
            return None
        case [Token("identifier") as attribute, Token("."), Token("identifier") as root, *_]:
            return Chain(root.text, attribute.text, ()), 3
        case [Token("identifier"), Token("."), *_]:
            return None
        case [Token("identifier") as root, *_]:
            return Chain(root.text, None, ()), 1
        case _:
            return None


def _bracketed(tokens: Sequence[Token]) -> _Found | None:
    """The chain in the brackets that end at the first token, unless they are those of a call."""
    found = _read_value(tokens[1:])
    if found is None:
        return None
    chain, size = found
    match texts(tokens[1 + size :], 2):
        case ["("]:
            return chain, size + 2
        case ["(", before] if not _is_callable(before):
            return chain, size + 2
        case _:
            return None


def _is_callable(before: str) -> bool:
    return before in (")", "]", "}") or (before.isidentifier() and not keyword.iskeyword(before))


def _subscript(tokens: Sequence[Token]) -> tuple[str, int] | None:
    literal = _literal(tokens[1:])
    if literal is None:
        return None
    key, used = literal
    return (key, used + 2) if texts(tokens[1 + used :], 1) == ["["] else None


def _get_call(tokens: Sequence[Token]) -> tuple[str, int] | None:
    """With or without a default, whatever that is."""
    opening = _opening(tokens)
    if opening is None or texts(tokens[opening:], 3) != ["(", "get", "."]:
        return None
    start = next((at for at in range(opening - 1, 0, -1) if tokens[at].kind == "string_end"), None)
    literal = _literal(tokens[start:]) if start else None
    if start is None or literal is None or start + literal[1] != opening or texts(tokens[start - 1 :], 1) not in _ENDS:
        return None
    return literal[0], opening + 3


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
