"""`pd-lsp serve` with the accounts of a sandbox that somebody else has started: no process of it counts as ours."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from pd_lsp.accounts import SignIn
from pd_lsp.cli import sandbox
from pd_lsp.cli.main import main
from pd_lsp.settings import SandboxRun

announced = json.loads(sys.argv[1])


@contextmanager
def _running_sandbox() -> Iterator[tuple[SandboxRun, SignIn]]:
    yield sandbox.reached_by(announced)


sandbox.running_sandbox = _running_sandbox
sys.exit(main(["serve", "--stdio", "--sandbox"]))
