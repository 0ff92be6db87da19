"""Draws docs/pictures from what `pd-lsp demo` shows on a terminal, a picture for each of its three jobs (POSIX)."""  # noqa: INP001 - a script, no package

import io
import os
import pty
import re
import sys
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

_TOP = Path(__file__).parent.parent
_JOBS = {"1. Complete": "complete", "2. Insert": "insert", "3. Run": "run"}
_HEADINGS = re.compile(r"^(?=\x1b\[1m(?:\d\. |Now ))", re.MULTILINE)
_WIDTH = 122
_COLOURS = (
    *((36, 41, 47), (179, 29, 40), (17, 99, 41), (125, 78, 0)),  # black, red, green, yellow
    *((5, 80, 174), (130, 80, 223), (27, 124, 131), (87, 96, 106)),  # blue, magenta, cyan, white
)
_THEME = TerminalTheme((255, 255, 255), (36, 41, 47), list(_COLOURS))
_SVG = """<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{ font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: \
{char_height}px; line-height: {line_height}px; }}
{styles}
</style>
<defs>{lines}</defs>
<rect fill="#ffffff" stroke="#d0d7de" x="1" y="1" width="99.8%" height="99.6%" rx="8"/>
<g transform="translate({terminal_x}, {terminal_y})">
{backgrounds}<g class="{unique_id}-matrix">
{matrix}
</g></g></svg>
"""


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
                picture.write_text(_drawn(part.strip(), name), "utf-8")
    return code


def _drawn(text: str, name: str) -> str:
    console = Console(record=True, width=_WIDTH, file=io.StringIO(), force_terminal=True, legacy_windows=False)
    console.print(Text.from_ansi(text), soft_wrap=False)
    return console.export_svg(title="", theme=_THEME, code_format=_SVG, unique_id=name)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
