"""What a person can give a step in place of the platform's limits, on a command line and from an editor alike (D7)."""

from typing import Any

_LONGEST = 86_400
"""Seconds."""
_MOST_MEGABYTES = 1_000_000
MEGABYTE = 1024 * 1024
"""Bytes."""


class LimitError(Exception):
    """A value that is no limit. The message says what one takes, and begins in the middle of a sentence."""


def seconds(value: Any) -> float:
    """A time limit. Raises LimitError."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= _LONGEST:
        raise LimitError(f"takes a number of seconds from above 0 to {_LONGEST}")
    return float(value)


def megabytes(value: Any) -> int:
    """A limit of memory or size. Raises LimitError."""
    is_whole = isinstance(value, int | float) and not isinstance(value, bool) and value == value // 1
    if not is_whole or not 0 <= value <= _MOST_MEGABYTES:
        raise LimitError(f"takes a whole number of megabytes, at most {_MOST_MEGABYTES}")
    return int(value)
