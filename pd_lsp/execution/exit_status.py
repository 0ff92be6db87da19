"""What the exit status of a step's Python means: a signal that ended it, or on Windows the number of an exception."""

import signal

_LEFT_BY_ITSELF = 0xFFFF
"""Statuses beyond are Windows's own, and negative ones signals."""
_CRASHED = "a library written in C has crashed; try another version of it"
_GAVE_UP = "a library written in C has given up; see what it printed last"
_REASONS = {
    -11: _CRASHED,  # SIGSEGV
    -6: _GAVE_UP,  # SIGABRT
    -9: "somebody killed it, or the system did for want of memory; close some programs and run it again",  # SIGKILL
    0xC0000005: _CRASHED,  # an access violation
    0xC0000374: _CRASHED,  # a damaged heap
    0xC0000409: _GAVE_UP,  # it has found that something is badly wrong
    0xC00000FD: "calls are nested too deep in a library written in C; give it less at once",  # a stack overflow
    0xC0000017: "there was no memory left; close some programs and run it again",
}


def how_it_crashed(status: int) -> str:
    """What ended it and what that means; nothing where it has left by itself."""
    if 0 <= status <= _LEFT_BY_ITSELF:
        return ""
    return f"{name_of(status)}: {_REASONS.get(status, 'see what it printed last')}"


def name_of(status: int) -> str:
    """A status as people look it up."""
    if status > _LEFT_BY_ITSELF:
        return f"exit code 0x{status:08X}"
    if status >= 0:
        return f"exit code {status}"
    try:
        return signal.Signals(-status).name
    except ValueError:
        return f"signal {-status}"
