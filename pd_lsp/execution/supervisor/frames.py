"""The frames a supervisor sends: one byte of kind, four of length, and that many bytes."""

STARTED = b"p"
"""The process number of the step, in digits; where there are process groups, it leads one of that number."""
NOT_STARTED = b"f"
"""The system's number of the error that kept the step from starting, in digits."""
NOT_HELD = b"h"
"""As above, of the error that kept us from holding a run's processes together: none was started."""
STDOUT = b"o"
STDERR = b"e"
MESSAGE = b"m"
"""A piece of what the runner says."""
ENDED = b"x"
"""Three words: the exit status, negative for a signal; why it ended, one of the below; how many processes were left."""

BY_ITSELF = b"itself"
BY_CANCEL = b"cancel"
BY_TIME_LIMIT = b"time"
BY_PROCESSES = b"processes"

CANCEL = b"c"
"""What the server writes to ask for the end of a run."""
PAUSE, RESUME = b"p", b"r"
"""What it writes to lift the time limit, and to let all of it begin."""

HEADER = 5
LARGEST = 65_536
"""Bytes of content in one frame."""


def frame(kind: bytes, content: bytes) -> bytes:
    """One frame."""
    return kind + len(content).to_bytes(4, "big") + content
