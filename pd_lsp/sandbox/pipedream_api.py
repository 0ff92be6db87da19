"""Pipedream's API: who signs in, and Connect (docs/platform.md, section 4)."""

from dataclasses import dataclass
from functools import partial

from pd_lsp.sandbox.answers import NOT_FOUND, UNAUTHORIZED, by_method
from pd_lsp.sandbox.connect import ConnectApi
from pd_lsp.sandbox.exchange import Answer, Request
from pd_lsp.sandbox.signing_in import AccessTokens


@dataclass(frozen=True, slots=True)
class PipedreamApi:
    """Everything that answers at `api.pipedream.com`."""

    tokens: AccessTokens
    connect: ConnectApi

    def answer(self, request: Request) -> Answer:
        """The answer to one request. Whoever does not sign in learns nothing of what is there."""
        match request.parts:
            case ["v1", "oauth", "token"]:
                return by_method(request, {"POST": partial(self.tokens.create, request)})
            case ["v1", "oauth", "revoke"]:
                return by_method(request, {"POST": partial(self.tokens.revoke, request)})
        scopes = self.tokens.scopes(request.bearer)
        if scopes is None:
            return UNAUTHORIZED
        match request.parts:
            case ["v1", "connect", *rest]:
                return self.connect.answer(request, rest, scopes)
        return NOT_FOUND
