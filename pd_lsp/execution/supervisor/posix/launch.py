"""Starts the step's Python in a session of its own, with nothing of ours but four pipes."""

# ruff: noqa: PLC0415 - a run waits for each import

import os
import sys

assert sys.platform != "win32"

from pd_lsp.execution.supervisor.posix.processes import count_descendants, end_group

_INTERRUPT = 2
_SET_PIPE_SIZE = 1031
_SIGNALS = (1, 2, 3, 13, 15)
"""Hang-up, interrupt, quit, broken pipe, terminate: an editor may have been started with some of them ignored."""


class Launched:
    """A process that was started, or the reason why not, and our ends of its pipes."""

    def __init__(self, command: list[str]) -> None:
        """Starts `command`, with the descriptor for its messages as one more argument."""
        theirs_request, self.request = os.pipe()
        self.stdout, theirs_stdout = os.pipe()
        self.stderr, theirs_stderr = os.pipe()
        self.messages, theirs_messages = os.pipe()
        os.set_inheritable(theirs_messages, True)
        self.process = 0
        """Its number; 0 where it could not be started."""
        self.error = 0
        """The system's number of the error that kept it from starting."""
        try:
            self.process = _spawn([*command, str(theirs_messages)], (theirs_request, theirs_stdout, theirs_stderr))
        except OSError as error:
            self.error = error.errno or 0
        for pipe in (self.stdout, self.stderr):
            widen(pipe)
        for pipe in (theirs_request, theirs_stdout, theirs_stderr, theirs_messages):
            os.close(pipe)

    def interrupt(self) -> None:
        """Raises KeyboardInterrupt in the step, which may still clean up."""
        os.kill(self.process, _INTERRUPT)

    def kill(self) -> None:
        """Ends the step, if it was started, and the group it leads."""
        if self.process:
            end_group(self.process)

    def count(self) -> int:
        """How many processes there are below us; 0 where the system does not tell (macOS)."""
        return count_descendants()


def widen(pipe: int) -> None:
    """Lets a megabyte be written before anybody waits for the reader (Linux)."""
    if sys.platform.startswith("linux"):
        import fcntl

        try:
            fcntl.fcntl(pipe, _SET_PIPE_SIZE, 1_048_576)
        except OSError:
            return  # an ordinary pipe is only slower


def _spawn(command: list[str], pipes: tuple[int, int, int]) -> int:
    actions = [(os.POSIX_SPAWN_DUP2, pipe, descriptor) for descriptor, pipe in enumerate(pipes)]
    spawn = os.posix_spawn
    try:
        return spawn(command[0], command, os.environ, file_actions=actions, setsid=True, setsigdef=_SIGNALS)
    except NotImplementedError:  # an older macOS: a group of its own must do
        return spawn(command[0], command, os.environ, file_actions=actions, setpgroup=0, setsigdef=_SIGNALS)
