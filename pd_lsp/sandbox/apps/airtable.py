"""api.airtable.com."""

from pd_lsp.sandbox.exchange import Answer, Request
from pd_lsp.sandbox.world import World


def answer(request: Request, world: World) -> Answer:
    """The answer to one call of the Web API."""
    account = world.account("airtable_oauth", "oauth_access_token", request.bearer)
    if account is None:
        return Answer(401, {"error": {"type": "AUTHENTICATION_REQUIRED", "message": "Authentication required"}})
    match request.method, request.path.split("/")[1:]:
        case "GET", ["v0", "meta", "whoami"]:
            return Answer(200, {"id": "usrSandbox", "scopes": ["data.records:read"]})
        case "GET", ["v0", base, table]:
            return Answer(200, {"records": world.kept[f"airtable/{base}/{table}"]})
        case "POST", ["v0", base, table]:
            record = {"id": f"rec{next(world.numbers)}", "fields": request.fields().get("fields", {})}
            world.kept[f"airtable/{base}/{table}"].append(record)
            return Answer(200, record)
        case _:
            return Answer(404, {"error": "NOT_FOUND"})
