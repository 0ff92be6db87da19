"""What every test may rely on: a person's own folders that are empty, and the interpreter of the example steps."""

import json
import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.wheels import wheel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.leaks.world import World

ROOT = Path(__file__).parent.parent

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell starts what it runs in the background so, and the commands that tests interrupt would inherit it.
    signal.signal(signal.SIGINT, signal.default_int_handler)


FIGURES = pytest.StashKey[list[str]]()


@pytest.fixture(scope="session")
def figures(pytestconfig: pytest.Config) -> list[str]:
    """Lines that are printed at the end of all tests, for what is counted and measured, and not asserted."""
    return pytestconfig.stash.setdefault(FIGURES, [])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for line in config.stash.get(FIGURES, []):
        terminalreporter.write_line(line)


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Trust, consents, data stores and caches of a test lie in a folder of its own, in child processes too."""
    home = tmp_path_factory.mktemp("home")
    for variable, name in (("XDG_STATE_HOME", "state"), ("XDG_CACHE_HOME", "cache"), ("XDG_CONFIG_HOME", "config")):
        monkeypatch.setenv(variable, str(home / name))
    return home


@pytest.fixture(scope="session")
def steps_python() -> Path:
    """The interpreter that has what the example steps import; `make` builds it."""
    python = ROOT / ".venv-examples" / "bin" / "python"
    assert python.exists(), "The interpreter of the example steps is missing: run `make .venv-examples`."
    return python


@pytest.fixture
def index(tmp_path: Path, own_folders: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two packages, and uv set to look nowhere else."""
    folder = tmp_path / "index"
    wheel(folder, "tabulate", "0.9.0", needs=("wcwidth-zz",))
    wheel(folder, "wcwidth-zz", "1.2")
    for name in [name for name in os.environ if name.startswith("UV_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "uv"))
    configuration = own_folders / "config" / "uv" / "uv.toml"
    configuration.parent.mkdir(parents=True)
    configuration.write_text(f"no-index = true\nfind-links = [{json.dumps(str(folder))}]\n")
    return folder


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory, steps_python: Path) -> "Iterator[World]":
    """A machine with made-up secrets planted wherever real ones are, for all tests of a file.

    Do something in it and ask `world.check()`: it fails where a secret has come to any place that text can go to.
    """
    from tests.leaks.world import new_world  # noqa: PLC0415 - it brings the sandbox along

    made = new_world(tmp_path_factory.mktemp("leaks"), steps_python)
    with made.sandbox:
        yield made
