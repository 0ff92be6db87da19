"""Whether a process that is not ours is still there: the server does not outlive its editor (D23)."""

import os
import sys

if sys.platform == "win32":
    import _winapi

    _MAY_WAIT = 0x100000
    _PARAMETER = 87
    """The system's number of the error that there is no such process."""

    def is_alive(process: int) -> bool:
        """Whether there is such a process; where the system does not tell, it is taken to be there."""
        try:
            handle = _winapi.OpenProcess(_MAY_WAIT, False, process)
        except OSError as error:
            return error.winerror != _PARAMETER
        try:
            return _winapi.WaitForSingleObject(handle, 0) == _winapi.WAIT_TIMEOUT
        finally:
            _winapi.CloseHandle(handle)

else:

    def is_alive(process: int) -> bool:
        """Whether there is such a process; where the system does not tell, it is taken to be there."""
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return False
        except (OSError, OverflowError):
            return True
        return True
