"""Runs commands for as long as somebody holds our standard input. Started by path, with our own Python.

`lifeline FOLDER COMMAND… [--then COMMAND…]…`: one after the other, until one fails; the exit code is that of the last.
When the input ends first, whoever started us is gone, or does not want it any more: the command is ended, and the
folder removed. Standard library only.
"""

import os
import shutil
import subprocess
import sys
import threading
from typing import NoReturn

THEN = "--then"
_ENDED = 1


class _Commands:
    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._running: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def run(self, command: list[str]) -> int:
        """The exit code of `command`."""
        with self._lock:  # once the input has ended nothing is started any more
            self._running = subprocess.Popen(command, stdin=subprocess.DEVNULL)
        return self._running.wait()

    def leave(self, code: int) -> NoReturn:
        """Ends this process, unless that is under way already and still removes the folder."""
        with self._lock:
            os._exit(code)

    def end_with_input(self) -> None:
        """Waits for the end of the input, then ends everything, ourselves as well."""
        sys.stdin.buffer.read()
        with self._lock:
            if self._running:
                self._running.kill()
                self._running.wait()
            shutil.rmtree(self._folder, ignore_errors=True)
            os._exit(_ENDED)


def _split(words: list[str]) -> list[list[str]]:
    commands: list[list[str]] = [[]]
    for word in words:
        if word == THEN:
            commands.append([])
        else:
            commands[-1].append(word)
    return commands


if __name__ == "__main__":
    commands = _Commands(sys.argv[1])
    threading.Thread(target=commands.end_with_input, daemon=True).start()
    code = 0
    for command in _split(sys.argv[2:]):
        code = code or commands.run(command)
    commands.leave(code)
