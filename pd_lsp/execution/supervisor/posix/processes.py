"""Finds and ends all that a step has started, however far it went (D11)."""
# ruff: noqa: PLC0415 - a run waits for each import

import os
import sys
import time

assert sys.platform != "win32"

_SET_DUMPABLE = 4
_SET_CHILD_SUBREAPER = 36
_KILL = 9
_PATIENCE = 5
"""Seconds for the system to end what it was told to end."""


def adopt_orphans() -> None:
    """Makes this process the parent of all descendants whose own parent ends, however they detached (Linux)."""
    _prctl(_SET_CHILD_SUBREAPER, 1)


def become_unreadable() -> None:
    """No core file, and no look into this process by others: a request with credentials passes through it (D12)."""
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _prctl(_SET_DUMPABLE, 0)


def end_all() -> int:
    """Ends every descendant and returns how many there were.

    Where orphans are not adopted (macOS), those that left the process group of the step are out of reach.
    """
    ended: set[int] = set()
    deadline = time.monotonic() + _PATIENCE
    while reap() and time.monotonic() < deadline:
        for process in _descendants():
            ended.add(process)
            end(process)
        time.sleep(0.001)
    return len(ended)


def count_descendants() -> int:
    """How many processes there are below this one; 0 where the system does not tell (macOS)."""
    return len(_descendants())


def reap(exits: "dict[int, int] | None" = None) -> bool:
    """Takes note of every child that has ended, in `exits` if given; whether any child is left."""
    while True:
        try:
            process, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return False
        if not process:
            return True
        if exits is not None:
            exits[process] = os.waitstatus_to_exitcode(status)


def end(process: int) -> None:
    """Kills one process, if it is still there and ours."""
    try:
        os.kill(process, _KILL)
    except OSError:
        return


def end_group(process: int) -> None:
    """Kills a process and the group it leads."""
    try:
        os.killpg(process, _KILL)
    except OSError:
        end(process)


def _descendants() -> list[int]:
    """All living processes below this one, from /proc; elsewhere none."""
    parents = dict(_parents())
    found = [os.getpid()]
    for ancestor in found:
        found += [process for process, parent in parents.items() if parent == ancestor]
    return found[1:]


def _parents() -> "list[tuple[int, int]]":
    found: list[tuple[int, int]] = []
    if sys.platform.startswith("linux"):
        for name in os.listdir("/proc"):  # noqa: PTH208 - pathlib is slow to import
            if name.isdigit():
                try:
                    with open(f"/proc/{name}/stat", "rb") as file:  # noqa: PTH123 - as above
                        state, parent = file.read().rpartition(b")")[2].split()[:2]
                except (OSError, ValueError):
                    continue  # it has ended meanwhile
                if state != b"Z":
                    found.append((int(name), int(parent)))
    return found


def _prctl(option: int, value: int) -> None:
    if sys.platform.startswith("linux"):
        import ctypes

        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)
