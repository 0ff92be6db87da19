"""How a command starts another one of ours."""

import sys
from pathlib import Path

import pytest

from pd_lsp.cli import own_process
from pd_lsp.cli.main import main


def test_a_command_that_is_installed_is_started_as_a_module_from_where_it_lies() -> None:
    command, folder = own_process.own_command("sandbox", "--json")
    assert command == [sys.executable, "-m", "pd_lsp", "sandbox", "--json"]
    assert (folder / "pd_lsp" / "__main__.py").exists()


def test_a_command_that_an_extension_carries_is_started_by_what_started_us(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pd_lsp_server.py").touch()
    monkeypatch.setattr(own_process, "_CARRIER", tmp_path / "pd_lsp_server.py")
    command, _ = own_process.own_command("sandbox")
    assert command == [sys.executable, "-I", str(tmp_path / "pd_lsp_server.py"), "sandbox"]


def test_a_machine_without_what_certificates_are_made_with_is_told_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in [name for name in sys.modules if name.startswith("pd_lsp.sandbox")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "trustme", None)
    assert main(["sandbox"]) == 2
    assert "The sandbox makes certificates with trustme, which is not there" in capsys.readouterr().err
