"""A Supabase project's REST endpoint: any table exists, and holds what was inserted."""

from pd_lsp.sandbox.exchange import Answer, Request
from pd_lsp.sandbox.world import World


def answer(request: Request, world: World) -> Answer:
    """The answer to one call of PostgREST."""
    refused = _refused(request, world)
    if refused:
        return refused
    match request.method, request.parts:
        case "GET", ["rest", "v1"]:
            tables = world.places("supabase") or ["signups"]
            return Answer(200, {"swagger": "2.0", "paths": {f"/{table}": {} for table in tables}})
        case "GET", ["rest", "v1", table]:
            return Answer(200, world.kept(f"supabase/{table}"))
        case "POST", ["rest", "v1", table]:
            return _insert(request, world, table)
        case _:
            return Answer(404, {"code": "PGRST125", "message": "Invalid path specified in request URL"})


def _refused(request: Request, world: World) -> Answer | None:
    """The gateway wants `apikey`; the database behind it, that a token beside it is good, too."""
    key = request.headers.get("apikey", "")
    if not key:
        return Answer(401, {"message": "No API key found in request", "hint": "No `apikey` request header was found."})
    if world.account("supabase", "service_key", key) is None:
        return Answer(401, {"message": "Invalid API key", "hint": "Double check your Supabase API key."})
    if request.bearer and world.account("supabase", "service_key", request.bearer) is None:
        wrong = "JWSError JWSInvalidSignature"
        return Answer(401, {"code": "PGRST301", "details": None, "hint": None, "message": wrong})
    return None


def _insert(request: Request, world: World, table: str) -> Answer:
    asked = request.json()
    rows = asked if isinstance(asked, list) else [asked]
    if not all(isinstance(row, dict) for row in rows):
        return Answer(400, {"code": "PGRST102", "details": None, "hint": None, "message": "Empty or invalid json"})
    for row in rows:
        world.keep(f"supabase/{table}", row)
    return Answer(201, rows if "return=representation" in request.headers.get("prefer", "") else None)
