"""What comes to standard error of its own accord: kind and place of a mistake, and no text of it (D15, D16)."""

import re
import subprocess
import sys

import pytest

from tests.conftest import ROOT

BEGINS = """\
import asyncio, logging, sys, threading
from pd_lsp.cli.own_words import speak_in_own_words
speak_in_own_words()

def fail(*_):
    raise ValueError("made-up-secret") from KeyError("made-up-secret")

async def fail_later():
    fail()

async def forget():
    task = asyncio.ensure_future(fail_later())
    await asyncio.sleep(0)
    await asyncio.sleep(0)

class Closing:
    __del__ = fail

"""
MISTAKES = {
    "nobody catches": "fail()",
    "a thread": "thread = threading.Thread(target=fail)\nthread.start()\nthread.join()",
    "a task that nobody waits for": "asyncio.run(forget())",
    "an object that ends": "Closing()",
    "a log of it": "try:\n    fail()\nexcept ValueError:\n    logging.getLogger('pd_lsp').exception('It failed')",
}


def complaint(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", BEGINS + code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout == ""
    return done.stderr


@pytest.mark.parametrize("code", MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_told_by_kind_and_place(code: str) -> None:
    told = complaint(code)
    assert "ValueError in <string>:6" in told
    assert "made-up-secret" not in told
    assert "Traceback" not in told


def test_a_log_that_can_not_be_written_is_dropped() -> None:
    broken = "class Odd:\n    __str__ = fail\nlogging.getLogger('pd_lsp').warning('%s made-up-secret', Odd())"
    assert complaint(broken) == ""


def test_of_what_libraries_log_only_the_place_is_told() -> None:
    told = complaint("logging.getLogger('httpx').warning('GET https://bot:%s@example.com', 'made-up-secret')")
    assert re.fullmatch(r"WARNING httpx: a message from <string>:\d+ is left out\n", told)


def test_what_we_log_is_told_as_it_is() -> None:
    assert complaint("logging.getLogger('pd_lsp.x').warning('%s hits', 3)") == "WARNING pd_lsp.x: 3 hits\n"
