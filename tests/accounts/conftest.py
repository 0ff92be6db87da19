"""A sandbox to ask, and a project that names it."""

from collections.abc import Iterator

import pytest

from pd_lsp.accounts import ClientKey
from pd_lsp.sandbox import Sandbox
from pd_lsp.settings import ConnectProject


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as running:
        yield running


@pytest.fixture
def project(sandbox: Sandbox) -> ConnectProject:
    return ConnectProject(sandbox.project_id, sandbox.external_user_id, sandbox.environment, sandbox.url)


@pytest.fixture
def key(sandbox: Sandbox) -> ClientKey:
    return ClientKey(sandbox.client_id, sandbox.client_secret)
