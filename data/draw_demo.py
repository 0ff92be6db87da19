"""Draws docs/pictures from what `pd-lsp demo` shows on a terminal, a picture for each of its three jobs (POSIX)."""  # noqa: INP001 - a script, no package

import os
import pty
import re
import sys
from pathlib import Path

from picture import drawn

_TOP = Path(__file__).parent.parent
_JOBS = {"1. Complete": "complete", "2. Insert": "insert", "3. Run": "run"}
_HEADINGS = re.compile(r"^(?=\x1b\[1m(?:\d\. |Now ))", re.MULTILINE)


def main(command: list[str]) -> int:
    """Runs `command`, which is `pd-lsp demo` in some form, and draws what it showed; its exit code."""
    shown = bytearray()

    def read(terminal: int) -> bytes:
        content = os.read(terminal, 1024)
        shown.extend(content)
        return content

    code = os.waitstatus_to_exitcode(pty.spawn(command, read))
    if code == 0:
        for part in _HEADINGS.split(shown.decode().replace("\r\n", "\n")):
            name = next((name for title, name in _JOBS.items() if title in part.partition("\n")[0]), None)
            if name:
                picture = _TOP / "docs" / "pictures" / f"{name}.svg"
                picture.parent.mkdir(exist_ok=True)
                picture.write_text(drawn(part.strip(), name), "utf-8")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
