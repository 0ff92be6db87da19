"""api.notion.com/v1: who am I, a database's pages, a new page."""

from uuid import UUID

from pd_lsp.sandbox.exchange import Answer, Request
from pd_lsp.sandbox.world import World


def answer(request: Request, world: World) -> Answer:
    """The answer to one call of the API."""
    if world.account("notion", "oauth_access_token", request.bearer) is None:
        return _error(401, "unauthorized", "API token is invalid.")
    if "notion-version" not in request.headers:
        return _error(400, "missing_version", "Notion-Version header should be defined.")
    match request.method, request.parts:
        case "GET", ["v1", "users", "me"]:
            return Answer(200, {"object": "user", "id": "sandbox-bot", "type": "bot", "name": "Sandbox"})
        case "POST", ["v1", "databases", database, "query"]:
            pages = world.kept(f"notion/{database}")
            return Answer(200, {"object": "list", "results": pages, "has_more": False, "next_cursor": None})
        case "POST", ["v1", "pages"]:
            return _create(request, world)
        case _:
            return _error(400, "invalid_request_url", "Invalid request URL.")


def _create(request: Request, world: World) -> Answer:
    asked = request.fields()
    parent = asked.get("parent")
    if not isinstance(parent, dict) or not isinstance(asked.get("properties"), dict):
        return _error(400, "validation_error", "body failed validation: body.parent should be defined.")
    database = str(parent.get("database_id", ""))
    made = UUID(int=next(world.numbers))
    page = {
        "object": "page",
        "id": str(made),
        "url": f"https://www.notion.so/{made.hex}",
        "parent": parent,
        "properties": asked["properties"],
    }
    world.keep(f"notion/{database}", page)
    return Answer(200, page)


def _error(status: int, code: str, message: str) -> Answer:
    return Answer(status, {"object": "error", "status": status, "code": code, "message": message})
