"""The tables of docs/platform.md, section 11: how people write steps. Tests of a row are named by words of the row."""

import re
from collections.abc import Iterable
from typing import Any

import pytest

from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "platform.md").read_text("utf-8")


def table(section: str, heading: str) -> list[list[str]]:
    """The rows of the table in `section` whose first column has this heading; a row is its cells."""
    (part,) = re.findall(rf"^### {re.escape(section)} .*?(?=^##)", PAGE, re.MULTILINE | re.DOTALL)
    (rows,) = re.findall(rf"^\| {re.escape(heading)} \|.*\n\|[-|]+\|\n((?:\|.*\n)+)", part, re.MULTILINE)
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows.splitlines()]


def check_every_row_has_a_case(section: str, heading: str, names: Iterable[str]) -> None:
    """Each name belongs to one row of the table, by words of its first column, and no row is without one.

    What stands behind a colon in a name tells the cases of a row apart.
    """
    rows = [_words(cells[0]) for cells in table(section, heading)]
    tested = {_row_of(name, rows) for name in names}
    missing = [row for row in rows if row not in tested]
    assert not missing, f"no case for {missing}"


def named(cases: Iterable[tuple[Any, ...]]) -> list[Any]:
    """One parameter set for each case, which its first item names."""
    return [pytest.param(*case[1:], id=case[0]) for case in cases]


def _row_of(name: str, rows: list[str]) -> str:
    words = _words(name.partition(":")[0])
    found = [words] if words in rows else [row for row in rows if f"-{words}-" in f"-{row}-"]
    assert len(found) == 1, f"{name!r} names {len(found)} rows of the table"
    return found[0]


def _words(text: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", text.casefold()))
