"""How a command fails."""

SUCCEEDED, STEP_FAILED, MISTAKE = 0, 1, 2
"""Exit codes: it worked; the step raised or was stopped; the call or the set-up is wrong."""


class CommandError(Exception):
    """A mistake in the call or the set-up. The message says what to do."""
