"""Answers that several calls of Pipedream's API share (docs/platform.md, section 4.8)."""

from collections.abc import Callable, Mapping

from pd_lsp.sandbox.exchange import Answer, Request

NOT_FOUND = Answer(404, {"error": "record not found"})
UNAUTHORIZED = Answer(401, {"error": "Unauthorized"})
DONE = Answer(204, None)


def refused(sentence: str, status: int = 400) -> Answer:
    """A refusal that says why."""
    return Answer(status, {"error": sentence})


def by_method(request: Request, calls: Mapping[str, Callable[[], Answer]]) -> Answer:
    """The answer of the call that there is for the request's method, or which methods there are."""
    call = calls.get(request.method)
    return call() if call else Answer(405, {"error": "method not allowed"}, {"Allow": ", ".join(calls)})
