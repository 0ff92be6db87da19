"""A program in a real terminal: what is typed goes to tmux, what is seen comes from there."""

import contextlib
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path


class Tmux:
    """A terminal of its own, of a size in characters; `sockets` is its folder."""

    def __init__(self, columns: int, lines: int) -> None:
        self.sockets = Path(tempfile.mkdtemp(prefix="ed-"))  # a socket's path must be short
        self._size = ["-x", str(columns), "-y", str(lines)]

    def open(self, command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> None:
        """Starts the program."""
        new = self._tmux("new-session", "-d", *self._size, *command)
        subprocess.run(new, check=True, cwd=folder, env=environment)

    def send(self, *keys: str) -> None:
        """Presses keys, as `tmux send-keys` takes them."""
        subprocess.run(self._tmux("send-keys", *keys), check=True)

    def screen(self, *, colours: bool = False) -> str:
        """What stands on the screen, line by line; with the sequences that colour it, if wanted."""
        capture = self._tmux("capture-pane", "-p", *(["-e"] if colours else []))
        return subprocess.run(capture, capture_output=True, text=True, check=False).stdout

    def end(self) -> None:
        """Ends the program with its terminal."""
        with contextlib.suppress(OSError, subprocess.SubprocessError):
            subprocess.run(self._tmux("kill-server"), check=False, capture_output=True, timeout=20)
        shutil.rmtree(self.sockets, ignore_errors=True)

    def _tmux(self, *words: str) -> list[str]:
        return ["tmux", "-f", "/dev/null", "-S", str(self.sockets / "tmux"), *words]


def until(condition: Callable[[], bool], shown: Callable[[], str], patience: float) -> None:
    """Waits for something to become true, for some seconds; what was on the screen, where it does not."""
    deadline = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < deadline, f"It did not become true. On the screen:\n{shown()}"
        time.sleep(0.05)
