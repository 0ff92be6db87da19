"""Brackets that somebody has left open on other lines than the one that is being written.

To a parser everything below them stands in them. The beginning of a statement below tells that it does not.
"""

import re

from pd_lsp.syntax.rest_of_line import line_start
from pd_lsp.text import Offset

_FARTHEST = 10_000
"""How far from the place brackets are looked for. Measured: 1 ms."""
_PARTS = re.compile(
    r"(?P<text>\"\"\".*?(?:\"\"\"|\Z)|'''.*?(?:'''|\Z)|\"(?:\\.|[^\"\\\n])*\"?|'(?:\\.|[^'\\\n])*'?)"
    r"|(?P<comment>#[^\n]*)"
    r"|(?P<opening>[(\[{])"
    r"|(?P<closing>[)\]}])"
    r"|(?P<statement>^[ \t]*(?:(?:async[ \t]+)?def|class|return|import|raise|while|try|pass|del|assert)\b)"
    r"|(?P<assignment>^[ \t]*\w+[ \t]*=(?!=))",
    re.DOTALL | re.MULTILINE,
)
_GOES_ON = re.compile(r"[,(\[{][ \t]*(?:#[^\n]*)?\n\s*\Z")
"""What stands before an argument by name, which begins like an assignment."""
_OF_MODULE = re.compile(r"\w+[ \t]+=")
_LONGEST_END = 200


def left_open(text: str, offset: Offset) -> list[Offset]:
    """Where brackets stand around `offset` that are open still where a later line begins a statement."""
    start = 0
    if offset > _FARTHEST:
        start = text.find("\ndef ", offset - _FARTHEST, offset) + 1 or line_start(text, offset)
    opened: list[Offset] = []
    found: list[Offset] = []
    for part in _PARTS.finditer(text, start, offset + _FARTHEST):
        match part.lastgroup:
            case "opening":
                opened.append(Offset(part.start()))
            case "closing" if opened:
                opened.pop()
            case "statement":
                found += opened
                opened.clear()
            case "assignment" if opened and not (text[opened[-1]] == "(" and _may_be_argument(text, part)):
                found += opened
                opened.clear()
    return found


def _may_be_argument(text: str, part: re.Match[str]) -> bool:
    """Whether `name =` can stand in a call: behind a comma or a bracket, and not set as a statement of a module is."""
    if _OF_MODULE.fullmatch(part.group()):
        return False
    return _GOES_ON.search(text, max(part.start() - _LONGEST_END, 0), part.start()) is not None
