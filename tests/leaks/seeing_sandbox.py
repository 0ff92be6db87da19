"""A sandbox with the canaries as one of its accounts, that keeps every request as it came."""

from collections.abc import Callable, Mapping

from pd_lsp.sandbox import Sandbox
from pd_lsp.sandbox.accounts import SandboxAccount
from pd_lsp.sandbox.directory import SandboxApp
from pd_lsp.sandbox.exchange import Answer, Request
from pd_lsp.sandbox.hosts import PIPEDREAM
from tests.leaks.canaries import Canary, values_of

APP = "canaries"
"""The slug of the app, and what a step reads of `pd.inputs`."""
ACCOUNT = "apn_canaries"
_API = ("", PIPEDREAM)


class SeeingSandbox(Sandbox):
    """Keeps requests to its API and to apps, and those that were meant for hosts that it does not stand in for."""

    def __init__(self, account: Mapping[str, Canary], client_secret: str, api_key: str) -> None:
        super().__init__(client_secret=client_secret, api_key=api_key)
        app = SandboxApp(APP, "Canaries", False, fields=tuple(account))
        self._project.apps[APP] = app  # type: ignore[index] - a dict, which nobody else is to change
        self._project.put(SandboxAccount(ACCOUNT, app, "All shapes", values_of(account)))
        self.seen: list[Request] = []
        self.tokens: list[str] = []
        """The access tokens that were given out: they are secrets, too."""
        self.echo: Callable[[Request], Answer] | None = None
        """What the API answers in place of all it should, made of the request."""
        self.answer: Callable[[Request], Answer] = self._listener.answer
        """What it answers otherwise."""
        self._listener.answer = self._see

    def to_api(self) -> list[Request]:
        """What the API was asked."""
        return [request for request in self.seen if request.host in _API]

    def to_others(self) -> list[Request]:
        """What was meant for any other host: an app, or one that nobody here knows."""
        return [request for request in self.seen if request.host not in _API]

    def _see(self, request: Request) -> Answer:
        self.seen.append(request)
        if self.echo and request.host in _API:
            return self.echo(request)
        given = self.answer(request)
        if request.host in _API and request.path == "/v1/oauth/token" and isinstance(given.document, dict):
            self.tokens += [str(given.document["access_token"])] if "access_token" in given.document else []
        return given
