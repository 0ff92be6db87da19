"""One process watches over a run, and Windows over it: were it killed, all others would end with it (D11)."""

import os
import signal
import sys

assert sys.platform == "win32"

from pd_lsp.execution.supervisor import frames
from pd_lsp.execution.supervisor.ending import MOST_PROCESSES
from pd_lsp.execution.supervisor.folder import remove
from pd_lsp.execution.supervisor.windows.job import Job
from pd_lsp.execution.supervisor.windows.launch import Launched
from pd_lsp.execution.supervisor.windows.relay import relay

_ONE_TOO_MANY = MOST_PROCESSES + 2
"""Processes that the job takes, this one among them: so many that a run which has too many is found out, and ends."""

_ROOM_FOR_LIBRARIES = 512
"""Megabytes on top of the limit, as elsewhere: libraries such as numpy ask for some hundred that they never touch."""


def supervise(folder: str, seconds: float, megabytes: int, command: list[str]) -> None:
    """Runs `command` in `folder`, for `seconds` at most and in so much memory; afterwards neither is left."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the Ctrl+C that asks a step to stop comes to us as well
    try:
        job = Job(_ONE_TOO_MANY, megabytes + _ROOM_FOR_LIBRARIES if megabytes else 0)
    except OSError as error:
        os.write(1, frames.frame(frames.NOT_HELD, b"%d" % (error.errno or 0)))
        os._exit(0)
    relay(Launched(command, folder, job), job, seconds)
    job.end_others()
    remove(folder)
    os._exit(0)
