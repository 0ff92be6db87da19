"""Tells an editor that speaks `pd` what it may want to ask for again: `pd/changed`, once for all of a moment."""

import asyncio
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from pd_lsp.server.app import PdLanguageServer

What: TypeAlias = Literal["accounts", "workflows", "runs"]
_MOMENT = 0.2
"""Seconds in which whatever changes is told of together: a pull of a project writes hundreds of files."""


class Changes:
    """What has changed and was not told yet."""

    def __init__(self, server: "PdLanguageServer") -> None:
        self._server = server
        self._untold: set[What] = set()

    def note(self, *what: What) -> None:
        """Takes that something has changed. It is for the thread of the event loop."""
        if not self._server.speaks_pd:
            return
        if not self._untold:
            asyncio.get_running_loop().call_later(_MOMENT, self._tell)
        self._untold.update(what)

    def _tell(self) -> None:
        untold, self._untold = sorted(self._untold), set()
        for what in untold:
            self._server.protocol.notify("pd/changed", {"what": what})
