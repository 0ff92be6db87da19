"""Arguments and environment of every process below this one, as the system has them."""

from contextlib import suppress
from pathlib import Path

import psutil


def seen_below(ours: str) -> dict[str, bytes]:
    """By number and program: what others could see of each process that descends from this one.

    The environment of those started with `ours` among their arguments is left out: it is the one that the person gave.
    One that the system hides, even from the same user, shows nothing.
    """
    found: dict[str, bytes] = {}
    for process in psutil.Process().children(recursive=True):
        folder = Path("/proc") / str(process.pid)
        with suppress(OSError):
            arguments = (folder / "cmdline").read_bytes()
            found[f"arguments of process {process.pid}"] = arguments.replace(b"\0", b"\n")
            if ours.encode() not in arguments:
                environment = (folder / "environ").read_bytes()
                found[f"environment of process {process.pid}, {arguments[:80]!r}"] = environment.replace(b"\0", b"\n")
    return found
