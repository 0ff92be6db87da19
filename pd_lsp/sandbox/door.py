"""The one door of a sandbox: every request comes through here, one at a time, so that apps need not mind each other."""

import threading
from collections.abc import Callable, Iterable

from pd_lsp.sandbox.accounts import SandboxAccount
from pd_lsp.sandbox.exchange import Answer, Request
from pd_lsp.sandbox.hosts import PIPEDREAM, refusal
from pd_lsp.sandbox.seen import Seen, seen

_MOST_SEEN = 10_000


class Door:
    """Sees who comes, and lets the API or an app answer. `turn` is held while one of them does."""

    def __init__(
        self,
        ask_api: Callable[[Request], Answer],
        ask_app: Callable[[Request], Answer],
        accounts: Iterable[SandboxAccount],
    ) -> None:
        self._ask_api = ask_api
        self._ask_app = ask_app
        self._accounts = accounts
        self.turn = threading.Lock()
        self.requests: list[Seen] = []

    def answer(self, request: Request) -> Answer:
        """The answer to one request. A slow one waits here, and others pass."""
        with self.turn:
            answer = self._made(request)
            if len(self.requests) >= _MOST_SEEN:
                del self.requests[: _MOST_SEEN // 2]
            self.requests.append(seen(request, answer, self._accounts))
        if answer.wait:
            answer.wait()
        return answer

    def _made(self, request: Request) -> Answer:
        try:
            answer = self._routed(request)
            answer.body()
        except Exception as error:  # noqa: BLE001 - a mistake of ours costs one answer, and no traceback
            return Answer(500, {"error": f"The sandbox made a mistake ({type(error).__name__}). Please report it."})
        return answer

    def _routed(self, request: Request) -> Answer:
        if request.method == "CONNECT":
            return refusal(request.host)
        if request.host in {"", PIPEDREAM}:
            return self._ask_api(request)
        return self._ask_app(request)
