"""How an event is shown in a list: by names, never by values."""

from datetime import datetime, timezone
from typing import Any

import pytest

from pd_lsp.accounts.past_event import PastEvent
from pd_lsp.events.saving import file_name
from pd_lsp.events.shown import row, summary

AT = datetime(2026, 11, 2, 8, 1, 2, 345_000, tzinfo=timezone.utc)
TOKEN = "ghp_" + "aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC1dF3hJ5"


def past(event: Any = None, **fields: Any) -> PastEvent:
    return PastEvent("1606370816223-0", "dc_1", AT, event, **fields)


@pytest.mark.parametrize(
    ("event", "says"),
    [
        ({"method": "POST", "path": "/hook", "query": {"key": "s3cret"}, "body": {"a": 1}}, "POST /hook with a"),
        ({"method": "GET", "path": "/", "body": ""}, "GET /, no body"),
        ({"method": "GET", "path": "/"}, "GET /, no body"),
        ({"method": "POST", "path": "/", "body": "s3cret"}, "POST / with text of 6 characters"),
        ({"method": "POST", "path": "/" + "x" * 99, "body": []}, "POST /" + "x" * 59 + "… with 0 entries"),
        ({"method": 7, "path": "/"}, "method, path"),
        ({"name": "s3cret", "plan": 1}, "name, plan"),
        ({str(number): 1 for number in range(9)}, "0, 1, 2, 3, 4, 5, 6, 7, …"),
        ({"x" * 99: 1}, "x" * 40 + "…"),
        ({"\x1b[2J": 1, "\u202e": 2}, "[2J, ?"),
        ([1], "1 entry"),
        ("s3cret", "text of 6 characters"),
        (True, "true or false"),
        (7, "a number"),
        (None, "nothing"),
        ({}, "nothing"),
    ],
)
def test_a_summary_has_names_and_no_values(event: Any, says: str) -> None:
    assert summary(past(event)) == says


@pytest.mark.parametrize("before", ["", "x" * 30, "x" * 180])
def test_what_looks_like_a_token_is_not_shown(before: str) -> None:
    event = {"method": "POST", "path": f"/{before}/{TOKEN}", "body": {f"{before} {TOKEN}": 1}}
    shown = str(row(past(event, is_failed=True, error=f"ValueError: {before} {TOKEN} is no {TOKEN}")))
    assert TOKEN[:12] not in shown
    assert len(before) > 60 or "‹a token of GitHub›" in shown


def test_a_row_says_when_and_why() -> None:
    assert row(past({"a": 1})) == {
        "id": "1606370816223-0",
        "origin": "dc_1",
        "at": "2026-11-02T08:01:02Z",
        "summary": "a",
        "failed": False,
        "step": None,
        "error": None,
    }


def test_names_of_files_sort_by_time_and_lead_nowhere() -> None:
    assert file_name(past()) == "event-20261102-080102-345"
    assert file_name(past(is_failed=True)) == "failed-20261102-080102-345"
    assert file_name(PastEvent("a.:=b" + "x" * 99, "dc_1", None)) == "event-a-b" + "x" * 57
