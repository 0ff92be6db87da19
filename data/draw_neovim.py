"""Draws docs/pictures/NAME.svg from a screen of Neovim that `make e2e-neovim` has kept."""  # noqa: INP001 - a script

import sys
from pathlib import Path

from picture import drawn

_PICTURES = Path(__file__).parent.parent / "docs" / "pictures"

if __name__ == "__main__":
    screen, name = sys.argv[1:]
    (_PICTURES / f"{name}.svg").write_text(drawn(Path(screen).read_text("utf-8").rstrip(), name), "utf-8")
