"""Pictures of what a terminal shows, as SVG."""  # noqa: INP001 - for the scripts beside it, no package

import io

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

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


def drawn(text: str, name: str) -> str:
    """The picture of a text with the sequences that colour it; `name` is what its styles are called."""
    console = Console(record=True, width=_WIDTH, file=io.StringIO(), force_terminal=True, legacy_windows=False)
    console.print(Text.from_ansi(text), soft_wrap=False)
    return console.export_svg(title="", theme=_THEME, code_format=_SVG, unique_id=name)
