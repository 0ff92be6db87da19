"""The packed extension for this machine, unpacked as an editor does it, and the Pythons here that shall run it."""

import os
import runpy
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import pytest_asyncio

from pd_lsp.cli.demo_client import EditorClient
from tests.conftest import ROOT

PACKED = ROOT / "build" / "vsix"
VERSIONS = ("3.10", "3.11", "3.12", "3.13", "3.14")
OWN = Path(getattr(sys, "_base_executable", sys.executable))
"""The Python that the tests' environment was made of: there is always that one."""
StartEditor = Callable[..., Awaitable[EditorClient]]


def _of_version(version: str) -> Path | None:
    """An interpreter of this version that the machine has, and not one of an environment."""
    of_pyenv = sorted(Path("~/.pyenv/versions").expanduser().glob(f"{version}.*/bin/python"))
    on_path = shutil.which(f"python{version}", path=_path_of_system())
    if of_pyenv:
        return of_pyenv[-1]
    if on_path and _starts(on_path):
        return Path(on_path)
    return OWN if version == ".".join(map(str, sys.version_info[:2])) else None


def _starts(python: str) -> bool:
    """False for a name that pyenv keeps on the path for a Python that it has not switched on."""
    return subprocess.run([python, "-c", ""], check=False, capture_output=True, timeout=60).returncode == 0


def _path_of_system() -> str:
    places = os.environ.get("PATH", "").split(os.pathsep)
    return os.pathsep.join(place for place in places if not Path(place, "..", "pyvenv.cfg").exists())


FOUND = {version: python for version in VERSIONS if (python := _of_version(version))}


@pytest.fixture(scope="session", autouse=True)
def said(figures: list[str]) -> None:
    """Says at the end which Pythons were not there to be tried."""
    missing = [version for version in VERSIONS if version not in FOUND]
    figures.append(f"The server in the extension ran with {', '.join(FOUND)}; not run: {', '.join(missing) or 'none'}.")


@pytest.fixture(scope="session")
def packing() -> Iterator[dict[str, Any]]:
    """What the script that packs has."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "data"))
        yield runpy.run_path(str(ROOT / "data" / "make_vsix.py"))


@pytest.fixture(scope="session")
def server(packing: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the server in the extension."""
    packed = PACKED / f"pd-lsp-{packing['of_this_machine']()}.vsix"
    assert packed.exists(), "The extension is not packed: call `make e2e-bundle`, which packs it."
    folder = tmp_path_factory.mktemp("extension")
    with ZipFile(packed) as archive:
        for one in archive.infolist():
            Path(archive.extract(one, folder)).chmod((one.external_attr >> 16) & 0o777)
    return folder / "extension" / "server"


@pytest.fixture(params=sorted(FOUND))
def python(request: pytest.FixtureRequest) -> Path:
    """Each Python that shall run the server."""
    return FOUND[request.param]


@pytest.fixture
def pd_lsp(server: Path, python: Path) -> Sequence[str]:
    """How an extension starts pd-lsp."""
    return str(python), "-I", str(server / "pd_lsp_server.py")


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """No variable but the one that says whose folders to use."""
    (tmp_path / "home").mkdir()
    return {"HOME": str(tmp_path / "home")}


@pytest_asyncio.fixture
async def editor(pd_lsp: Sequence[str], environment: dict[str, str], tmp_path: Path) -> AsyncIterator[StartEditor]:
    """Starts an editor on a folder, whose server is the one in the extension."""
    started: list[EditorClient] = []

    async def start(folder: Path, answer: Callable[[str], str] = lambda _: "Run once") -> EditorClient:
        client = EditorClient(answer=lambda asked, _titles: answer(asked))
        await client.start([*pd_lsp, "serve", "--stdio", "--sandbox"], folder=tmp_path, environment=environment)
        started.append(client)
        await client.join(folder)
        return client

    yield start
    for client in started:
        await client.leave()
