"""What is wrong in a text is found once for it, however often a caret moves through it."""

from dataclasses import replace
from pathlib import Path

import pytest

from pd_lsp.accounts.caches import AccountCaches
from pd_lsp.model import Accounts
from pd_lsp.server import diagnostics as room
from pd_lsp.server.diagnostics import last_diagnosed
from pd_lsp.server.state import ServerState
from pd_lsp.settings import Settings
from pd_lsp.text import Offset, TextEdit, TextRange

URI = "file:///project/step.py"
WRONG = 'def handler(pd):\n    console.log(pd.steps["trigger"])\n'


@pytest.fixture
def state(monkeypatch: pytest.MonkeyPatch) -> ServerState:
    """One open step; each time that it is looked through is counted."""
    state = ServerState(Settings(), AccountCaches({}), say=lambda _: None)
    state.open(URI, Path("/project/step.py"), WRONG, 1)
    looked = room.diagnose
    monkeypatch.setattr(room, "diagnose", lambda snapshot: COUNTED.append(1) or looked(snapshot))
    COUNTED.clear()
    return state


COUNTED: list[int] = []


def codes(state: ServerState, **changed: object) -> list[str]:
    snapshot = state.snapshot(URI)
    assert snapshot
    return [one.code for one in last_diagnosed(state.documents[URI], replace(snapshot, **changed))]  # type: ignore[arg-type]


def test_a_caret_that_moves_finds_nothing_anew(state: ServerState) -> None:
    assert [codes(state) for _ in range(20)] == [["console-log"]] * 20
    assert len(COUNTED) == 1


def test_an_edit_does(state: ServerState) -> None:
    codes(state)
    state.change(URI, [lambda _: TextEdit(TextRange(Offset(21), Offset(32)), "print")], 2)
    assert codes(state) == []


@pytest.mark.parametrize("changed", [{"accounts": Accounts((), complete=True)}, {"levels": {"console-log": "off"}}])
def test_other_accounts_and_levels_do(state: ServerState, changed: dict[str, object]) -> None:
    codes(state)
    assert codes(state, **changed) == ([] if "levels" in changed else ["console-log"])
    assert len(COUNTED) == 2


def test_what_waits_for_names_that_are_imported_is_not_kept(state: ServerState) -> None:
    class Late:
        is_late = True

        def __call__(self, *_: object) -> None:
            return None

    codes(state, imported=Late())
    codes(state, imported=Late())
    assert len(COUNTED) == 2
