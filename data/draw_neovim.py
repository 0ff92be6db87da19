"""Draws docs/pictures/neovim.svg from a screen of Neovim that `make e2e-neovim` has kept."""  # noqa: INP001 - a script

import sys
from pathlib import Path

from picture import drawn

_PICTURE = Path(__file__).parent.parent / "docs" / "pictures" / "neovim.svg"

if __name__ == "__main__":
    screen = Path(sys.argv[1]).read_text("utf-8")
    _PICTURE.write_text(drawn(screen.rstrip(), "neovim"), "utf-8")
