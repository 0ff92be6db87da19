"""The line that counts the seconds of a silent step: at a terminal alone, and gone before anything else is shown."""

import io
import sys
from pathlib import Path

import pytest

from pd_lsp.cli.screen import Screen
from pd_lsp.execution.result import Notice, Output
from tests.cli.person import Person
from tests.cli.terminal import CTRL_C

WAITS = """\
import os, time

def handler(pd):
    while not os.path.exists({go!r}):
        time.sleep(0.02)
    print("hello")
    return 1
"""


@pytest.fixture
def go(tmp_path: Path) -> Path:
    """The step waits until this file is there."""
    return tmp_path / "go"


@pytest.fixture
def step(tmp_path: Path, go: Path) -> Path:
    file = tmp_path / "step.py"
    file.write_text(WAITS.format(go=str(go)))
    return file


def test_a_silent_step_is_counted_until_it_says_something(without_keyring: Person, step: Path, go: Path) -> None:
    with without_keyring.with_variables(TERM="xterm").at_terminal(
        "run", step, "--python", sys.executable, "--time-limit", "90"
    ) as terminal:
        terminal.waits_with(" s of 90 s")
        terminal.waits_with("\r… ")
        go.touch()
        assert terminal.ends() == 0
    _, _, last = terminal.shown.rpartition("\r… ")
    counter, blanks, said = last.split("\r", 2)
    assert counter.endswith(" s of 90 s")
    assert blanks == " " * len(f"… {counter}^C")
    assert said.startswith("hello\r\n")


def test_an_interrupt_leaves_no_half_line(without_keyring: Person, step: Path) -> None:
    with without_keyring.with_variables(TERM="xterm").at_terminal("run", step, "--python", sys.executable) as terminal:
        terminal.waits_with(" s of 30 s")
        terminal.types(CTRL_C)
        assert terminal.ends() == 1
    assert " " * len("… 1 s of 30 s^C") + "\rCancelled: " in terminal.shown


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def terminal(monkeypatch: pytest.MonkeyPatch) -> _Terminal:
    """What is printed from now on goes to it. No fixture: pytest puts its own streams back before a test begins."""
    shown = _Terminal()
    monkeypatch.setattr(sys, "stdout", shown)
    monkeypatch.setattr(sys, "stderr", shown)
    monkeypatch.setenv("TERM", "xterm")
    return shown


def test_a_terminal_that_can_only_print_has_no_counter(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = terminal(monkeypatch)
    monkeypatch.setenv("TERM", "dumb")
    screen = Screen()
    for seconds in range(3):
        screen.count(f"{seconds} s of 30 s")
    screen.show(Output("stdout", "hello\n"))
    assert shown.getvalue() == "hello\n"


def test_a_step_that_speaks_is_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    shown, screen = terminal(monkeypatch), Screen()
    for second in range(1, 4):
        screen.show(Output("stdout", f"line {second}\n"))
        screen.count(f"{second} s of 30 s")
    assert shown.getvalue() == "line 1\nline 2\nline 3\n"
    screen.count("4 s of 30 s")
    assert shown.getvalue().endswith("line 3\n\r… 4 s of 30 s")
    screen.show(Notice("a sentence"))
    assert shown.getvalue().endswith("\ra sentence\n")


def test_nobody_counts_over_a_line_that_the_step_has_left_open(monkeypatch: pytest.MonkeyPatch) -> None:
    shown, screen = terminal(monkeypatch), Screen()
    screen.show(Output("stderr", "asking… "))
    for second in range(1, 4):
        screen.count(f"{second} s of 30 s")
    assert shown.getvalue() == "asking… "


@pytest.mark.parametrize("piped", ["stdout", "stderr"])
def test_nobody_counts_where_a_stream_is_no_terminal(monkeypatch: pytest.MonkeyPatch, piped: str) -> None:
    shown = terminal(monkeypatch)
    monkeypatch.setattr(sys, piped, io.StringIO())
    screen = Screen()
    screen.count("1 s of 30 s")
    screen.count("2 s of 30 s")
    assert shown.getvalue() == ""
