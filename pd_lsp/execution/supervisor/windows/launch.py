"""Starts the step's Python with nothing of ours but four pipes."""

import ctypes
import msvcrt
import os
import subprocess
import sys

assert sys.platform == "win32"

from pd_lsp.execution.supervisor.windows.job import Job
from pd_lsp.execution.supervisor.windows.launcher import real_python

_CTRL_C, _ALL_OF_THE_CONSOLE = 0, 0


class Launched:
    """A process that was started, or the reason why not, and our ends of its pipes."""

    def __init__(self, command: list[str], job: Job) -> None:
        """Starts `command`, with the handle for its messages as one more argument; it is in our job from the start."""
        theirs_request, self.request = os.pipe()
        self.stdout, theirs_stdout = os.pipe()
        self.stderr, theirs_stderr = os.pipe()
        self.messages, theirs_messages = os.pipe()
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
