"""A Mastodon server."""

from html import escape

from pd_lsp.sandbox.exchange import Answer, Request
from pd_lsp.sandbox.world import World

_LONGEST = 500


def answer(request: Request, world: World) -> Answer:
    """The answer to one call of the API."""
    if world.account("mastodon", "access_token", request.bearer) is None:
        return Answer(401, {"error": "The access token is invalid"})
    match request.method, request.parts:
        case "GET", ["api", "v1", "accounts", "verify_credentials"]:
            told = len(world.kept("mastodon/statuses"))
            return Answer(200, {"id": "1", "username": "me", "acct": "me", "statuses_count": told})
        case "POST", ["api", "v1", "statuses"]:
            return _post(request, world)
        case _:
            return Answer(404, {"error": "Record not found"})


def _post(request: Request, world: World) -> Answer:
    text = str(request.fields().get("status") or "")
    if not text:
        return Answer(422, {"error": "Validation failed: Text can't be blank"})
    if len(text) > _LONGEST:
        return Answer(422, {"error": f"Validation failed: Text character limit of {_LONGEST} exceeded"})
    number = next(world.numbers)
    status = {"id": str(number), "content": f"<p>{escape(text)}</p>", "url": f"https://{request.host}/@me/{number}"}
    world.keep("mastodon/statuses", status)
    return Answer(200, status)
