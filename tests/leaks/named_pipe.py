"""A named pipe at which a step waits, so that a test can look around while it runs."""

import os
import time
from contextlib import suppress
from pathlib import Path

_PATIENCE = 60.0


def make_way(folder: Path, name: str) -> Path:
    """A pipe that nobody has opened yet."""
    way = folder / name
    os.mkfifo(way)
    return way


def open_way(way: Path) -> int:
    """The descriptor to write to, once a step reads; closing it lets the step go on."""
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        with suppress(OSError):  # nobody reads it yet
            return os.open(way, os.O_WRONLY | os.O_NONBLOCK)
        time.sleep(0.02)
    raise AssertionError("The step does not come to its pipe.")
