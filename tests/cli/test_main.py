"""`pd-lsp` itself: what is the same for every command."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.cli.person import Person
from tests.cli.terminal import CTRL_C, CTRL_D

_PRESSES_CTRL_C = """
import os, signal, sys

class Press:
    def find_spec(self, name, path=None, target=None):
        if name == "pd_lsp.cli.whoami":
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Press())
from pd_lsp.cli.main import main
sys.exit(main())
"""
"""pd-lsp, where the person presses Ctrl+C while it starts."""
_FINDS_NO_WAY = """
import pathlib, sys
from pd_lsp.cli import main

def is_dir(path):
    raise PermissionError(13, "Permission denied", str(path))

pathlib.Path.is_dir = is_dir
sys.exit(main.main())
"""
"""pd-lsp, where no folder can be looked at, as root never finds one."""


def test_ctrl_c_while_it_starts_ends_it_without_a_word(without_keyring: Person) -> None:
    done = replace(without_keyring, program=(sys.executable, "-c", _PRESSES_CTRL_C)).types("--version")
    assert (done.code, done.all) in [(-2, ""), (0xC000013A, "")]


def test_a_place_that_can_not_be_looked_at_is_not_called_the_output(without_keyring: Person, tmp_path: Path) -> None:
    person = replace(without_keyring, program=(sys.executable, "-c", _FINDS_NO_WAY))
    done = person.types("runs", "list", tmp_path)
    assert (done.code, done.out) == (2, "")
    assert done.err == (
        f"pd-lsp: {tmp_path} can't be read or written (Permission denied): check its rights and those of its folder.\n"
    )


@pytest.mark.parametrize("key", ["\n", CTRL_C, CTRL_D])
def test_in_a_terminal_that_closes_with_its_command_it_stays_until_the_person_has_read(
    without_keyring: Person, key: str
) -> None:
    with without_keyring.at_terminal("--stay", "accounts", "use", "apn_1") as terminal:
        terminal.waits_with("Nobody is signed in")
        terminal.waits_with("Press Enter to close. ")
        terminal.presses(key)
        assert terminal.ends() == 0
    assert "Traceback" not in terminal.shown


def test_where_nobody_sits_it_does_not_stay(without_keyring: Person) -> None:
    done = without_keyring.types("--stay", "whoami")
    assert done.code == 2
    assert "Enter" not in done.out
