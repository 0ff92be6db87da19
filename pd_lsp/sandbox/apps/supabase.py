"""A Supabase project's REST endpoint: tables of rows."""

from pd_lsp.sandbox.exchange import Answer, Request
from pd_lsp.sandbox.world import World


def answer(request: Request, world: World) -> Answer:
    """The answer to one call of PostgREST."""
    key = request.headers.get("apikey", "")
    if not key:
        return Answer(401, {"message": "No API key found in request", "hint": "No `apikey` request header was found."})
    if world.account("supabase", "service_key", key) is None:
        return Answer(401, {"message": "Invalid API key", "hint": "Double check your Supabase API key."})
    table = request.path.removeprefix("/rest/v1/")
    if request.method == "GET" and not table:
        return Answer(200, {"swagger": "2.0", "paths": {f"/{name}": {} for name in _tables(world)}})
    if request.method == "GET":
        return Answer(200, world.kept[f"supabase/{table}"])
    if request.method == "POST" and table:
        row = request.fields()
        world.kept[f"supabase/{table}"].append(row)
        return Answer(201, [row] if "return=representation" in request.headers.get("prefer", "") else None)
    return Answer(404, {"message": "not found"})


def _tables(world: World) -> list[str]:
    return [place.removeprefix("supabase/") for place in world.kept if place.startswith("supabase/")] or ["signups"]
