"""One sandbox for each file of tests, and its clients: httpx for the API, a step's own Python for the apps."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from pd_lsp.sandbox import Sandbox
from pd_lsp.settings import SandboxRun
from tests.sandbox.step_client import StepClient


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as running:
        yield running


@pytest.fixture
def fresh() -> Iterator[Sandbox]:
    """A sandbox of one's own, for a test that changes what is in it."""
    with Sandbox() as running:
        yield running


@pytest.fixture
def fresh_api(fresh: Sandbox, grant: dict[str, str]) -> Iterator[httpx.Client]:
    """A client of that sandbox with a token and an environment."""
    with httpx.Client(base_url=fresh.url, trust_env=False) as client:
        token = client.post("/v1/oauth/token", json=grant).json()["access_token"]
        client.headers.update({"authorization": f"Bearer {token}", "x-pd-environment": fresh.environment})
        yield client


@pytest.fixture(scope="module")
def sandbox_run(sandbox: Sandbox) -> SandboxRun:
    """How a step reaches the sandbox."""
    return SandboxRun(sandbox.proxy, sandbox.certificate)


@pytest.fixture(scope="module")
def step(steps_python: Path, sandbox_run: SandboxRun) -> Iterator[StepClient]:
    """`requests`, in the Python of the example steps, with nothing set but what a sandbox run sets."""
    client = StepClient(steps_python, sandbox_run)
    yield client
    client.close()


@pytest.fixture(scope="module")
def grant() -> dict[str, str]:
    """What signs in."""
    return {"grant_type": "client_credentials", "client_id": Sandbox.client_id, "client_secret": Sandbox.client_secret}


@pytest.fixture
def signed_out(sandbox: Sandbox) -> Iterator[httpx.Client]:
    """A client of the API without a token."""
    with httpx.Client(base_url=sandbox.url, trust_env=False) as client:
        yield client


@pytest.fixture
def api(signed_out: httpx.Client, grant: dict[str, str], sandbox: Sandbox) -> httpx.Client:
    """A client of the API with a token and an environment."""
    token = signed_out.post("/v1/oauth/token", json=grant).json()["access_token"]
    signed_out.headers.update({"authorization": f"Bearer {token}", "x-pd-environment": sandbox.environment})
    return signed_out
