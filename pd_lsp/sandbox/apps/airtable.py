"""api.airtable.com: who am I, and the records of any table."""

from typing import Any

from pd_lsp.sandbox.exchange import Answer, Request
from pd_lsp.sandbox.world import World


def answer(request: Request, world: World) -> Answer:
    """The answer to one call of the Web API."""
    if not request.bearer:
        return _error(401, "AUTHENTICATION_REQUIRED", "Authentication required")
    if world.account("airtable_oauth", "oauth_access_token", request.bearer) is None:
        return _error(401, "UNAUTHORIZED", "Invalid authentication token")
    match request.method, request.parts:
        case "GET", ["v0", "meta", "whoami"]:
            return Answer(200, {"id": "usrSandbox", "scopes": ["data.records:read", "data.records:write"]})
        case "GET", ["v0", base, table]:
            return Answer(200, {"records": world.kept(f"airtable/{base}/{table}")})
        case "POST", ["v0", base, table]:
            return _create(request, world, f"airtable/{base}/{table}")
        case _:
            return Answer(404, {"error": "NOT_FOUND"})


def _create(request: Request, world: World, table: str) -> Answer:
    asked = request.fields()
    wanted = asked.get("records", [asked])
    if not isinstance(wanted, list) or not all(isinstance(_fields(one), dict) for one in wanted):
        return _error(422, "INVALID_REQUEST_MISSING_FIELDS", 'Could not find field "fields" in the request body')
    made = [
        {"id": f"recSandbox{next(world.numbers):07}", "createdTime": "2026-01-05T10:00:00.000Z", "fields": _fields(one)}
        for one in wanted
    ]
    for record in made:
        world.keep(table, record)
    return Answer(200, {"records": made} if "records" in asked else made[0])


def _fields(record: Any) -> Any:
    return record.get("fields") if isinstance(record, dict) else None


def _error(status: int, kind: str, message: str) -> Answer:
    return Answer(status, {"error": {"type": kind, "message": message}})
