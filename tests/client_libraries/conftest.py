"""Where the client libraries are installed; `make templates` sets that up."""

from pathlib import Path

import pytest

from tests.conftest import ROOT


@pytest.fixture(scope="session")
def libraries_python() -> Path:
    """The interpreter that has every library which a hand-made template imports."""
    folder = ROOT / ".venv-templates"
    assert (folder / "ready").exists(), "The client libraries are missing: run these tests by `make templates`."
    return folder / "bin" / "python"
