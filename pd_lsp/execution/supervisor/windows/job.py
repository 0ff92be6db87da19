"""A Job object: Windows keeps the processes of a run together in it, however they were started (D11)."""

import ctypes
import os
import sys
import time
from ctypes import wintypes

assert sys.platform == "win32"

_EXTENDED_LIMITS, _PROCESS_LIST = 9, 3
_ACTIVE_PROCESS, _JOB_MEMORY, _DIE_ON_UNHANDLED_EXCEPTION, _KILL_ON_JOB_CLOSE = 0x8, 0x200, 0x400, 0x2000
_PROCESS_TERMINATE, _PROCESS_QUERY = 0x1, 0x400
_KILLED = 1
"""The exit status of what we end."""
_PATIENCE = 5
"""Seconds for the system to end what it was told to end."""
_MOST_LISTED = 1024


class _BasicLimits(ctypes.Structure):
    _fields_ = (
        ("PerProcessUserTimeLimit", ctypes.c_int64),
        ("PerJobUserTimeLimit", ctypes.c_int64),
        ("LimitFlags", wintypes.DWORD),
        ("MinimumWorkingSetSize", ctypes.c_size_t),
        ("MaximumWorkingSetSize", ctypes.c_size_t),
        ("ActiveProcessLimit", wintypes.DWORD),
        ("Affinity", ctypes.c_size_t),
        ("PriorityClass", wintypes.DWORD),
        ("SchedulingClass", wintypes.DWORD),
    )


class _Limits(ctypes.Structure):
    _fields_ = (
        ("BasicLimitInformation", _BasicLimits),
        ("IoInfo", ctypes.c_uint64 * 6),
        ("ProcessMemoryLimit", ctypes.c_size_t),
        ("JobMemoryLimit", ctypes.c_size_t),
        ("PeakProcessMemoryUsed", ctypes.c_size_t),
        ("PeakJobMemoryUsed", ctypes.c_size_t),
    )


class _Processes(ctypes.Structure):
    _fields_ = (
        ("NumberOfAssignedProcesses", wintypes.DWORD),
        ("NumberOfProcessIdsInList", wintypes.DWORD),
        ("ProcessIdList", ctypes.c_size_t * _MOST_LISTED),
    )


class Job:
    """The job that this process is in, and with it all that it starts; nothing can leave it.

    This process alone holds it: with its end, whatever ends it, Windows ends the others. None of them leaves a dump or
    shows a dialogue when it crashes (D19).
    """

    def __init__(self, processes: int, megabytes: int) -> None:
        """Joins a new job of so many processes, this one included, and so much memory; 0 megabytes: no limit.

        Raises OSError where the system does not let us.
        """
        self._kernel = _kernel()
        self._job = self._done(self._kernel.CreateJobObjectW(None, None))
        self._megabytes = megabytes
        self._limit(processes)
        self._done(self._kernel.AssignProcessToJobObject(self._job, self._kernel.GetCurrentProcess()))

    def others(self) -> list[int]:
        """The numbers of the processes in it beside this one; of more than a thousand, the first."""
        found = _Processes()
        self._kernel.QueryInformationJobObject(
            self._job, _PROCESS_LIST, ctypes.byref(found), ctypes.sizeof(found), None
        )
        return [number for number in found.ProcessIdList[: found.NumberOfProcessIdsInList] if number != os.getpid()]

    def end_others(self) -> int:
        """Ends them, and starts none any more; how many there were."""
        self._limit(1)
        ended: set[int] = set()
        deadline = time.monotonic() + _PATIENCE
        while (left := self.others()) and time.monotonic() < deadline:
            for process in left:
                ended.add(process)
                self._end(process)
            time.sleep(0.001)
        return len(ended)

    def _end(self, process: int) -> None:
        """Ends one, unless its number has come to belong to a process of somebody else."""
        handle = self._kernel.OpenProcess(_PROCESS_TERMINATE | _PROCESS_QUERY, False, process)
        if not handle:
            return
        ours = wintypes.BOOL()
        if self._kernel.IsProcessInJob(handle, self._job, ctypes.byref(ours)) and ours:
            self._kernel.TerminateProcess(handle, _KILLED)
        self._kernel.CloseHandle(handle)

    def _limit(self, processes: int) -> None:
        limits = _Limits()
        limits.BasicLimitInformation.LimitFlags = _ACTIVE_PROCESS | _DIE_ON_UNHANDLED_EXCEPTION | _KILL_ON_JOB_CLOSE
        limits.BasicLimitInformation.ActiveProcessLimit = processes
        if self._megabytes:
            limits.BasicLimitInformation.LimitFlags |= _JOB_MEMORY
            limits.JobMemoryLimit = self._megabytes * 1024 * 1024
        size = ctypes.sizeof(limits)
        self._done(self._kernel.SetInformationJobObject(self._job, _EXTENDED_LIMITS, ctypes.byref(limits), size))

    @staticmethod
    def _done(result: int) -> int:
        if not result:
            raise ctypes.WinError(ctypes.get_last_error())
        return result


def _kernel() -> ctypes.WinDLL:
    """The system's own functions, with the types of those whose handles do not fit an int."""
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    handle, pointer, number = wintypes.HANDLE, ctypes.c_void_p, wintypes.DWORD
    kernel.CreateJobObjectW.restype = kernel.GetCurrentProcess.restype = kernel.OpenProcess.restype = handle
    kernel.AssignProcessToJobObject.argtypes = (handle, handle)
    kernel.SetInformationJobObject.argtypes = (handle, ctypes.c_int, pointer, number)
    kernel.QueryInformationJobObject.argtypes = (handle, ctypes.c_int, pointer, number, pointer)
    kernel.IsProcessInJob.argtypes = (handle, handle, pointer)
    kernel.TerminateProcess.argtypes = (handle, wintypes.UINT)
    kernel.CloseHandle.argtypes = (handle,)
    return kernel
