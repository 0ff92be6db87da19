"""The commands that open a terminal: signing in, where a secret is typed, and connecting an account."""

from pathlib import Path

import pytest

from tests.accounts.real_keyring import real_keyring
from tests.editors.neovim.conftest import WORKFLOW, StartNeovim

STEP = f"{WORKFLOW}/welcome_text/entry.py"
ANYWHERE = "vim.tbl_map(function(b) return vim.api.nvim_buf_get_lines(b, 0, -1, false) end, vim.api.nvim_list_bufs())"


def test_the_secret_of_a_sign_in_is_typed_unseen(
    neovim: StartNeovim, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "keyring").mkdir()
    with real_keyring(tmp_path / "keyring") as keyring:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", keyring.environment["DBUS_SESSION_BUS_ADDRESS"])
        editor = neovim(STEP, sandbox=False)
        editor.until_served()
        editor.command("PdSignIn")
        editor.choose("OAuth client")
        answers = {"Connect project": "proj_9xY2ab", "external user id": "me", "Id of your OAuth client": "client-1"}
        for question, answer in answers.items():
            editor.until_seen(question)
            editor.type(answer, "Enter")
        editor.until_seen("ecret")
        editor.type("typed-unseen")
        editor.until_seen("client-1")
        editor.type("C-c")
        editor.until_seen("[Process exited")
        assert "proj_9xY2ab" in editor.screen()
        assert "typed-unseen" not in editor.screen()
        assert "typed-unseen" not in str(editor.lua(ANYWHERE))
        assert "typed-unseen" not in editor.lua("vim.fn.execute('messages') .. vim.fn.execute('history')")


def test_an_account_is_connected_on_the_page_that_the_terminal_names(neovim: StartNeovim) -> None:
    editor = neovim(STEP)
    editor.until_served()
    editor.command("PdConnect")
    editor.until_seen("Connect an account of which app?")
    editor.type("trello", "Enter")
    editor.choose("(trello)")
    editor.until_seen("Connect the account on this page")
    editor.until_seen("connect.html?token=")
    editor.until_read("accounts are connected.")  # they are asked for again
