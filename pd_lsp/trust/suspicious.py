"""Text that reads differently from what it does: always worth a question before a run (D8)."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from pd_lsp.text import LineIndex
from pd_lsp.trust.invisible import is_expected

_LONGEST_SHOWN = 160

_BIDIRECTIONAL = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_SUSPECT = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]"
)
"""Controls, and what leaves no mark on a screen, before it is asked whether it is at its proper place."""

_LOOKS_LIKE = {
    **dict.fromkeys("\u04bb\u0570\u13c2", "h"),
    **dict.fromkeys("\u0430\u0251\u03b1", "a"),
    **dict.fromkeys("\u043f\u0578\u057c\u03b7", "n"),
    **dict.fromkeys("\u0501\u0257\u13e7", "d"),
    **dict.fromkeys("1I\u0131\u0142\u0399\u0406\u04c0\u04cf\u05d5\u05df\u0627\u01c0", "l"),
    **dict.fromkeys("\u0435\u0454\u04bd\u03b5\u0259", "e"),
    **dict.fromkeys("\u0433\u1d26\uab47\uab48\u027c", "r"),
}
_HANDLER = "handler"
_WORD = re.compile(r"[\w\u0300-\u036f]+")


@dataclass(frozen=True, slots=True)
class Suspicion:
    """One line of a text that may deceive its reader."""

    line: int
    """Counted from 1, as editors show it."""
    why: str
    """What stands there, as a part of a sentence: `an invisible character`."""
    shown: str
    """The line as it is, with each deceiving character as `<U+202E>`."""


def suspicious_lines(text: str) -> tuple[Suspicion, ...]:
    """Every line with bidirectional controls, invisible characters, or a word that only looks like `handler`.

    Accents, other scripts, and the joiners of emoji and of scripts that need them are no reason.
    """
    lines = LineIndex(text)
    found = []
    for number in range(lines.line_count):
        place = lines.line_range(number)
        line = text[place.start : place.end]
        reasons = dict(_reasons(line, first=number == 0))
        if reasons:
            found.append(
                Suspicion(number + 1, " and ".join(dict.fromkeys(reasons.values())), _shown(line, set(reasons)))
            )
    return tuple(found)


def _reasons(line: str, *, first: bool) -> Iterator[tuple[int, str]]:
    """Where a character deceives, and how."""
    for match in _SUSPECT.finditer(line):
        if match[0] in _BIDIRECTIONAL:
            yield match.start(), "a control that changes the direction of text"
        elif not is_expected(line, match.start()) and not (first and match.start() == 0 and match[0] == "\ufeff"):
            yield match.start(), "an invisible character"
    for word in _WORD.finditer(line):
        if word[0] != _HANDLER and _skeleton(word[0]) == _HANDLER:
            for index in range(*word.span()):
                if line[index] not in _HANDLER:
                    yield index, "a word that only looks like `handler`"


def _skeleton(word: str) -> str:
    """What a reader takes the word for."""
    decomposed = unicodedata.normalize("NFKD", word)
    return "".join(
        _LOOKS_LIKE.get(character, character) for character in decomposed if not unicodedata.combining(character)
    )


def _shown(line: str, deceiving: set[int]) -> str:
    """The line with each of these characters spelled out, cut to what surrounds the first of them."""
    start = max(0, min(deceiving) - _LONGEST_SHOWN // 2)
    end = min(len(line), start + _LONGEST_SHOWN)
    shown = "".join(f"<U+{ord(line[index]):04X}>" if index in deceiving else line[index] for index in range(start, end))
    return f"{'…' if start else ''}{shown}{'…' if end < len(line) else ''}"
