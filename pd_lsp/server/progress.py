"""Work-done progress of a run, for clients that show it."""

from typing import TYPE_CHECKING

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException

if TYPE_CHECKING:
    from pd_lsp.server.app import PdLanguageServer


class RunProgress:
    """The progress of one run, which the person can cancel; nothing where the client shows none."""

    def __init__(self, server: "PdLanguageServer", token: str | None) -> None:
        self._server = server
        self._token = token

    @classmethod
    async def begin(cls, server: "PdLanguageServer", token: str, title: str) -> "RunProgress":
        """Shows `title` as under way, under `token`."""
        window = server.client_capabilities.window
        if not (window and window.work_done_progress):
            return cls(server, None)
        try:
            await server.work_done_progress.create_async(token)
        except JsonRpcException:
            return cls(server, None)
        server.work_done_progress.begin(token, lsp.WorkDoneProgressBegin(title=title, cancellable=True))
        return cls(server, token)

    def report(self, message: str) -> None:
        """Shows how far it is."""
        if self._token is not None:
            self._server.work_done_progress.report(self._token, lsp.WorkDoneProgressReport(message=message))

    def end(self) -> None:
        """Shows that it is over."""
        if self._token is not None:
            self._server.work_done_progress.end(self._token, lsp.WorkDoneProgressEnd())
            self._server.work_done_progress.tokens.pop(self._token, None)
