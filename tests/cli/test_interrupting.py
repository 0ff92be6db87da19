"""Ctrl+C before a run begins: at a question, and while packages are fetched."""

import socket
from pathlib import Path

import psutil
import pytest

from pd_lsp.private_files import cache_folder
from tests.cli.person import Person
from tests.cli.terminal import CTRL_C

TABULATE = "import tabulate\n\ndef handler(pd):\n    return tabulate.VERSION\n"


@pytest.fixture
def step(tmp_path: Path) -> Path:
    file = tmp_path / "step.py"
    file.write_text(TABULATE)
    return file


@pytest.mark.usefixtures("index")
@pytest.mark.parametrize("command", ["run", "allow"])
def test_a_question_for_packages_can_be_left(without_keyring: Person, step: Path, command: str) -> None:
    with without_keyring.at_terminal(command, step, "--sandbox") as terminal:
        terminal.waits_with("Install them? [y/N]")
        terminal.presses(CTRL_C)
        assert terminal.ends() == 1
    assert not (cache_folder() / "environments").exists()


def test_an_installation_can_be_left(without_keyring: Person, step: Path, index: Path, own_folders: Path) -> None:
    assert index.is_dir()
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}/simple"
        (own_folders / "config" / "uv" / "uv.toml").write_text(f'[[index]]\nurl = "{address}"\ndefault = true\n')
        with without_keyring.at_terminal("run", step, "--sandbox") as terminal:
            connection, _ = server.accept()
            uv = [one for one in psutil.Process(terminal.process.pid).children(recursive=True) if "uv" in one.name()]
            terminal.types(CTRL_C)
            assert terminal.ends() == 1
            connection.close()
    assert uv
    assert not [one for one in uv if one.is_running()]
    assert not list((cache_folder() / "uv").iterdir())
    assert "pd-lsp:" not in terminal.shown
