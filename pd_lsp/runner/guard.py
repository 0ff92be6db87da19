"""Keeps a run's memory from other processes' eyes, off the disk, and within its limit (D12, D13)."""
# ruff: noqa: PLC0415 - a run waits for each import

import sys

_SET_PDEATHSIG = 1
_SET_DUMPABLE = 4
_KILL = 9

_ROOM_FOR_LIBRARIES = 512
"""Megabytes on top of the limit: the system counts what a process asks for, and libraries such as numpy ask for some
hundred that they never touch."""


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
    supervisor's job does it. Where the system does not let us (macOS counts otherwise, and may refuse), there is no
    limit.
    """
    if sys.platform != "win32":
        import resource

        limit = (megabytes + _ROOM_FOR_LIBRARIES) * 1024 * 1024
        hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
        if hard == resource.RLIM_INFINITY or limit < hard:
            try:
                resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
            except (OSError, ValueError):
                return
