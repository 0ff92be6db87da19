"""A sandbox to ask, a project that names it, and time that passes only where somebody pauses."""

from collections.abc import Iterator

import pytest

pytest.register_assert_rewrite("tests.accounts.contract")

from pd_lsp.accounts import ClientKey  # noqa: E402 - as above
from pd_lsp.accounts.secret_sources import SecretSource  # noqa: E402
from pd_lsp.accounts.sign_in import HeldSecret  # noqa: E402
from pd_lsp.sandbox import Sandbox  # noqa: E402
from pd_lsp.settings import ConnectProject  # noqa: E402
from tests.accounts.time_passing import TimePassing  # noqa: E402


@pytest.fixture(scope="module")
def running() -> Iterator[Sandbox]:
    with Sandbox() as running:
        yield running


@pytest.fixture
def sandbox(running: Sandbox) -> Iterator[Sandbox]:
    """One for each file of tests; what a test has broken is mended after it."""
    yield running
    running.heal()
    running.legacy_gone = running.legacy_silent = False


@pytest.fixture
def project(sandbox: Sandbox) -> ConnectProject:
    return ConnectProject(sandbox.project_id, sandbox.external_user_id, sandbox.environment, sandbox.url)


@pytest.fixture
def key(sandbox: Sandbox) -> ClientKey:
    return ClientKey(sandbox.client_id, sandbox.client_secret)


@pytest.fixture
def api_key(sandbox: Sandbox) -> HeldSecret:
    return held("PIPEDREAM_API_KEY", sandbox.api_key)


@pytest.fixture
def passing() -> TimePassing:
    return TimePassing()


def held(name: str, value: str) -> HeldSecret:
    """A secret that is in the environment."""
    return HeldSecret(SecretSource((name,)), {name: value})
