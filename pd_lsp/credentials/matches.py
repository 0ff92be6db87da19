"""Where the forms of all secrets stand in a text, and where one may have begun at its end (D14)."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
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
        self._forms = _by_text(form for secret in secrets for form in forms_of(secret))
        self._pieces = _pieces_of(form for forms in self._forms.values() for form in forms if form.wrapped)
        self._needles = Needles({*self._forms, *self._pieces})
        self._beginnings = Beginnings(self._forms)
        wrapped = [text for text, forms in self._forms.items() if any(form.wrapped for form in forms)]
        self._wrapped_beginnings = Beginnings(wrapped)
        self._before = frozenset(byte for forms in self._forms.values() for form in forms for byte in form.before)

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
        for start, needle in self._needles.find(text):
            for form in self._forms.get(needle, ()):
                end = start + len(needle)
                if form.exact is None or text[start:end] == form.exact:
                    span = (squeezed.original(start), squeezed.original(end - 1) + 1) if squeezed else (start, end)
                    if span[1] - span[0] <= _longest_span(len(needle)):
                        yield from _accepted(form, content, *span)
            if not squeezed:
                for offset, form in self._pieces.get(needle, ()):
                    yield from _wrapped(form, content, start - offset)

    def _pending(self, content: bytes, base: int) -> Iterator[int]:
        tail = max(base, len(content) - self._beginnings.longest)
        yield from (tail + index for index in self._beginnings.in_end_of(content[tail:]))
        tail = max(base, len(content) - _longest_span(self._beginnings.longest))
        if b"\x1b" in content[tail:]:
            squeezed = Squeezed(content[tail:], COLOURS, UNFINISHED_COLOUR)
            yield from (tail + squeezed.original(index) for index in self._beginnings.in_end_of(squeezed.text))
        tail = max(base, len(content) - _longest_span(self._wrapped_beginnings.longest))
        if LINE_ENDS.search(content, tail) or UNFINISHED_LINE_END.search(content, tail):
            squeezed = Squeezed(content[tail:], LINE_ENDS, UNFINISHED_LINE_END)
            for index in self._wrapped_beginnings.in_end_of(squeezed.text):
                begin = _after_first_cut(squeezed, index)
                if begin < len(squeezed.text):
                    yield tail + squeezed.original(begin)


def _by_text(forms: Iterable[Form]) -> dict[bytes, list[Form]]:
    found: defaultdict[bytes, list[Form]] = defaultdict(list)
    for form in forms:
        same = found[form.text]
        if not any((other.exact, other.word, other.rest) == (form.exact, form.word, form.rest) for other in same):
            same.append(form)
    return found


def _pieces_of(forms: Iterable[Form]) -> dict[bytes, list[tuple[int, Form]]]:
    """Two pieces of each form near its beginning: encoders wrap at sixty characters or more, so one piece is whole."""
    found: defaultdict[bytes, list[tuple[int, Form]]] = defaultdict(list)
    for form in forms:
        size = min(_PIECE, len(form.text) // 2)
        for offset in (0, size):
            found[form.text[offset : offset + size]].append((offset, form))
    return found


def _accepted(form: Form, content: bytes, start: int, end: int) -> Iterator[Match]:
    if form.word and not _is_word(content, start, end):
        return
    end += _common(form.rest, content, end)
    unsettled = end == len(content) and (form.word or bool(form.after))
    if form.before and start and content[start - 1 : start].lower() in form.before:
        start -= 1
    if form.after and content[end : end + 1].lower() in form.after and end < len(content):
        end += 1
    yield Match(start, end, form.shown, unsettled)


def _common(rest: bytes, content: bytes, start: int) -> int:
    """How many bytes of `rest`, which is in lower case, stand at `start`."""
    lower = content[start : start + len(rest)].lower()
    differs = (index for index, (one, other) in enumerate(zip(rest, lower, strict=False)) if one != other)
    return next(differs, min(len(rest), len(lower)))


def _is_word(content: bytes, start: int, end: int) -> bool:
    """Whether no letter or digit goes on before or after, where the form itself has one at that edge."""
    goes_on = end < len(content) and content[end] in _WORD and content[end - 1] in _WORD
    comes_on = start > 0 and content[start - 1] in _WORD and content[start] in _WORD
    return not goes_on and (not comes_on or _ESCAPE.search(content, max(0, start - CONTEXT), start) is not None)


def _wrapped(form: Form, content: bytes, start: int) -> Iterator[Match]:
    """The form where line ends cut it; it would start at about `start` if none did."""
    size = len(form.text)
    if content[max(0, start) : start + size].lower() == form.text:
        return
    low = max(0, start - size - 64)
    squeezed = Squeezed(content[low : start + 2 * size + 64], LINE_ENDS)
    text = squeezed.text.lower()
    index = text.find(form.text)
    while index >= 0:
        begin = low + squeezed.original(_after_first_cut(squeezed, index))
        yield from _accepted(form, content, begin, low + squeezed.original(index + size - 1) + 1)
        index = text.find(form.text, index + 1)


def _after_first_cut(squeezed: Squeezed, index: int) -> int:
    """`index`, or the place behind the last cut within the first characters after it."""
    cut = squeezed.last_cut(index, index + _FIRST_LINE)
    return index if cut is None else cut


def _longest_span(size: int) -> int:
    """How many bytes a form of `size` bytes may take where it is cut, also by a colour of its own for each."""
    return 24 * size + 256
