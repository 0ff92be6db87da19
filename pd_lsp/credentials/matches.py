"""Where the forms of all secrets stand in a text, and where one may have begun at its end (D14)."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from pd_lsp.credentials.beginnings import Beginnings
from pd_lsp.credentials.forms import Form, forms_of
from pd_lsp.credentials.needles import Needles
from pd_lsp.credentials.secret import Secret
from pd_lsp.credentials.squeezed import COLOURS, LINE_ENDS, UNFINISHED_COLOUR, UNFINISHED_LINE_END, Squeezed

CONTEXT = 40
"""How many bytes before a form decide whether it is a whole word."""

_PIECE = 30
_FIRST_LINE = 4
"""Fewer characters than these at the end of a line are not taken for the beginning of a wrapped form."""

_WORD = frozenset(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz")
_WRAPPED = frozenset(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+/-_\\\r\n \t")
"""What a wrapped form consists of, with what may cut it."""
_OUTSIDE_WRAPPED = bytes(ord(" ") if byte in _WRAPPED else ord("!") for byte in range(256))
_ESCAPE = re.compile(rb"(?:\\[abfnrtv]|%[0-9A-Fa-f]{2}|\x1b\[[0-9;:?]{0,24}[A-Za-z])\Z")
"""What ends in a letter or digit and yet is no part of the word that follows."""


class Match(NamedTuple):
    """A form that was found: `content[start:end]`."""

    start: int
    end: int
    shown: bytes
    unsettled: bool
    """Whether it ends where the text ends, and the byte that comes next may change it."""


class Matches:
    """All forms of all secrets, ready to be looked for."""

    def __init__(self, secrets: Iterable[Secret]) -> None:
        """Takes the secrets; the first of two with one value gives the marker."""
        forms = _distinct(form for secret in secrets for form in forms_of(secret))
        self._parts = _parts_of(forms)
        self._needles = Needles(self._parts)
        self._beginnings = Beginnings({form.text for form in forms})
        self._wrapped_beginnings = Beginnings({form.text for form in forms if form.wrapped})
        self._before = frozenset(byte for form in forms for byte in form.before)

    def find(self, content: bytes) -> list[Match]:
        """Every match, overlapping ones too, by where it starts and the longest first."""
        found = set(self._found(content, content, None))
        if b"\x1b[" in content:
            squeezed = Squeezed(content, COLOURS)
            found.update(self._found(squeezed.text, content, squeezed))
        return sorted(found, key=lambda match: (match.start, -match.end, match.shown))

    def pending(self, content: bytes, base: int) -> int:
        """The first index, `base` at least, from which on a form may have begun that the text doesn't end."""
        starts = {index for index in self._pending(content, base) if index >= base}
        start = min(starts, default=len(content))
        has_ragged = start > base and content[start - 1 : start].lower()[0] in self._before
        return start - has_ragged

    def _found(self, text: bytes, content: bytes, squeezed: Squeezed | None) -> Iterator[Match]:
        """The matches in `text`, which is `content` or, squeezed, what is left of it."""
        lower = text.lower()
        for at, part in self._needles.find(lower):
            for offset, form in self._parts[part]:
                start = at - offset
                if start >= 0 and lower.startswith(form.text, start):
                    if not offset and (match := _whole(form, text, start, content, squeezed)):
                        yield match
                elif form.wrapped and not squeezed and _goes_on(form.text[offset + len(part) :], lower, at + len(part)):
                    yield from _wrapped(form, content, start)

    def _pending(self, content: bytes, base: int) -> Iterator[int]:
        yield from self._beginnings.in_end_of(content)
        tail = max(base, len(content) - _longest_span(self._beginnings.longest))
        if b"\x1b" in content[tail:]:
            squeezed = Squeezed(content[tail:], COLOURS, UNFINISHED_COLOUR)
            yield from (tail + squeezed.original(index) for index in self._beginnings.in_end_of(squeezed.text))
        tail = max(base, len(content) - _longest_span(self._wrapped_beginnings.longest))
        tail += content[tail:].translate(_OUTSIDE_WRAPPED).rfind(b"!") + 1
        if LINE_ENDS.search(content, tail) or UNFINISHED_LINE_END.search(content, tail):
            squeezed = Squeezed(content[tail:], LINE_ENDS, UNFINISHED_LINE_END)
            for index in self._wrapped_beginnings.in_end_of(squeezed.text):
                begin = _after_first_cut(squeezed, index)
                if begin < len(squeezed.text):
                    yield tail + squeezed.original(begin)


