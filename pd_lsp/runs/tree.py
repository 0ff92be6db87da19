"""Values as trees of lines: what fits stands on one line, what is long is cut, and the cut is said."""

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pd_lsp.model import Json

_WIDTH = 100
"""Characters up to which a value stands on one line, what is before it included."""
_LONGEST_TEXT = 400
"""Characters that are shown of a text."""
_MOST_ENTRIES = 20
"""Entries that are shown of a list or an object."""
_DEEPEST = 8
_MOST_LINES = 300


class Trees:
    """Draws values one below the other, and knows whether all of them were shown whole."""

    def __init__(self) -> None:
        """Starts with nothing drawn."""
        self.is_cut = False
        self._lines_left = _MOST_LINES

    def lines(self, name: str, value: "Json") -> list[str]:
        """The value below its name."""
        found = list(islice(self._lines(name, value, 0), self._lines_left + 1))
        if len(found) > self._lines_left:
            self.is_cut = True
            found[self._lines_left :] = ["…"] if self._lines_left else []
        self._lines_left = max(self._lines_left - len(found), 0)
        return found

    def _lines(self, name: str, value: "Json", depth: int) -> Iterator[str]:
        start = f"{'  ' * depth}{_name(name)} = "
        if isinstance(value, str):
            yield start + self._text(value)
            return
        whole = json.dumps(value, ensure_ascii=False)
        if len(start) + len(whole) <= _WIDTH or not isinstance(value, dict | list):
            yield start + whole
        elif isinstance(value, dict):
            yield f"{start}object of {len(value):,}"
            yield from self._entries(value.items(), len(value), depth + 1)
        else:
            yield f"{start}list of {len(value):,}"
            yield from self._entries(((str(place), one) for place, one in enumerate(value)), len(value), depth + 1)

    def _entries(self, entries: "Iterable[tuple[str, Json]]", count: int, depth: int) -> Iterator[str]:
        shown = _MOST_ENTRIES if depth < _DEEPEST else 0
        for key, value in islice(entries, shown):
            yield from self._lines(key, value, depth)
        if count > shown:
            self.is_cut = True
            yield f"{'  ' * depth}… {count - shown:,} more"

    def _text(self, text: str) -> str:
        shown, left = json.dumps(text[:_LONGEST_TEXT], ensure_ascii=False), len(text) - _LONGEST_TEXT
        if left <= 0:
            return shown
        self.is_cut = True
        return f"{shown}… {left:,} characters more"


def _name(key: str) -> str:
    """A key as it is, or as JSON where it could pass for something else."""
    if key.isprintable() and key.strip() == key != "" and len(key) <= _WIDTH:
        return key
    return json.dumps(key if len(key) <= _WIDTH else f"{key[:_WIDTH]}…", ensure_ascii=False)
