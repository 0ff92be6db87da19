"""`root.attribute["key"].get("key")`, read backwards from the leaves before a place.

tree-sitter gives those leaves in the right order even where the text around them can't be parsed, so that a missing
quote, bracket or brace elsewhere costs nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pd_lsp.syntax.literal import string_value
from pd_lsp.syntax.tree import Token


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
    keys: list[str] = []
    while tokens:
        ending = _subscript(tokens) if tokens[0].text == "]" else _get_call(tokens) if tokens[0].text == ")" else None
        if ending is None:
            break
        key, used = ending
        keys.append(key)
        tokens = tokens[used:]
    return _rooted(tokens, tuple(reversed(keys)))


def texts(tokens: Sequence[Token], count: int) -> list[str]:
    """The texts of the first `count` tokens, or of as many as there are."""
    return [token.text for token in tokens[:count]]


def _rooted(tokens: Sequence[Token], keys: tuple[str, ...]) -> Chain | None:
    match tokens[:4]:
        case [Token("identifier"), Token("."), Token("identifier"), Token(".")]:
            return None
        case [Token("identifier") as attribute, Token("."), Token("identifier") as root, *_]:
            return Chain(root.text, attribute.text, keys)
        case [Token("identifier"), Token("."), *_]:
            return None
        case [Token("identifier") as root, *_]:
            return Chain(root.text, None, keys)
        case _:
            return None


def _subscript(tokens: Sequence[Token]) -> tuple[str, int] | None:
    """The key of the `["key"]` that ends at the first token, and how many tokens that takes."""
    literal = _literal(tokens[1:])
    if literal is None:
        return None
    key, used = literal
    return (key, used + 2) if texts(tokens[1 + used :], 1) == ["["] else None


def _get_call(tokens: Sequence[Token]) -> tuple[str, int] | None:
    """The key of the `.get("key")` or `.get("key", {})` that ends at the first token, and how many tokens it has."""
    default = next((size for size, ending in _DEFAULTS.items() if texts(tokens[1:], size) == ending), 0)
    literal = _literal(tokens[1 + default :])
    if literal is None:
        return None
    key, used = literal
    used += 1 + default
    return (key, used + 3) if texts(tokens[used:], 3) == ["(", "get", "."] else None


_DEFAULTS = {3: ["}", "{", ","], 2: ["None", ","]}


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