def _distinct(forms: Iterable[Form]) -> list[Form]:
    """The first of those that are looked for in one way, with the ragged bytes of all of them."""
    found: dict[tuple[bytes, bytes | None, bool, bytes], Form] = {}
    for form in forms:
        key = (form.text, form.exact, form.word, form.rest)
        known = found.setdefault(key, form)
        if known is not form:
            before, after = {*known.before, *form.before}, {*known.after, *form.after}
            found[key] = replace(known, before=bytes(sorted(before)), after=bytes(sorted(after)))
    return list(found.values())


def _parts_of(forms: Iterable[Form]) -> dict[bytes, list[tuple[int, Form]]]:
    """What to look for, and where it stands in which forms.

    A form is looked for as a whole, or, where line ends may cut it, by two pieces near its beginning: encoders wrap at
    sixty characters or more, so one piece is whole.
    """
    found: defaultdict[bytes, list[tuple[int, Form]]] = defaultdict(list)
    for form in forms:
        size = min(_PIECE, len(form.text) // 2) if form.wrapped else len(form.text)
        for offset in (0, size) if form.wrapped else (0,):
            found[form.text[offset : offset + size]].append((offset, form))
    return found


def _whole(form: Form, text: bytes, start: int, content: bytes, squeezed: Squeezed | None) -> Match | None:
    """The form, which stands at `start` in `text`, if its case is right and it is not cut too often."""
    end = start + len(form.text)
    if form.exact is not None and text[start:end] != form.exact:
        return None
    if squeezed:
        start, end = squeezed.original(start), squeezed.original(end - 1) + 1
        if end - start > _longest_span(len(form.text)):
            return None
    return _accepted(form, content, start, end)


def _goes_on(rest: bytes, lower: bytes, position: int) -> bool:
    """Whether `rest`, of which no byte can be a line end's, stands at `position`, however often line ends cut it."""
    while not lower.startswith(rest, position):
        end = _end_of_line(lower, position, position + len(rest))
        cut = LINE_ENDS.match(lower, end) if rest.startswith(lower[position:end]) else None
        if not cut:
            return False
        rest = rest[end - position :]
        position = cut.end()
    return True


def _end_of_line(lower: bytes, start: int, stop: int) -> int:
    """Where the first line end after `start` begins, or `stop`."""
    end = lower.find(b"\n", start, stop + 1)  # the return before it may be the last byte
    end = stop if end < 0 else end - (end > start and lower[end - 1] == ord("\r"))
    escaped = lower.find(b"\\", start, end)
    return end if escaped < 0 else escaped


def _accepted(form: Form, content: bytes, start: int, end: int) -> Match | None:
    """The form at `content[start:end]` with the ragged bytes beside it, if it is a word where it has to be one."""
    if form.word and not _is_word(content, start, end):
        return None
    end += _common(form.rest, content[end : end + len(form.rest)].lower())
    unsettled = end == len(content) and (form.word or bool(form.after))
    if form.before and start and content[start - 1 : start].lower() in form.before:
        start -= 1
    if form.after and content[end : end + 1].lower() in form.after and end < len(content):
        end += 1
    return Match(start, end, form.shown, unsettled)


def _common(rest: bytes, lower: bytes) -> int:
    """How many bytes two texts have in common at their beginning."""
    low, high = 0, min(len(rest), len(lower))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if rest[:middle] == lower[:middle] else (low, middle - 1)
    return low


def _is_word(content: bytes, start: int, end: int) -> bool:
    """Whether no letter or digit goes on before or after, where the form itself has one at that edge."""
    goes_on = end < len(content) and content[end] in _WORD and content[end - 1] in _WORD
    comes_on = start > 0 and content[start - 1] in _WORD and content[start] in _WORD
    return not goes_on and (not comes_on or _ESCAPE.search(content, max(0, start - CONTEXT), start) is not None)


def _wrapped(form: Form, content: bytes, start: int) -> Iterator[Match]:
    """The form where line ends cut it; it would start at about `start` if none did."""
    size = len(form.text)
    low = max(0, start - size - 64)
    squeezed = Squeezed(content[low : start + 2 * size + 64], LINE_ENDS)
    text = squeezed.text.lower()
    index = text.find(form.text)
    while index >= 0:
        begin = low + squeezed.original(_after_first_cut(squeezed, index))
        match = _accepted(form, content, begin, low + squeezed.original(index + size - 1) + 1)
        if match:
            yield match
        index = text.find(form.text, index + 1)


def _after_first_cut(squeezed: Squeezed, index: int) -> int:
    """`index`, or the place behind the last cut within the first characters after it."""
    cut = squeezed.last_cut(index, index + _FIRST_LINE)
    return index if cut is None else cut


def _longest_span(size: int) -> int:
    """How many bytes a form of `size` bytes may take where it is cut, also by a colour of its own for each."""
    return 24 * size + 256
