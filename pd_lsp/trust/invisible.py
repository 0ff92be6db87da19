"""Where invisible characters belong: in emoji, and in scripts that join and part their letters with them."""

import unicodedata

_JOINER = "\u200d"
_NON_JOINER = "\u200c"
_FLAG = "\U0001f3f4"
_END_OF_TAG = "\U000e007f"
_LONGEST_TAG = 7
_KEYCAPS = frozenset("0123456789#*")

_JOINING_SCRIPTS = (
    "ARABIC", "SYRIAC", "MONGOLIAN", "DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI", "ORIYA", "TAMIL", "TELUGU",
    "KANNADA", "MALAYALAM", "SINHALA", "KHMER", "MYANMAR", "TIBETAN",
)  # fmt: skip


def is_expected(line: str, index: int) -> bool:
    """Whether the invisible character at `index` is at its proper place in an emoji or a letter."""
    character = line[index]
    before, after = line[index - 1 : index] if index else "", line[index + 1 : index + 2]
    if character == _JOINER:
        return _joins(before) or (_is_emoji_end(before) and _is_emoji(after))
    if character == _NON_JOINER:
        return _joins(before)
    if "\ufe00" <= character <= "\ufe0f":
        return _is_emoji(before) or _is_ideograph(before) or before in _KEYCAPS
    if "\U000e0100" <= character <= "\U000e01ef":
        return _is_ideograph(before)
    return "\U000e0020" <= character <= _END_OF_TAG and _is_in_flag(line, index)


def _is_emoji(character: str) -> bool:
    """Symbols of every age: a Python may know fewer emoji than the editor."""
    return (
        character != ""
        and (unicodedata.category(character) in {"So", "Sm", "Sk", "Po"} or "\U0001f000" <= character <= "\U0001faff")
        and not character.isascii()
    )


def _is_emoji_end(character: str) -> bool:
    return _is_emoji(character) or character == "\ufe0f"


def _joins(character: str) -> bool:
    """Whether it is a letter or mark of a script that uses joiners."""
    return character != "" and unicodedata.name(character, "").startswith(_JOINING_SCRIPTS)


def _is_ideograph(character: str) -> bool:
    return character != "" and unicodedata.name(character, "").startswith(("CJK ", "MYANMAR "))


def _is_in_flag(line: str, index: int) -> bool:
    """Whether a black flag begins the tag, and its end closes it: regions such as Wales have such emoji."""
    start = index
    while start and "\U000e0020" <= line[start] <= _END_OF_TAG:
        start -= 1
    end = line.find(_END_OF_TAG, index)
    return line[start] == _FLAG and 0 <= end - start <= _LONGEST_TAG
