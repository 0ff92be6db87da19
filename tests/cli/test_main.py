"""`pd-lsp` itself: what is the same for every command."""

import pytest

from tests.cli.person import Person
from tests.cli.terminal import CTRL_C, CTRL_D


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
