"""Keeps a run's memory from other processes' eyes, off the disk, and within its limit (D12, D13)."""
# ruff: noqa: PLC0415 - a run waits for each import

import sys

_SET_PDEATHSIG = 1
_SET_DUMPABLE = 4
_KILL = 9

_ROOM_FOR_LIBRARIES = 512
"""Megabytes on top of the limit: the system counts what a process asks for, and libraries such as numpy ask for some
hundred that they never touch."""

_LARGEST_FILE = 2 * 1024 * 1024 * 1024
"""Bytes that one file may have: as many as the platform has in `/tmp` (docs/platform.md, section 1.9)."""


def become_unreadable() -> None:
    """No core file, no look into this process by others, and an end together with the supervisor, where possible."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes

        prctl = ctypes.CDLL(None).prctl
        prctl(_SET_PDEATHSIG, _KILL, 0, 0, 0)
        prctl(_SET_DUMPABLE, 0, 0, 0, 0)


def limit_memory(megabytes: int) -> None:
    """Lets an allocation far past the limit fail with MemoryError.

    The data segment is limited, not the address space: 256 MB of that are too few for ordinary imports. On Windows the
    supervisor's job does it.
    """
    _limit("RLIMIT_DATA", (megabytes + _ROOM_FOR_LIBRARIES) * 1024 * 1024)


def limit_files() -> None:
    """Lets a write past the end of the largest file fail with OSError, so that a step in a loop fills no disk (D13)."""
    _limit("RLIMIT_FSIZE", _LARGEST_FILE)


def _limit(name: str, most: int) -> None:
    """Lowers a limit of the system for this process and those that it starts; one that is lower stays.

    Where the system does not let us (macOS counts otherwise, and may refuse), there is none.
    """
    if sys.platform != "win32":
        import resource

        what = getattr(resource, name)
        hard = resource.getrlimit(what)[1]
        if hard == resource.RLIM_INFINITY or most < hard:
            try:
                resource.setrlimit(what, (most, most))
            except (OSError, ValueError):
                return
