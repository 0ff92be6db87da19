"""A person with a keyring, one without, and a sandbox for them to sign in to."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pd_lsp.sandbox import Sandbox
from tests.accounts.real_keyring import RealKeyring, real_keyring
from tests.cli.person import Person, empty, sign_in


@pytest.fixture(scope="module")
def keyring(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealKeyring]:
    """A real keyring, for all tests of a file."""
    with real_keyring(tmp_path_factory.mktemp("keyring")) as running:
        yield running


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as running:
        yield running


@pytest.fixture
def person(keyring: RealKeyring, own_folders: Path, tmp_path: Path) -> Person:
    """Somebody with a keyring that has nothing of pd-lsp yet."""
    empty(keyring)
    assert own_folders
    folder = tmp_path / "somewhere"
    folder.mkdir()
    return Person(Path(keyring.environment["HOME"]), folder, keyring)


@pytest.fixture
def signed_in(person: Person, sandbox: Sandbox) -> Person:
    """The same, signed in to the sandbox."""
    sign_in(person, sandbox)
    return person


@pytest.fixture
def without_keyring(own_folders: Path, tmp_path: Path) -> Person:
    """Somebody on a machine that has no keyring, such as one that is reached by SSH."""
    home, folder = tmp_path / "home", tmp_path / "somewhere"
    home.mkdir()
    folder.mkdir()
    (home / ".profile").touch()
    assert own_folders
    return Person(home, folder)
