"""What follows a place on its line, read as Python reads it: which strings and brackets it ends.

A person is in the middle of typing, so that the tree can't say: `f(pd.inputs["sl, "x")` has a string `"sl, "` in it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pd_lsp.syntax.tree import Token
from pd_lsp.text import Offset

CLOSERS = {"(": ")", "[": "]", "{": "}"}
_SINGLE = ('"', "'")
_QUOTES = ('"""', "'''", *_SINGLE)
_NEXT_IN_CODE = re.compile("\"\"\"|'''|[\"'()\\[\\]{}#]")
_NEXT_IN_STRING = {quote: re.compile(rf"\\.|\{{\{{|\{{|{quote}", re.DOTALL) for quote in _QUOTES}
_NESTED = {quote: re.compile(rf"{quote}[\w$.-]*{quote}") for quote in _QUOTES}
_LINE_END = re.compile(r"[\r\n]|\Z")
_FARTHEST = 2_000
"""How much of a line is read: no line that a person types is longer."""


@dataclass(frozen=True, slots=True)
class Rest:
    """What the rest of a line says."""

    is_whole: bool
    """Whether every string that stands open before it, or begins in it, also ends in it."""
    closes: bool
    """Whether it closes the bracket that was opened last, and does not just close another one around that."""
    left_open: int
    """How much of what stands open before it is not closed."""
    passes_over: bool = False
    """Whether it closes something around a bracket that it leaves open."""


def line_start(text: str, offset: Offset) -> Offset:
    """Where the line of `offset` begins."""
    return Offset(max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1)


def line_end(text: str, offset: Offset) -> Offset:
    """Where the line of `offset` ends, its end-of-line characters left out."""
    end = _LINE_END.search(text, offset)
    return Offset(end.start() if end else len(text))


def closing_quote(text: str, start: Offset, quote: str) -> Offset | None:
    """Where, on the line of `start`, the string ends that `quote` has opened."""
    for found in re.finditer(rf"\\.|{quote}", text[start : line_end(text, start)]):
        if found.group() == quote:
            return Offset(start + found.start())
    return None


def open_before(text: str, tokens: Sequence[Token], offset: Offset) -> tuple[str, ...]:
    """What must close behind the first of `tokens`, which is a bracket; the outermost first.

    The closers of the brackets that stand open on the line of `offset`, and the quotes of the f-strings around it.
    """
    begin = line_start(text, offset)
    found: list[str] = []
    strings = closed = 0
    for token in tokens:
        if token.kind == "string_end":
            strings += 1
        elif token.kind == "string_start" and strings:
            strings -= 1
        elif token.kind == "string_start":
            found += ["}"] * (token.range.start < begin and "}" not in found) + [quote_of(token.text)]
        elif not strings and token.kind in CLOSERS.values():
            closed += 1
        elif not strings and token.kind in CLOSERS and closed:
            closed -= 1
        elif not strings and token.kind in CLOSERS and (token.range.start >= begin or not found):
            found.append(CLOSERS[token.kind])
    return tuple(reversed(found))


def quote_of(string_start: str) -> str:
    """The quote of a string's beginning, such as `"` of `rf"`."""
    return string_start.lstrip("rRuUbBfFtT")


def innermost_quote(opened: Sequence[str]) -> str | None:
    """The quote of the f-string that stands open, if there is one."""
    return next((closer for closer in reversed(opened) if closer in _QUOTES), None)


def read_rest(text: str, start: Offset, opened: Sequence[str]) -> Rest:
    """What the text from `start` to the end of its line says where `opened` stands open (see `open_before`)."""
    return _Reader(text[start : min(line_end(text, start), start + _FARTHEST)], opened).read()


class _Reader:
    def __init__(self, text: str, opened: Sequence[str]) -> None:
        self._text = text
        self._opened = tuple(opened)
        self._open = list(opened)
        self._at = 0
        self._kept = len(opened)
        """How many of the outermost that were open at first have been so all the time."""
        self._unclosed: list[str] = []
        """Those that were open at first, and ended without being closed."""
        self._is_whole = True

    def read(self) -> Rest:
        while self._at < len(self._text):
            if self._open and self._open[-1] in _QUOTES:
                self._read_string(self._open[-1])
            else:
                self._read_code()
        if any(quote in _SINGLE for quote in self._open):
            self._is_whole = False
        return Rest(self._is_whole, self._closes(), self._kept + len(self._unclosed), bool(self._unclosed))

    def _closes(self) -> bool:
        if not self._opened or self._kept == len(self._opened):
            return False
        inside = [index for index, closer in enumerate(self._opened) if closer in _QUOTES]
        around = self._opened[inside[-1] + 1 if inside else 0 : self._kept]
        return self._opened[-1] not in (*self._unclosed, *around)

    def _read_code(self) -> None:
        found = _NEXT_IN_CODE.search(self._text, self._at)
        if found is None:
            self._at = len(self._text)
            return
        self._at = found.end()
        if found.group() in CLOSERS:
            self._open.append(CLOSERS[found.group()])
        elif found.group() in CLOSERS.values():
            self._close(found.group())
        elif found.group() in _QUOTES:
            self._meet_quote(found.group(), found.start())
        elif not innermost_quote(self._open):
            self._at = len(self._text)

    def _read_string(self, quote: str) -> None:
        found = _NEXT_IN_STRING[quote].search(self._text, self._at)
        self._at = found.end() if found else len(self._text)
        if found and found.group() == "{":
            self._open.append("}")
        elif found and found.group() == quote:
            self._close(quote)

    def _meet_quote(self, quote: str, start: int) -> None:
        """A string begins, or, in a hole of an f-string with the same quote, that f-string ends."""
        nested = _NESTED[quote].match(self._text, start)
        if quote == innermost_quote(self._open) and not nested:
            self._is_whole = False
            self._close(quote)
            return
        end = closing_quote(self._text, Offset(self._at), quote)
        self._at = len(self._text) if end is None else end + len(quote)
        if end is None and quote in _SINGLE:
            self._is_whole = False

    def _close(self, closer: str) -> None:
        """Closes the innermost `closer` that is open, and with it what is open inside; a bracket closes no string."""
        inside = innermost_quote(self._open) if closer not in _QUOTES else None
        lowest = len(self._open) - self._open[::-1].index(inside) if inside else 0
        if closer not in self._open[lowest:]:
            return
        while self._open.pop() != closer:
            self._note_unclosed()
        self._kept = min(self._kept, len(self._open))

    def _note_unclosed(self) -> None:
        if len(self._open) < self._kept:
            self._kept = len(self._open)
            self._unclosed.append(self._opened[self._kept])
