"""The argument of `pd.runStep`: read as it is meant, or refused with a sentence that names the part."""

from typing import Any

import pytest

from pd_lsp.runs.plan import RunChoices, RunRefusedError
from pd_lsp.server.run_argument import choices_of, event_of, name_of


def test_every_part_is_read_and_may_be_left_out_or_null() -> None:
    given = {
        "uri": "file:///step.py",
        "event": "sign-up.json",
        "accounts": {"slack": "apn_1"},
        "timeLimit": 90,
        "memoryLimit": 1024.0,
        "sizeLimit": 12,
        "anyValue": True,
        "run": "my run",
    }
    assert choices_of(given) == RunChoices(
        accounts={"slack": "apn_1"}, time_limit=90, memory_limit=1024, size_limit=12 * 1024 * 1024, any_value=True
    )
    assert event_of(given) == "sign-up.json"
    assert name_of(given) == "my run"
    for nothing in ({}, dict.fromkeys(given)):
        assert choices_of(nothing) == RunChoices()
        assert event_of(nothing) is None
        assert name_of(nothing) is None


def test_a_memory_limit_of_zero_is_none_at_all() -> None:
    assert choices_of({"memoryLimit": 0}).memory_limit == 0


BAD = {
    "timeLimit": [0, -1, 86_401, float("nan"), float("inf"), "90", True, [90], {"seconds": 90}],
    "memoryLimit": [-1, 1.5, 1_000_001, float("nan"), "256", False, []],
    "sizeLimit": [-1, 0.5, "6", True],
    "anyValue": ["true", 1, 0, []],
    "accounts": ["apn_1", ["apn_1"], {"slack": 1}, {"slack": ""}, {"slack": None}],
    "event": [1, True, ["sign-up.json"], {}],
    "run": [1, True, "", "x" * 101, ["my run"]],
}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in BAD.items() for value in values])
def test_what_can_not_be_meant_is_refused_by_name(name: str, value: Any) -> None:
    with pytest.raises(RunRefusedError, match=rf"^Not run: {name} takes .*\. Mend the key or command"):
        choices_of({name: value}), event_of({name: value}), name_of({name: value})
