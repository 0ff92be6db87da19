"""A result as a tree: short values whole, long ones cut and said to be."""

from typing import Any

import pytest

from pd_lsp.execution.result import StepResult
from pd_lsp.runs.summary import summary
from pd_lsp.runs.tree import Trees

LONG = "x" * 60


def drawn(value: Any, name: str = "rows") -> tuple[list[str], bool]:
    trees = Trees()
    return trees.lines(name, value), trees.is_cut


@pytest.mark.parametrize(
    ("value", "line"),
    [
        (None, "rows = null"),
        (True, "rows = true"),
        (1.5, "rows = 1.5"),
        ("é\nthen", 'rows = "é\\nthen"'),
        ({}, "rows = {}"),
        ({"a": [1, {"b": "ü"}]}, 'rows = {"a": [1, {"b": "ü"}]}'),
    ],
)
def test_what_fits_stands_on_one_line(value: Any, line: str) -> None:
    assert drawn(value) == ([line], False)


def test_what_does_not_fit_is_a_branch_for_each_entry() -> None:
    lines, is_cut = drawn([{"id": 1, "name": LONG, "tags": [LONG, "b"]}, {"id": 2}])
    assert lines == [
        "rows = list of 2",
        "  0 = object of 3",
        "    id = 1",
        f'    name = "{LONG}"',
        f'    tags = ["{LONG}", "b"]',
        '  1 = {"id": 2}',
    ]
    assert not is_cut


def test_long_lists_objects_and_texts_are_cut_and_say_by_how_much() -> None:
    lines, is_cut = drawn([*range(1200)])
    assert (lines[0], lines[20], lines[21:]) == ("rows = list of 1,200", "  19 = 19", ["  … 1,180 more"])
    assert is_cut
    lines, is_cut = drawn({str(key): LONG for key in range(21)})
    assert (lines[-1], is_cut) == ("  … 1 more", True)
    assert drawn("y" * 1401) == ([f'rows = "{"y" * 400}"… 1,001 characters more'], True)


def test_depth_has_an_end() -> None:
    value: Any = LONG
    for _ in range(200):
        value = [value, LONG]
    lines, is_cut = drawn(value)
    assert (lines[7:10], is_cut) == (
        ["              0 = list of 2", "                … 2 more", f'              1 = "{LONG}"'],
        True,
    )


def test_all_values_of_a_result_have_some_hundred_lines_together() -> None:
    wide = [[LONG, LONG] for _ in range(20)]
    trees = Trees()
    lines = [line for name in "abcdefgh" for line in trees.lines(name, wide)]
    assert (len(lines), lines[-1], trees.is_cut) == (301, "…", True)


@pytest.mark.parametrize("key", ["a\nThe step succeeded", "", " a", "a\u202eb", "\x1b[2J"])
def test_a_key_can_not_pass_for_another_line(key: str) -> None:
    lines, _ = drawn({key: LONG, "b": LONG})
    assert len(lines) == 3
    assert lines[1].startswith('  "')


def test_a_summary_says_once_where_the_whole_of_it_is() -> None:
    result = StepResult(
        "succeeded", exports={"a": [*range(99)], "b": None}, returned="z" * 900, response={"status": 200}
    )
    lines = summary(result).splitlines()
    assert 'response = {"status": 200}' in lines
    assert "b = null" in lines
    assert lines[-1] == "Some of it is cut here: --json prints the whole of it."
    assert summary(StepResult("succeeded", returned=1)).endswith("$return_value = 1")
