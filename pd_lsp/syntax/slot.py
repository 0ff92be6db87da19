"""What a key takes the place of at a caret, and what must be written around it."""

import keyword
import re
from collections.abc import Sequence
from dataclasses import dataclass

from pd_lsp.syntax.rest_of_line import (
    CLOSERS,
    Rest,
    closing_quote,
    innermost_quote,
    line_end,
    line_start,
    open_before,
    quote_of,
    read_rest,
)
from pd_lsp.syntax.tree import Token
from pd_lsp.text import Offset, TextRange

_KEY = re.compile(r"[\w$.-]*")
_REST_OF_KEY = re.compile(r"[\w$]*")
_PROSE = re.compile(r"[^\[\](){},;#=\"']*")
"""What a string may hold that is hardly code behind a quote which nobody has typed yet."""
_LITERAL = re.compile(r"[ \t]*(?:[rRuU]|[bBfF][rR]?|[rR][bBfF])?(?P<quote>\"\"\"|'''|\"|')")
_NESTED_LITERAL = re.compile(r"[ \t]*(?P<quote>[\"'])[\w$.-]*(?P=quote)[ \t]*[\]),]")
_WORD = re.compile(r"(?P<word>\w+)[ \t]*(?=[\])},:;#\r\n]|\Z)")
_GOES_ON = re.compile(r"(?:[,+*/|&=<>([{.\\-]|\b(?:or|and|if|else|for|in|not))[ \t]*(?:#.*)?\Z")
"""The end of a line in whose bracket the next one stands."""
_IS_GONE_ON_WITH = re.compile(r"\s*(?:[])},.+*/|&-]|(?:or|and|if|else|for|in)\b)")
"""The beginning of such a line."""
_NO_NAMES = frozenset(keyword.kwlist) - {"None", "True", "False"}


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a key is being written, and what must be written around it."""

    typed: TextRange
    """What the finished key replaces; a closing quote is in it where a bracket has to follow it."""
    opening: str
    """The quote before the key, where none stands there yet or the one there is replaced."""
    closing: str
    """The quote and bracket behind the key, as far as they are missing."""
    quote: str
    """The quote that the key stands between."""


@dataclass(frozen=True, slots=True)
class _Bracket:
    """The bracket that the key stands in."""

    text: str
    closer: str
    opened: tuple[str, ...]
    """All that stands open behind it."""
    is_above: bool
    """Whether it stands on an earlier line than the caret."""

    def is_closed(self, start: Offset) -> bool:
        """Whether the text from `start` closes it; a `.get(` is not closed for the person before a default either."""
        rest = read_rest(self.text, start, self.opened)
        return rest.closes or (self.is_right_before(start) and not self._is_closer_of_another(start, rest))

    def _is_closer_of_another(self, start: Offset, rest: Rest) -> bool:
        """Whether the closer that stands right behind `start` is that of a bracket around, as in `[a[|]`.

        So it is where more is closed further on, or where the line ends, and the next one does not go on with it.
        """
        end = line_end(self.text, start)
        if self.is_above or not self.text[start:end].lstrip(" \t").startswith(self.closer):
            return False
        goes_on = _GOES_ON.search(self.text[start:end]) or _IS_GONE_ON_WITH.match(self.text, end)
        return rest.passes_over or not goes_on

    def is_right_before(self, start: Offset) -> bool:
        """Whether nothing but blanks stands between `start` and its closer, or the comma before a default."""
        end = len(self.text) if self.is_above else line_end(self.text, start)
        closers = (self.closer, ",") if self.closer == ")" else (self.closer,)
        return self.text[start:end].lstrip(" \t\r\n").startswith(closers)


def slot_in_string(text: str, tokens: Sequence[Token], offset: Offset) -> Slot:
    """The slot of a key whose quote is the first of `tokens`, the leaves before the caret; a bracket is the second."""
    begin, quote = tokens[0].range.end, quote_of(tokens[0].text)
    bracket = _bracket(text, tokens[1:], offset)
    end, behind = _end_of_string(bracket, begin, offset, quote)
    if bracket.is_closed(behind):
        return Slot(TextRange(begin, end), "", quote if behind == end else "", quote)
    return Slot(TextRange(begin, behind), "", quote + bracket.closer, quote)


def slot_in_bracket(text: str, tokens: Sequence[Token], offset: Offset) -> Slot:
    """The slot of a key of which nothing stands before the caret: the first of `tokens` is its bracket."""
    bracket = _bracket(text, tokens, offset)
    around = innermost_quote(bracket.opened)
    quote, end = _literal_behind(bracket, offset, around) or _word_behind(bracket, offset, around)
    closing = quote if bracket.is_closed(end) else quote + bracket.closer
    return Slot(TextRange(offset, end), quote, closing, quote)


def _bracket(text: str, tokens: Sequence[Token], offset: Offset) -> _Bracket:
    return _Bracket(
        text=text,
        closer=CLOSERS[tokens[0].kind],
        opened=open_before(text, tokens, offset),
        is_above=tokens[0].range.start < line_start(text, offset),
    )


def _literal_behind(bracket: _Bracket, offset: Offset, around: str | None) -> tuple[str, Offset] | None:
    """The quote and the end of the literal that begins right behind the caret, finished or not."""
    found = _LITERAL.match(bracket.text, offset)
    if found is None or (found["quote"] == around and not _NESTED_LITERAL.match(bracket.text, offset)):
        return None
    begin = Offset(found.end())
    _, behind = _end_of_string(bracket, begin, begin, found["quote"])
    return found["quote"], behind


def _word_behind(bracket: _Bracket, offset: Offset, around: str | None) -> tuple[str, Offset]:
    """The quote to write, and the end of a word right behind the caret that is all up to the bracket."""
    found = _WORD.match(bracket.text, offset)
    is_replaced = found is not None and found["word"] not in _NO_NAMES
    quote = "'" if around and around[0] == '"' else '"'
    return quote, Offset(found.end("word")) if found and is_replaced else offset


def _end_of_string(bracket: _Bracket, begin: Offset, offset: Offset, quote: str) -> tuple[Offset, Offset]:
    """Where what is typed of a string ends, and where its closing quote does; the same place where it has none.

    The string began at `begin`, the caret stands at `offset`. The next quote can be that of another string further on.
    The text behind it tells: it is read once as if this quote ended the string, and once as if none did.
    """
    text = bracket.text
    rest = _REST_OF_KEY.match(text, offset)
    word_end = Offset(rest.end()) if rest else offset
    end = closing_quote(text, offset, quote)
    if end is None:
        return word_end, word_end
    behind = Offset(end + len(quote))
    if _KEY.fullmatch(text, begin, end) or _ends_here(bracket, TextRange(offset, end), behind, word_end):
        return end, behind
    return word_end, word_end


def _ends_here(bracket: _Bracket, passed: TextRange, behind: Offset, word_end: Offset) -> bool:
    """Whether the text reads better with a string that ends behind what is `passed` than with one that has no end."""
    text = bracket.text
    ended, unended = (read_rest(text, start, bracket.opened) for start in (behind, word_end))
    if ended.is_whole != unended.is_whole:
        return ended.is_whole
    if ended.left_open != unended.left_open:
        return ended.left_open < unended.left_open
    return bracket.is_right_before(behind) or _PROSE.fullmatch(text, passed.start, passed.end) is not None
