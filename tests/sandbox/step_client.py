"""`requests` as a step has it: in a Python of its own, with the variables of a sandbox run and no others."""

import json
import subprocess
from pathlib import Path
from typing import Any, NamedTuple

from pd_lsp.settings import SandboxRun

_SCRIPT = """
import json, sys
import requests
for line in sys.stdin:
    method, url, options = json.loads(line)
    try:
        answer = requests.request(method, url, timeout=20, **options)
        said = answer.status_code, answer.json() if answer.content else None, answer.links
    except requests.RequestException as error:
        said = 0, str(error), {}
    print(json.dumps(said), flush=True)
"""


class Said(NamedTuple):
    """What `requests` got: 0 and the error's text where there was no answer."""

    status: int
    document: Any
    links: dict[str, Any]


class StepClient:
    """Makes one request after another."""

    def __init__(self, python: Path, sandbox: SandboxRun) -> None:
        self._process = subprocess.Popen(
            [python, "-c", _SCRIPT],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=dict(sandbox.process_environment()),
        )

    def close(self) -> None:
        """Ends it."""
        self._process.communicate()

    def request(self, method: str, url: str, **options: Any) -> Said:
        """The answer to `requests.request(method, url, **options)`."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps([method, url, options]) + "\n")
        self._process.stdin.flush()
        return Said(*json.loads(self._process.stdout.readline()))


def run_in_step(python: Path, sandbox: SandboxRun, script: str, *arguments: str) -> Any:
    """The JSON that `script` prints, in the Python of a step."""
    done = subprocess.run(
        [python, "-c", script, *arguments],
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
        env=dict(sandbox.process_environment()),
    )
    return json.loads(done.stdout)
