"""sheets.googleapis.com and the user info of www.googleapis.com."""

from urllib.parse import unquote

from pd_lsp.sandbox.exchange import Answer, Request
from pd_lsp.sandbox.world import World

_HEADER = ["name", "email", "plan"]


def answer(request: Request, world: World) -> Answer:
    """The answer to one call of a Google API."""
    account = world.account("google_sheets", "oauth_access_token", request.bearer)
    if account is None:
        return _error(401, "UNAUTHENTICATED", "Request had invalid authentication credentials.")
    match request.method, [unquote(part) for part in request.path.split("/")[1:]]:
        case "GET", ["oauth2", "v1", "userinfo"]:
            return Answer(200, {"id": "1", "email": account.name, "verified_email": True})
        case "GET", ["v4", "spreadsheets", sheet, "values", cells]:
            rows = [_HEADER, *world.kept[f"sheets/{sheet}"]]
            return Answer(200, {"range": cells, "majorDimension": "ROWS", "values": rows})
        case "POST", ["v4", "spreadsheets", sheet, "values", cells] if cells.endswith(":append"):
            return _append(request, world, sheet, cells.removesuffix(":append"))
        case _:
            return _error(404, "NOT_FOUND", "Requested entity was not found.")


def _append(request: Request, world: World, sheet: str, cells: str) -> Answer:
    rows = request.fields().get("values")
    if "valueInputOption" not in request.query:
        return _error(400, "INVALID_ARGUMENT", "'valueInputOption' is required but not specified")
    if not isinstance(rows, list):
        return _error(400, "INVALID_ARGUMENT", "Invalid JSON payload received.")
    start = len(world.kept[f"sheets/{sheet}"]) + 2
    world.kept[f"sheets/{sheet}"].extend(rows)
    tab = cells.partition("!")[0]
    updates = {
        "spreadsheetId": sheet,
        "updatedRange": f"{tab}!A{start}:C{start + len(rows) - 1}",
        "updatedRows": len(rows),
    }
    return Answer(200, {"spreadsheetId": sheet, "tableRange": cells, "updates": updates})


def _error(status: int, kind: str, message: str) -> Answer:
    return Answer(status, {"error": {"code": status, "message": message, "status": kind}})
