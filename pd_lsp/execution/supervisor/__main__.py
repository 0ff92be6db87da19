"""Started by path, with our own Python: `supervisor FOLDER SECONDS MEGABYTES COMMAND…`."""
# ruff: noqa: PTH100, PTH120 - pathlib is slow to import

import os
import sys


def _become_package() -> None:
    """Lets our modules import each other by name though `pd_lsp` is not on the path of an isolated Python."""
    for name in ("pd_lsp", "pd_lsp.execution", "pd_lsp.execution.supervisor"):
        package = sys.modules[name] = type(sys)(name)
        package.__path__ = []
    package.__path__.append(os.path.dirname(os.path.abspath(__file__)))


if __name__ == "__main__":
    _become_package()
    folder, seconds, megabytes, *command = sys.argv[1:]
    if sys.platform == "win32":
        from pd_lsp.execution.supervisor.windows.supervise import supervise

        supervise(folder, float(seconds), int(megabytes), command)
    else:
        from pd_lsp.execution.supervisor.posix.keeper import supervise

        supervise(folder, float(seconds), command)
