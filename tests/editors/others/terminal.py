"""An editor in a real terminal, whatever keys and screens it has."""

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tests.editors.tmux import Tmux, until

_COLUMNS, _LINES = 160, 44
_NAMED = re.compile(r"(C-M-.|[CM]-.|Enter|Escape|Tab|Down|Up|Space)")


class Terminal(Tmux):
    """One program in a terminal of its own, started in `folder`."""

    def __init__(self, command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> None:
        super().__init__(_COLUMNS, _LINES)
        self.open(command, folder, environment)

    def type(self, *keys: str) -> None:
        """Presses keys as a person does: tmux's names of keys such as `Enter`, and text letter by letter."""
        for key in keys:
            presses = [[key]] if _NAMED.fullmatch(key) else [["-l", "--", letter] for letter in key]
            for press in presses:
                self.send(*press)

    def until_seen(self, *texts: str) -> str:
        """Waits until one of `texts` stands on the screen, wherever its lines are broken; the screen."""
        self.until(lambda: any(text in _unbroken(self.screen()) for text in texts), f"{texts} on the screen")
        return _unbroken(self.screen())

    def until_matched(self, pattern: str) -> None:
        """Waits until a regular expression is found on the screen."""
        self.until(lambda: re.search(pattern, self.screen()) is not None, pattern)

    def until(self, condition: Callable[[], bool], what: str, patience: float = 60.0) -> None:
        """Waits for something to become true; what was on the screen, where it does not."""
        until(condition, lambda: f"{self.screen()}\nNot seen: {what}.", patience)


def _unbroken(screen: str) -> str:
    """The screen without the sign with which Emacs breaks a long line, and without the end of the line before it."""
    return re.sub(r"\\\n", "", screen)
