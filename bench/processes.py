"""What a server and the processes below it have used: processor time and memory."""

import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil


@dataclass(frozen=True, slots=True)
class Memory:
    """Megabytes of the server's own process, and of those below it."""

    own: float
    below: float

    @property
    def all(self) -> float:
        """All of it."""
        return self.own + self.below


@dataclass(slots=True)
class ProcessTree:
    """A process and those that it has started."""

    pid: int
    _below: list[int] = field(default_factory=list)

    def look(self) -> None:
        """Looks which processes there are; it takes a while, so not between keystrokes."""
        try:
            self._below = [child.pid for child in psutil.Process(self.pid).children(recursive=True)]
        except psutil.NoSuchProcess:
            self._below = []

    def processor(self) -> float:
        """Seconds of processor time that all of them have used, as the kernel counts it."""
        return sum(map(_processor, (self.pid, *self._below)))

    def memory(self) -> Memory:
        """What they hold. A page that several processes share is divided among them, where the kernel tells."""
        self.look()
        return Memory(_memory(self.pid), sum(map(_memory, self._below)))

    def kill(self) -> None:
        """Ends all of them."""
        self.look()
        for pid in (self.pid, *self._below):
            with suppress(psutil.NoSuchProcess):
                psutil.Process(pid).kill()


def _processor(pid: int) -> float:
    """From the process's own clock, which counts nanoseconds; `/proc/PID/stat` counts hundredths of a second."""
    try:
        return time.clock_gettime((~pid << 3) | 2)  # what clock_getcpuclockid makes of a process id on Linux
    except OSError:
        pass
    try:
        times = psutil.Process(pid).cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(times.user + times.system)


def _memory(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()
    except OSError:
        try:
            return float(psutil.Process(pid).memory_info().rss) / 1e6
        except psutil.NoSuchProcess:
            return 0.0
    return next(int(line.split()[1]) * 1024 / 1e6 for line in lines if line.startswith("Pss:"))
