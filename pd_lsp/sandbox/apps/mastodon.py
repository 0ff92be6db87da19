"""A Mastodon server."""

from pd_lsp.sandbox.exchange import Answer, Request
from pd_lsp.sandbox.world import World


def answer(request: Request, world: World) -> Answer:
    """The answer to one call of the API."""
    account = world.account("mastodon", "access_token", request.bearer)
    if account is None:
        return Answer(401, {"error": "The access token is invalid"})
    match request.method, request.path:
        case "GET", "/api/v1/accounts/verify_credentials":
            return Answer(
                200, {"id": "1", "username": "me", "acct": "me", "statuses_count": len(world.kept["mastodon"])}
            )
        case "POST", "/api/v1/statuses":
            text = request.fields().get("status")
            if not text:
                return Answer(422, {"error": "Validation failed: Text can't be blank"})
            number = next(world.numbers)
            status = {"id": str(number), "content": f"<p>{text}</p>", "url": f"https://{request.host}/@me/{number}"}
            world.kept["mastodon"].append(status)
            return Answer(200, status)
        case _:
            return Answer(404, {"error": "Record not found"})
