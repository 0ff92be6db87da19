"""api.spotify.com: who am I."""

from pd_lsp.sandbox.exchange import Answer, Request
from pd_lsp.sandbox.world import World


def answer(request: Request, world: World) -> Answer:
    """The answer to one call of the Web API."""
    if not request.bearer:
        return _error(401, "No token provided")
    account = world.account("spotify", "oauth_access_token", request.bearer)
    if account is None:
        return _error(401, "The access token expired" if world.issued("spotify", request.bearer) else "Invalid token")
    if (request.method, request.parts) != ("GET", ["v1", "me"]):
        return _error(404, "Service not found")
    return Answer(200, {"id": account.external_user, "display_name": account.name, "type": "user"})


def _error(status: int, message: str) -> Answer:
    return Answer(status, {"error": {"status": status, "message": message}})
