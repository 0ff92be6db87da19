"""Started by path in the step's Python: takes one request from standard input and runs one handler.

The one argument is the descriptor (on Windows, the handle) that events go to.
"""
# ruff: noqa: PTH100, PTH120 - pathlib is slow to import

import os
import sys


def _become_package() -> None:
    """Lets our modules import each other by name though a step never sees our folder on `sys.path`."""
    package = type(sys)("pd_lsp.runner")
    package.__path__ = [os.path.dirname(os.path.abspath(__file__))]
    sys.modules["pd_lsp.runner"] = package


if __name__ == "__main__":
    try:
        _become_package()
        from pd_lsp.runner.conversation import converse
    except KeyboardInterrupt:  # a run that is cancelled at once: nobody is to read where we stood
        os._exit(130)  # as later ones are
    converse(int(sys.argv[1]))
