"""The last gate (D17)."""

import pytest

from pd_lsp.credentials import Secret
from pd_lsp.server.gate import Gate

TOKEN = Secret("slack.token", "xoxb-2041-invented-Ab3dEf9h")
MESSAGE = b'{"result": "xoxb-2041-invented-Ab3dEf9h"}'


async def test_a_value_of_a_run_is_replaced_and_counted(caplog: pytest.LogCaptureFixture) -> None:
    gate = Gate()
    await gate.watch([TOKEN])
    assert gate(MESSAGE) == '{"result": "‹slack.token›"}'.encode()
    assert gate.hits == 1
    assert TOKEN.value not in caplog.text


async def test_it_goes_on_for_a_while_after_the_run_since_the_result_is_written_then() -> None:
    gate = Gate()
    gate.forget_soon(await gate.watch([TOKEN]))
    assert TOKEN.value.encode() not in gate(MESSAGE)


async def test_what_is_forgotten_passes() -> None:
    gate = Gate()
    gate.forget(await gate.watch([TOKEN]))
    assert gate(MESSAGE) == MESSAGE


async def test_short_values_are_left_to_the_redactor_of_the_output() -> None:
    gate = Gate()
    await gate.watch([Secret("app.id", "result")])
    assert gate(MESSAGE) == MESSAGE
