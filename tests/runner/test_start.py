"""What a runner does before it has read what it is to run."""

import subprocess
import sys

from tests.conftest import ROOT

_CANCELLED = """
import os, runpy, signal, sys

class Cancel:
    def find_spec(self, name, path=None, target=None):
        if name == "pd_lsp.runner.conversation":
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Cancel())
sys.argv = [sys.argv[1], "1"]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


def test_a_run_that_is_cancelled_while_its_python_starts_says_nothing_of_ours() -> None:
    runner = ROOT / "pd_lsp" / "runner" / "__main__.py"
    done = subprocess.run([sys.executable, "-I", "-c", _CANCELLED, runner], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")
