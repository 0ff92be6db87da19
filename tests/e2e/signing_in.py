"""A person who is signed in by their configuration, as `pd-lsp login --secret-command` leaves it."""

import shlex
from pathlib import Path
from typing import Any

from pd_lsp.configuration import change_configuration
from pd_lsp.sandbox import Sandbox
from tests.cli.person import printing


def signed_in(sandbox: Sandbox, *, environment: str = "development", folder: Path | None = None) -> None:
    """Adds a sign-in to the sandbox, for a folder or for all."""
    project: dict[str, Any] = {
        "folder": str(folder.resolve()) if folder else "",
        "project_id": sandbox.project_id,
        "external_user_id": sandbox.external_user_id,
        "environment": environment,
        "url": sandbox.url,
        "client_id": sandbox.client_id,
        "secret_command": shlex.split(printing(sandbox.client_secret)),
    }
    change_configuration(lambda document: document.setdefault("projects", []).append(project))  # type: ignore[union-attr]


def lists(sandbox: Sandbox) -> int:
    """How often the sandbox was asked for the list of accounts."""
    return sum(seen.path.endswith("/accounts") for seen in sandbox.requests)


def handed_out(sandbox: Sandbox) -> list[str]:
    """The accounts whose credentials were asked for, in order."""
    return [seen.path.rpartition("/")[2] for seen in sandbox.requests if "include_credentials=true" in seen.target]
