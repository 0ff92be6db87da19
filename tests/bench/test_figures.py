"""What the bench makes of what it has measured."""

import pytest

from bench.changes import content_change
from bench.peers.figures import Figures, percentile
from bench.peers.goals import Goal, Results, goals
from bench.peers.shapes import SHAPES
from bench.processes import Memory


@pytest.mark.parametrize(("part", "value"), [(50, 50), (95, 95), (99, 99), (100, 100), (0, 1)])
def test_a_percentile_of_a_hundred_values_is_one_of_them(part: int, value: int) -> None:
    assert percentile(range(100, 0, -1), part) == value


def test_a_percentile_of_few_values_is_the_next_that_is_not_smaller() -> None:
    assert percentile([3, 1, 2], 50) == 2
    assert percentile([1, 2, 3, 40], 99) == 40
    assert percentile([7], 50) == 7


def test_a_key_is_offered_only_where_it_was_at_each_keystroke() -> None:
    assert Figures(rights=[True, True]).offers_key
    assert not Figures(rights=[True, False]).offers_key
    assert not Figures().offers_key


def test_a_goal_is_met_up_to_its_ratio_and_not_without_a_figure() -> None:
    assert [Goal("", 0.25, ratio).verdict for ratio in (0.1, 0.25, 0.26, None)] == [
        "met",
        "met",
        "missed",
        "not measured",
    ]


def places(ours: Figures, other: Figures, name: str) -> Results:
    every = {shape.name for shape in SHAPES}
    return Results({"pd-lsp": (every, every)}, {"50 lines": {"pd-lsp": ours, name: other}}, {})


def found(results: Results, what: str) -> float | None:
    return next(goal.measured for goal in goals(results) if goal.what.startswith(what))


def test_a_goal_is_ours_through_the_other_ones() -> None:
    results = places(
        Figures(walls=[2.0], rights=[True], processor=1.0), Figures(walls=[8.0], rights=[True], processor=4.0), "ty"
    )
    assert found(results, "p50 of a keystroke, 50 lines") == 0.25
    assert found(results, "processor time of a keystroke, 50 lines") == 0.25
    assert found(results, "p50 of a keystroke, 500 lines") is None


@pytest.mark.parametrize("ours", [True, False])
def test_a_time_counts_only_where_the_answer_was_right(ours: bool) -> None:
    one = Figures(walls=[1.0], rights=[ours], processor=1.0, hovers=[1.0], hover_says=ours)
    other = Figures(walls=[1.0], rights=[not ours], processor=1.0, hovers=[1.0], hover_says=not ours)
    results = places(one, other, "ty")
    assert [found(results, f"{what}, 50 lines") for what in ("p50 of a keystroke", "p99 of a keystroke")] == [None] * 2
    assert found(results, "processor time of a keystroke, 50 lines") is None
    assert found(results, "hover, 50 lines") is None


def test_memory_is_that_of_our_own_process_without_workers() -> None:
    results = places(Figures(memory=Memory(60, 100)), Figures(memory=Memory(40, 0)), "bare pygls")
    assert found(results, "memory of the server's process, 50 lines") == 1.5


def test_each_shape_that_is_not_right_counts_against_us() -> None:
    every = {shape.name for shape in SHAPES}
    assert found(Results({"pd-lsp": (every, every)}, {}, {}), "shapes") == 0
    assert found(Results({"pd-lsp": (every, every - {"walrus"})}, {}, {}), "shapes") == 1
    assert found(Results({}, {}, {}), "shapes") is None


def test_the_list_of_apps_is_that_of_the_most_accounts() -> None:
    few, most = (
        {"pd-lsp": Figures(apps=[ours], apps_right=True), "pyrefly": Figures(apps=[theirs], apps_right=True)}
        for ours, theirs in ((9.0, 1.0), (1.0, 10.0))
    )
    results = Results({}, {}, {10: few, 10_000: most})
    assert found(results, "the list of 10,000 apps") == 0.1


@pytest.mark.parametrize(
    ("before", "after"),
    [("a\nbc\nd", "a\nbxc\nd"), ("aaa", "aa"), ("aa", "aaa"), ("", "x\n"), ("x\ny", ""), ("same\n", "same\n")],
)
def test_a_change_applied_to_the_text_before_makes_the_text_after(before: str, after: str) -> None:
    change = content_change(before, after)
    lines = before.split("\n")
    start, end = (
        sum(len(line) + 1 for line in lines[: place["line"]]) + place["character"] for place in change["range"].values()
    )
    assert before[:start] + change["text"] + before[end:] == after
