"""Two processes that watch each other: whichever is killed, the other ends the run and clears up (D11)."""
# ruff: noqa: PLC0415 - a run waits for each import

import os
import sys

assert sys.platform != "win32"

from pd_lsp.execution.supervisor.posix.launch import Launched, widen
from pd_lsp.execution.supervisor.posix.processes import adopt_orphans, become_unreadable, end_all


def supervise(folder: str, seconds: float, command: list[str]) -> None:
    """Runs `command` in `folder`, for `seconds` at most; afterwards neither is left."""
    dies_with_keeper, keeper_holds = os.pipe()
    supervisor = os.fork()
    if supervisor:
        os.close(dies_with_keeper)
        _keep(supervisor, folder)
    else:
        os.close(keeper_holds)
        _supervise(dies_with_keeper, seconds, command)
    os._exit(0)


def _supervise(keeper: int, seconds: float, command: list[str]) -> None:
    step = Launched(command)  # first of all: while its Python starts, ours loads the rest
    from pd_lsp.execution.supervisor.posix.relay import relay

    become_unreadable()
    adopt_orphans()
    widen(1)
    relay(step, keeper, seconds)


def _keep(supervisor: int, folder: str) -> None:
    os.close(0)
    adopt_orphans()
    become_unreadable()  # its descriptors are the server's: a step must not write into them through /proc
    os.waitpid(supervisor, 0)
    end_all()
    _remove(folder)


def _remove(folder: str) -> None:
    try:
        os.rmdir(folder)  # noqa: PTH106 - pathlib is slow to import
    except OSError:
        from pd_lsp.execution.supervisor.folder import remove

        remove(folder)
