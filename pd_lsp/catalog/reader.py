"""The catalogue: finds an app by its slug, or by a few letters of its name."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any

from pd_lsp.catalog.app_facts import AppFacts, read_app_facts
from pd_lsp.model import AppSlug


class Catalog:
    """Some two thousand apps. Keeps the rows as read, and makes an `AppFacts` of one when it is asked for."""

    def __init__(self, rows: Mapping[str, Mapping[str, Any]]) -> None:
        self._rows = rows

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[AppSlug]:
        return (AppSlug(slug) for slug in self._rows)

    def app(self, slug: AppSlug) -> AppFacts | None:
        """What is known of the app with this slug."""
        row = self._rows.get(slug)
        return None if row is None else read_app_facts(slug, row)

    def search(self, text: str, limit: int = 20) -> tuple[AppFacts, ...]:
        """The first `limit` of the apps that `find` finds."""
        return tuple(read_app_facts(slug, self._rows[slug]) for slug in self.find(text)[: max(limit, 0)])

    def find(self, text: str) -> list[AppSlug]:
        """The apps that have `text` in their slug or name: exact ones first, then those that begin with it.

        Upper and lower case count as one; blanks, dashes and underscores are not counted. No text finds nothing.
        """
        wanted = _plain(text)
        if not wanted:
            return []
        ranked = sorted(
            (rank, not row["reviewed"], len(slug), slug)
            for slug, row in self._rows.items()
            if (rank := min(_rank(wanted, _plain(slug)), _rank(wanted, _plain(row["name"])))) < _NOWHERE
        )
        return [AppSlug(slug) for *_, slug in ranked]


@cache
def catalog() -> Catalog:
    """The catalogue that comes with pd-lsp, read when it is first asked for."""
    file = resources.files("pd_lsp.catalog").joinpath("apps.json")
    return Catalog(json.loads(file.read_text("utf-8")))


_EXACT, _BEGINS, _WITHIN, _NOWHERE = range(4)


def _rank(wanted: str, name: str) -> int:
    if name == wanted:
        return _EXACT
    if name.startswith(wanted):
        return _BEGINS
    return _WITHIN if wanted in name else _NOWHERE


def _plain(text: str) -> str:
    return "".join(character for character in text.casefold() if character not in " -_")
