"""`pd-lsp serve` with the accounts of a sandbox that somebody else has started: no process of it counts as ours."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pd_lsp.accounts import ClientKey
from pd_lsp.cli import sandbox
from pd_lsp.cli.main import main
from pd_lsp.settings import ConnectProject, SandboxRun

announced = json.loads(sys.argv[1])


@contextmanager
def _running_sandbox() -> Iterator[tuple[SandboxRun, ConnectProject, ClientKey]]:
    yield (
        SandboxRun(announced["proxy"], Path(announced["certificate"])),
        ConnectProject(
            announced["project_id"], announced["external_user_id"], announced["environment"], announced["url"]
        ),
        ClientKey(announced["client_id"], announced["client_secret"]),
    )


sandbox.running_sandbox = _running_sandbox
sys.exit(main(["serve", "--stdio", "--sandbox"]))
