"""A program in a real terminal: what is typed goes to tmux, what is seen comes from there."""

import contextlib
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

_COLUMNS, _LINES = 160, 44
_NAMED = re.compile(r"(C-M-.|[CM]-.|Enter|Escape|Tab|Down|Up|Space)")


class Terminal:
    """One program in a terminal of its own, started in `folder`."""

    def __init__(self, command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> None:
        self._sockets = Path(tempfile.mkdtemp(prefix="ed-"))  # a socket's path must be short
        self._tmux = ["tmux", "-f", "/dev/null", "-S", str(self._sockets / "tmux")]
        size = ["-x", str(_COLUMNS), "-y", str(_LINES)]
        subprocess.run([*self._tmux, "new-session", "-d", *size, *command], check=True, cwd=folder, env=environment)

    def type(self, *keys: str) -> None:
        """Presses keys as a person does: tmux's names of keys such as `Enter`, and text letter by letter."""
        for key in keys:
            presses = [[key]] if _NAMED.fullmatch(key) else [["-l", "--", letter] for letter in key]
            for press in presses:
                subprocess.run([*self._tmux, "send-keys", *press], check=True)

    def screen(self, *, colours: bool = False) -> str:
        """What stands on the screen, line by line; with the sequences that colour it, if wanted."""
        capture = [*self._tmux, "capture-pane", "-p", *(["-e"] if colours else [])]
        return subprocess.run(capture, capture_output=True, text=True, check=False).stdout

    def until_seen(self, *texts: str) -> str:
        """Waits until one of `texts` stands on the screen, wherever its lines are broken; the screen."""
        self.until(lambda: any(text in _unbroken(self.screen()) for text in texts), f"{texts} on the screen")
        return _unbroken(self.screen())

    def until_matched(self, pattern: str) -> None:
        """Waits until a regular expression is found on the screen."""
        self.until(lambda: re.search(pattern, self.screen()) is not None, pattern)

    def until(self, condition: Callable[[], bool], what: str, patience: float = 30.0) -> None:
        """Waits for something to become true; what was on the screen, where it does not."""
        deadline = time.monotonic() + patience
        while not condition():
            assert time.monotonic() < deadline, f"Not seen: {what}. On the screen:\n{self.screen()}"
            time.sleep(0.1)

    def end(self) -> None:
        """Ends the program with its terminal."""
        with contextlib.suppress(OSError, subprocess.SubprocessError):
            subprocess.run([*self._tmux, "kill-server"], check=False, capture_output=True, timeout=20)
        shutil.rmtree(self._sockets, ignore_errors=True)


def _unbroken(screen: str) -> str:
    """The screen without the sign with which Emacs breaks a long line, and without the end of the line before it."""
    return re.sub(r"\\\n", "", screen)
