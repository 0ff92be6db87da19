"""Marks in a value that was kept: found wherever they stand, and taken out."""

from typing import Any

import pytest

from pd_lsp.credentials import Credentials, Redactor, secrets_of
from pd_lsp.credentials.blanked import blanked, without_blanked

ODD = Redactor(secrets_of(Credentials("My app (2)", {"key: #1": "made-up-value-1", "n": 123456789012})))
MARK = "‹slack.oauth_access_token›"


@pytest.mark.parametrize(
    ("value", "places"),
    [
        (MARK, ["‹slack.oauth_access_token›"]),
        ({"a": {"b": f"Bearer {MARK}!"}}, ["‹slack.oauth_access_token› in a.b"]),
        ({"a": [1, {"b": MARK}]}, ["‹slack.oauth_access_token› in a.1.b"]),
        ({"a": {MARK: {"b": MARK}}}, ["‹slack.oauth_access_token› in a.‹slack.oauth_access_token›"]),
        ({"a": MARK, "b": "‹.env.PASSWORD›"}, ["‹slack.oauth_access_token› in a", "‹.env.PASSWORD› in b"]),
        ({"a": "‹quoted› as in print", "b": None, "c": 1, "d": "‹", "e": "a › b ‹ c.d"}, []),
    ],
)
def test_each_place_where_a_secret_was_is_named(value: Any, places: list[str]) -> None:
    assert list(map(str, blanked(value))) == places


def test_whatever_the_redactor_writes_is_found() -> None:
    redacted = ODD.redact_json({"a": "made-up-value-1", "b": [123456789012], "made-up-value-1": 1, "c": "fine"})
    assert {one.path[0] for one in blanked(redacted)} == {"a", "b", "‹My app (2).key: #1›"}


def test_a_value_without_its_blanked_parts_has_all_others() -> None:
    value: Any = {"a": MARK, "b": [1, MARK, {"c": MARK, "d": 2}], MARK: {"e": 1}, "f": {"g": "h"}}
    assert without_blanked(value) == {"b": [1, {"d": 2}], "f": {"g": "h"}}


def test_a_value_of_any_depth_is_searched() -> None:
    deep: Any = MARK
    for _ in range(5_000):
        deep = [deep]
    assert len(next(blanked(deep)).path) == 5_000
