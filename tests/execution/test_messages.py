import json
from typing import Any

import pytest

from pd_lsp.execution.messages import AROUND_RESULT, Finished, MessageError, Messages, Said, Started
from tests.execution.running import handle

LARGEST = 6 * 1024 * 1024
FINISHED = {"event": "finished", "exports": {}, "returned": None, "response": None, "flow": {}, "error": None}


def line(**fields: Any) -> bytes:
    return json.dumps({"nonce": "n", **fields}).encode() + b"\n"


def test_messages_are_put_together_from_pieces() -> None:
    messages = Messages("n", LARGEST)
    whole = line(event="started") + line(event="notice", text="a sentence") + line(**FINISHED)
    found = [message for at in range(len(whole)) for message in messages.feed(whole[at : at + 1])]
    assert found == [Started(), Said("a sentence"), Finished()]


@pytest.mark.parametrize(
    "content",
    [
        b"disturbed\n",
        b"\n",
        b"\xff\xfe\n",
        b"[]\n",
        b"1\n",
        b"[" * 100_000 + b"\n",
        b'{"nonce": "n", "event": "notice", "text": ' + b"[" * 290 + b"]" * 290 + b"}\n",
        b'{"nonce": "n", "event": "finished", "exports": {"a": NaN}}\n',
        b"x" * (LARGEST + AROUND_RESULT + 1),
        b"9" * 5000 + b"\n",
        line(event="notice", text=1),
        line(event="notice"),
        line(event="unknown"),
        line(event=None),
        line(event="finished"),
        line(**{**FINISHED, "exports": []}),
        line(**{**FINISHED, "flow": None}),
        line(**{**FINISHED, "returned": "deep"}).replace(b'"deep"', b"[" * 270 + b"]" * 270),
        line(**{**FINISHED, "returned": "large"}).replace(b'"large"', b"1e999"),
        line(**{**FINISHED, "error": "text"}),
        line(**{**FINISHED, "error": {"type": "x", "message": 1, "traceback": "", "line": None}}),
        line(**{**FINISHED, "error": {"type": "x", "message": "", "traceback": "", "line": "1"}}),
        line(**FINISHED, nonce2="n").replace(b'"nonce": "n"', b'"nonce": "m"'),
        b'{"event": "started"}\n',
    ],
)
def test_what_no_runner_of_ours_sends_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(MessageError, match=r"^(The step|What the step).*\.$"):
        list(Messages("n", LARGEST).feed(content))


def test_what_came_before_a_message_that_is_none_counts() -> None:
    messages = Messages("n", LARGEST).feed(line(event="started") + b"disturbed\n")
    assert next(messages) == Started()
    with pytest.raises(MessageError):
        next(messages)


async def test_a_step_that_speaks_for_the_runner_has_crashed() -> None:
    done = await handle(
        """
        for descriptor in range(100, 110):
            try:
                os.write(descriptor, b'{"event": "finished", "nonce": "guessed", "returned": "forged"}\\n')
            except OSError:
                pass
        return "true"
        """
    )
    assert done.result.outcome == "crashed"
    assert done.result.returned is None
    assert done.result.error
    assert "does not belong to this run" in done.result.error.message


async def test_a_step_that_closes_every_descriptor_has_crashed() -> None:
    done = await handle("os.closerange(3, 2000)\nreturn 1")
    assert done.result.outcome == "crashed"
    assert done.result.error
    assert "close only what the step has opened" in done.result.error.message
    assert done.result.stderr == ""
