"""Pipedream's API: Connect for access tokens, the older one for a user's key (docs/platform.md, sections 3 and 4)."""

from dataclasses import dataclass
from functools import partial

from pd_lsp.sandbox.answers import NOT_FOUND, UNAUTHORIZED, by_method
from pd_lsp.sandbox.connect import ConnectApi
from pd_lsp.sandbox.exchange import Answer, Request
from pd_lsp.sandbox.legacy import LegacyApi
from pd_lsp.sandbox.signing_in import AccessTokens


@dataclass(frozen=True, slots=True)
class PipedreamApi:
    """Everything that answers at `api.pipedream.com`."""

    tokens: AccessTokens
    connect: ConnectApi
    legacy: LegacyApi
    api_key: str
    """Opens the older API."""

    def answer(self, request: Request) -> Answer:
        """The answer to one request. Whoever does not sign in learns nothing of what is there."""
        match request.parts:
            case ["v1", "oauth", "token"]:
                return by_method(request, {"POST": partial(self.tokens.create, request)})
            case ["v1", "oauth", "revoke"]:
                return by_method(request, {"POST": partial(self.tokens.revoke, request)})
        by_user = request.bearer == self.api_key
        scopes = self.tokens.scopes(request.bearer)
        match request.parts:
            case ["v1", "connect", *rest] if scopes is not None:
                return self.connect.answer(request, rest, scopes)
            case ["v1", "connect", *_]:
                return UNAUTHORIZED
            case _ if scopes is None and not by_user:
                return UNAUTHORIZED
            case ["v1", *rest]:
                return self.legacy.answer(request, rest, by_user=by_user)
        return NOT_FOUND
