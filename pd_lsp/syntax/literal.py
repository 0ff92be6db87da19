"""Python string literals: what one says, and how a key is written as one."""

import ast
import re
import unicodedata

_PLAIN = re.compile(r"""(?P<quote>["'])(?P<value>[\w $.-]+)(?P=quote)""", re.ASCII)
"""A literal that says what stands in it."""
_NAME = re.compile(r"[\w $.-]*", re.ASCII)
"""A key in which nothing has to be escaped."""


def string_value(literal: str) -> str | None:
    """What a finished literal says, such as `"a"` or `'a'`; None for an f-string, bytes, or anything else."""
    if plain := _PLAIN.fullmatch(literal):
        return plain["value"]
    prefix = literal[: len(literal) - len(literal.lstrip("rRuUbBfFtT"))]
    if set(prefix.lower()) - set("ru"):
        return None
    try:
        value = ast.literal_eval(literal)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None
    return value if isinstance(value, str) else None


def string_content(value: str, quote: str) -> str:
    """`value` as it stands between two `quote`s, with everything escaped that could end or disguise it (D26)."""
    if _NAME.fullmatch(value):
        return value
    return "".join(_escaped(character, quote) for character in value)


def _escaped(character: str, quote: str) -> str:
    if character in (quote[0], "\\"):
        return "\\" + character
    if character.isprintable() and unicodedata.category(character) not in ("Cf", "Cc", "Cs", "Co", "Cn"):
        return character
    return character.encode("unicode_escape").decode("ascii")
