"""What is said of a Python that did not come to its end; a real one shows it in test_outcomes.py."""

import pytest

from pd_lsp.execution.exit_status import how_it_crashed, name_of


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (-11, "SIGSEGV: a library written in C has crashed"),
        (0xC0000005, "exit code 0xC0000005: a library written in C has crashed"),
        (0xC00000FD, "exit code 0xC00000FD: calls are nested too deep"),
        (0xC0000135, "exit code 0xC0000135: see what it printed last"),
    ],
)
def test_a_crash_is_told_with_its_reason_whatever_the_system_calls_it(status: int, said: str) -> None:
    assert how_it_crashed(status).startswith(said)


@pytest.mark.parametrize("status", [0, 1, 74, 255, 0xFFFF])
def test_a_python_that_left_by_itself_has_not_crashed(status: int) -> None:
    assert not how_it_crashed(status)
    assert name_of(status) == f"exit code {status}"
