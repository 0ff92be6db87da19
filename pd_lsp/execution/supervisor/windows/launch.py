"""Starts the step's Python with nothing of ours but four pipes."""

import _winapi
import ctypes
import msvcrt
import os
import subprocess
import sys

assert sys.platform == "win32"

from pd_lsp.execution.supervisor.windows.job import Job
from pd_lsp.execution.supervisor.windows.launcher import real_python

_PIPE = 1_048_576
"""Bytes that a step may write before it waits for us."""
_CTRL_C, _ALL_OF_THE_CONSOLE = 0, 0


class Launched:
    """A process that was started, or the reason why not, and our ends of its pipes."""

    def __init__(self, command: list[str], folder: str, job: Job) -> None:
        """Starts `command` in `folder`, with the handle for its messages as one more argument.

        It is in our job from the start. We are not in its folder ourselves, which could not be removed then.
        """
        theirs_request, self.request = _pipe()
        self.stdout, theirs_stdout = _pipe()
        self.stderr, theirs_stderr = _pipe()
        self.messages, theirs_messages = _pipe()
        self._job = job
        self._process: subprocess.Popen[bytes] | None = None
        self.error = 0
        """The system's number of the error that kept it from starting."""
        handle = msvcrt.get_osfhandle(theirs_messages)
        os.set_handle_inheritable(handle, True)
        ctypes.WinDLL("kernel32").SetConsoleCtrlHandler(None, False)  # or it would inherit that Ctrl+C is passed over
        python, variables = real_python(command[0])
        try:
            self._process = subprocess.Popen(
                [python, *command[1:], str(handle)],
                stdin=theirs_request,
                stdout=theirs_stdout,
                stderr=theirs_stderr,
                cwd=folder,
                env={**os.environ, **variables},
                startupinfo=subprocess.STARTUPINFO(lpAttributeList={"handle_list": [handle]}),
            )
        except OSError as error:
            self.error = error.errno or 0
        for pipe in (theirs_request, theirs_stdout, theirs_stderr, theirs_messages):
            os.close(pipe)

    @property
    def process(self) -> int:
        """Its number; 0 where it could not be started."""
        return self._process.pid if self._process else 0

    def wait(self) -> int:
        """Its exit status, once it has ended."""
        return self._process.wait() if self._process else 0

    def interrupt(self) -> None:
        """Raises KeyboardInterrupt in the step and in what it has started, by Ctrl+C of the console that we share.

        Ctrl+Break could be sent to the step alone, but does not end its `time.sleep`.
        """
        ctypes.WinDLL("kernel32").GenerateConsoleCtrlEvent(_CTRL_C, _ALL_OF_THE_CONSOLE)

    def kill(self) -> None:
        """Ends the step, if it was started; what it has started is ended with the run."""
        if self._process:
            self._process.kill()

    def count(self) -> int:
        """How many processes there are in the job beside this one."""
        return len(self._job.others())


def _pipe() -> tuple[int, int]:
    """The ends to read from and to write to; neither is inherited. Those of os.pipe hold four thousand bytes."""
    reading, writing = _winapi.CreatePipe(None, _PIPE)
    return msvcrt.open_osfhandle(reading, os.O_RDONLY), msvcrt.open_osfhandle(writing, os.O_WRONLY)
