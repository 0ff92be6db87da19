"""The server sees the end of an editor's process that is not its parent (D23)."""

import os
import subprocess
import sys

from pd_lsp.execution.process_alive import is_alive


def test_a_process_is_alive_until_it_has_ended() -> None:
    editor = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        assert is_alive(editor.pid)
    finally:
        editor.communicate()
    assert not is_alive(editor.pid)


def test_our_own_process_is_alive() -> None:
    assert is_alive(os.getpid())
