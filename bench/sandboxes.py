"""Sandboxes with as many accounts as one likes, each in a process of its own, and what their accounts are."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pd_lsp.accounts.connect import Connect
    from pd_lsp.model import Accounts

_SERVING = """\
import json, sys
from pd_lsp.sandbox import Sandbox
with Sandbox(extra_accounts=int(sys.argv[1]), extra_apps=int(sys.argv[2])) as sandbox:
    print(json.dumps(sandbox.announcement()), flush=True)
    sys.stdin.read()
"""


@contextmanager
def sandbox_with(accounts: int, apps: int) -> Iterator[dict[str, str]]:
    """What a sandbox says of itself that has so many accounts and apps beside its own, which are about ten."""
    command = [sys.executable, "-c", _SERVING, str(accounts), str(apps)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as serving:
        assert serving.stdout
        try:
            yield json.loads(serving.stdout.readline())
        finally:
            serving.communicate()


def connect(announced: dict[str, str]) -> "Connect":
    """The provider of a sandbox's accounts."""
    from pd_lsp.accounts import ClientKey
    from pd_lsp.accounts.connect import Connect
    from pd_lsp.settings import ConnectProject

    project = ConnectProject(
        announced["project_id"], announced["external_user_id"], announced["environment"], announced["url"]
    )
    return Connect(project, ClientKey(announced["client_id"], announced["client_secret"]))


async def accounts_in(announced: dict[str, str]) -> "Accounts":
    """All accounts of a sandbox."""
    provider = connect(announced)
    try:
        return await provider.accounts()
    finally:
        await provider.close()
