"""A result as JSON, and back."""

from typing import Any

import pytest

from pd_lsp.execution.result import StepError, StepResult, result_from

SUCCEEDED = StepResult("succeeded", {"n": 1}, [1], {"status": 200}, {"exit": {}}, None, ("said",), "out", "err", 0.5)
RAISED = StepResult("raised", error=StepError("ValueError", "no", "Traceback", 3))
LOST = StepResult("crashed", error=StepError("Crashed", "gone"))


@pytest.mark.parametrize("result", [SUCCEEDED, RAISED, LOST])
def test_a_result_comes_back_as_it_was(result: StepResult) -> None:
    assert result_from(result.to_json()) == result


@pytest.mark.parametrize(
    "change",
    [
        {"outcome": "well"},
        {"exports": None},
        {"flow": []},
        {"error": 1},
        {"error": {"type": "x"}},
        {"notices": [1]},
        {"stdout": None},
        {"duration": "1"},
    ],
)
def test_what_is_no_result_is_none(change: dict[str, Any]) -> None:
    assert result_from({**SUCCEEDED.to_json(), **change}) is None
    assert result_from({}) is None
