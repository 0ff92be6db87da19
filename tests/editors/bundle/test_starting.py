"""What starts the server in the extension, in Pythons that it is not for."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

AS = """\
import importlib.machinery, runpy, sys
{as_if}
sys.argv = [{launcher!r}, "--version"]
runpy.run_path({launcher!r}, run_name="__main__")
"""


def started(launcher: Path, as_if: str) -> tuple[int, str]:
    """Exit code and what it says, in a Python of which `as_if` makes another."""
    code = AS.format(as_if=as_if, launcher=str(launcher))
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("as_if", "is_what"),
    [
        ("sys.version_info = (3, 9, 1)", "Python 3.9, which is too old for pd-lsp"),
        ("sys.version_info = (3, 15, 0)", "Python 3.15, which is newer than what is carried here"),
        ("sys.implementation.name = 'pypy'", "pypy, for which no library is carried here"),
        (
            "sys.version_info = (3, 14); importlib.machinery.EXTENSION_SUFFIXES[:] = ['.cpython-314t-other.so']",
            "a Python 3.14 that can't use the libraries that are carried here, which are for {platform}",
        ),
    ],
)
def test_a_python_that_it_is_not_for_is_named_in_one_sentence(server: Path, as_if: str, is_what: str) -> None:
    code, said = started(server / "pd_lsp_server.py", as_if)
    platform = (server / "platform.txt").read_text().strip()
    assert said == (
        f"pd-lsp: {sys.executable} is {is_what.format(platform=platform)}. "
        "Choose a CPython from 3.10 to 3.14 for the server.\n"
    )
    assert code == 2


def test_what_is_installed_in_that_python_is_not_seen(server: Path, python: Path, tmp_path: Path) -> None:
    subprocess.run([python, "-m", "venv", "--without-pip", tmp_path / "venv"], check=True)
    installed = next((tmp_path / "venv").glob("lib/python*/site-packages"))
    for name in ("pd_lsp.py", "yaml.py", "keyring.py", "h2.py"):
        (installed / name).write_text(f"raise SystemExit('{name} of that Python is used')\n")
    done = subprocess.run(
        [tmp_path / "venv" / "bin" / "python", "-I", server / "pd_lsp_server.py", "doctor"],
        env={"HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "pd-lsp" in done.stdout
    assert "is used" not in done.stdout + done.stderr


def test_it_can_be_started_from_a_folder_that_nobody_may_write_to(server: Path, python: Path, tmp_path: Path) -> None:
    folder = tmp_path / "folder with blanks"
    shutil.copytree(server, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "json.py").write_text("raise SystemExit('a file of the current folder is run')\n")
    for place in (folder, folder / "packages"):
        place.chmod(0o555)
    done = subprocess.run(
        [python, "-I", folder / "pd_lsp_server.py", "--version"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    for place in (folder, folder / "packages"):
        place.chmod(0o755)
    assert done.stdout.startswith("pd-lsp ")


def test_the_uv_that_is_carried_can_be_executed(server: Path) -> None:
    assert os.access(server / "packages" / "bin" / "uv", os.X_OK)
