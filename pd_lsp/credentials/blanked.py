"""Finds the marks that stand where secrets were, in a value that was kept redacted and is to be used again (D14)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

Json: TypeAlias = bool | int | float | str | list["Json"] | dict[str, "Json"] | None
"""The same as `pd_lsp.model.Json`, which this room may not import."""

BEGINNING = "‹"
"""What stands in the place of a secret begins so."""
_MARK = re.compile(r"‹[^‹›\n]*\.[^‹›\n]*›")
"""A mark names where the value came from, with a dot in it; other words can stand in such quotation marks, too."""


@dataclass(frozen=True, slots=True)
class Blanked:
    """One place in a value, and the mark that stands there."""

    path: tuple[str, ...]
    """Keys, and numbers of items, from the outside in."""
    mark: str

    def __str__(self) -> str:
        """The mark, and where it is: `‹slack.oauth_access_token› in body.token`."""
        return f"{self.mark} in {'.'.join(self.path)}" if self.path else self.mark


def blanked(value: Json) -> Iterator[Blanked]:
    """Every text of the value that has a mark in it, keys too, each once."""
    waiting: list[tuple[tuple[str, ...], Json]] = [((), value)]
    while waiting:
        path, one = waiting.pop()
        found = _MARK.search(one) if isinstance(one, str) else None
        if found:
            yield Blanked(path, found[0])
        elif isinstance(one, dict):
            yield from (Blanked((*path, key), mark[0]) for key in one if (mark := _MARK.search(key)))
            waiting += [((*path, key), item) for key, item in reversed(one.items()) if not _MARK.search(key)]
        elif isinstance(one, list):
            waiting += [((*path, str(number)), item) for number, item in enumerate(one)][::-1]


def without_blanked(value: Json) -> Json:
    """The value without the keys and items that `blanked` finds something in; a text that is all of it stays."""
    if isinstance(value, dict):
        kept = {key: item for key, item in value.items() if not _is_marked(key) and not _is_marked(item)}
        return {key: without_blanked(item) for key, item in kept.items()}
    return [without_blanked(item) for item in value if not _is_marked(item)] if isinstance(value, list) else value


def _is_marked(value: Json) -> bool:
    return isinstance(value, str) and _MARK.search(value) is not None
