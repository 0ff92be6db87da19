"""api.linear.app: GraphQL, of which it answers one question: who am I."""

from pd_lsp.sandbox.exchange import Answer, Request
from pd_lsp.sandbox.world import World


def answer(request: Request, world: World) -> Answer:
    """The answer to one query. A key stands in `Authorization` without any scheme."""
    if world.account("linear_app", "api_key", request.headers.get("authorization", "").strip()) is None:
        return _error(401, "Authentication required, not authenticated", "AUTHENTICATION_ERROR")
    if (request.method, request.parts) != ("POST", ["graphql"]):
        return Answer(404, {"error": "Not found"})
    query = request.fields().get("query")
    if not isinstance(query, str) or "viewer" not in query:
        return _error(400, "Cannot query this field in the sandbox", "GRAPHQL_VALIDATION_FAILED")
    return Answer(200, {"data": {"viewer": {"id": "sandbox-viewer", "name": "Sandy Box", "email": "s@example.com"}}})


def _error(status: int, message: str, code: str) -> Answer:
    return Answer(status, {"errors": [{"message": message, "extensions": {"code": code}}], "data": None})
