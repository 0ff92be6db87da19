"""gitlab.com/api/v4."""

from pd_lsp.sandbox.exchange import Answer, Request
from pd_lsp.sandbox.world import World


def answer(request: Request, world: World) -> Answer:
    """The answer to one call of the REST API."""
    token = request.bearer or request.headers.get("private-token", "")
    account = world.account("gitlab", "oauth_access_token", token)
    if account is None:
        return Answer(401, {"message": "401 Unauthorized"})
    if request.method == "GET" and request.parts == ["api", "v4", "user"]:
        return Answer(200, {"id": 1, "username": account.name, "name": "Tanuki", "state": "active"})
    return Answer(404, {"error": "404 Not Found"})
