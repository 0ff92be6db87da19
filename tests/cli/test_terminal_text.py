"""What a step prints, as a terminal may have it (D18)."""

import sys
from pathlib import Path

import pytest

from pd_lsp.cli.screen import terminal_text
from tests.cli.person import Person


@pytest.mark.parametrize("kept", ["plain é🙂\n\ttext", "\x1b[31mred\x1b[0m", "\x1b[1;38:5:9mbold\x1b[m"])
def test_text_and_colours_stay(kept: str) -> None:
    assert terminal_text(kept) == kept


@pytest.mark.parametrize(
    ("control", "shown"),
    [
        ("\x1b]52;c;AAAA\x07", "\\x1b]52;c;AAAA\\x07"),
        ("\x1b[2J", "\\x1b[2J"),
        ("real\rfake", "real\\x0dfake"),
        ("\x9b2J", "\\x9b2J"),
        ("a\r\nb", "a\nb"),
    ],
)
def test_what_would_steer_the_terminal_is_shown_as_what_it_is(control: str, shown: str) -> None:
    assert terminal_text(control) == shown


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("raise ValueError('\\x1b]52;c;AAAA\\x07')", "ValueError: \\x1b]52;c;AAAA\\x07"),
        ("return '\\x9b2J'", '"\\x9b2J"'),
    ],
)
def test_nothing_that_a_step_raises_or_returns_steers_the_terminal(
    without_keyring: Person, tmp_path: Path, body: str, shown: str
) -> None:
    step = tmp_path / "step.py"
    step.write_text(f"def handler(pd):\n    {body}\n")
    with without_keyring.at_terminal("run", step, "--python", sys.executable) as terminal:
        terminal.ends()
    assert shown in terminal.shown
    assert not any(control in terminal.shown for control in "\x1b\x07\x9b")
