"""The bench's way to a server: whole messages, both directions at once, and an end to every wait."""

import subprocess
import sys
from collections.abc import Iterator

import pytest

from bench.pipes import NoAnswerError, Pipes
from bench.processes import ProcessTree


@pytest.fixture
def echo() -> Iterator[Pipes]:
    """The pipes of a server that says what it is told."""
    with subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0) as process:
        pipes = Pipes(process)
        yield pipes
        pipes.close()


@pytest.mark.parametrize("text", ["", "é\r\n\r\n", "x" * 3_000_000])
def test_a_message_comes_back_as_it_was_sent(echo: Pipes, text: str) -> None:
    echo.send({"id": 1, "result": text}, 10)
    assert echo.receive(10) == {"jsonrpc": "2.0", "id": 1, "result": text}


def test_messages_come_in_their_order(echo: Pipes) -> None:
    for number in range(3):
        echo.send({"id": number}, 10)
    assert [echo.receive(10)["id"] for _ in range(3)] == [0, 1, 2]


def test_silence_has_an_end(echo: Pipes) -> None:
    with pytest.raises(NoAnswerError):
        echo.receive(0)


def test_a_server_that_has_ended_is_known_to_have() -> None:
    ended = subprocess.Popen(["true"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
    with ended, pytest.raises(NoAnswerError, match="ended"):
        Pipes(ended).receive(10)


def test_what_a_process_below_it_has_used_counts() -> None:
    busy = "sum(range(3_000_000)); print(1, flush=True); input()"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {busy!r}])"
    with subprocess.Popen([sys.executable, "-c", parent], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.readline()
        tree = ProcessTree(process.pid)
        alone = tree.processor()
        tree.look()
        assert tree.processor() > alone
        assert tree.memory().below > 0
        process.communicate(b"\n")
