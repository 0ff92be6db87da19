"""sheets.googleapis.com, and of www.googleapis.com the user info and the list of calendars."""

from pd_lsp.sandbox.exchange import Answer, Request
from pd_lsp.sandbox.world import World

_HEADER = ["name", "email", "plan"]
_APPS = {"v4": "google_sheets", "calendar": "google_calendar"}
"""Which app's tokens open what begins so."""
_SCHEME = {"WWW-Authenticate": 'Bearer realm="https://accounts.google.com/"'}


def answer(request: Request, world: World) -> Answer:
    """The answer to one call of a Google API."""
    found = (world.account(app, "oauth_access_token", request.bearer) for app in ("google_sheets", "google_calendar"))
    account = next(filter(None, found), None)
    if account is None:
        refused = _error(401, "UNAUTHENTICATED", "Request had invalid authentication credentials.")
        return Answer(refused.status, refused.document, _SCHEME)
    if _APPS.get(request.parts[0], account.app.slug) != account.app.slug:
        return _error(403, "PERMISSION_DENIED", "Request had insufficient authentication scopes.")
    match request.method, request.parts:
        case "GET", ["calendar", "v3", "users", "me", "calendarList"]:
            calendar = {"kind": "calendar#calendarListEntry", "id": account.name, "summary": "Team", "primary": True}
            return Answer(200, {"kind": "calendar#calendarList", "items": [calendar]})
        case "GET", ["oauth2", "v1", "userinfo"]:
            return Answer(200, {"id": "1", "email": account.name, "verified_email": True})
        case "GET", ["v4", "spreadsheets", sheet, "values", cells]:
            rows = [_HEADER, *world.kept(f"sheets/{sheet}/{_tab(cells)}")]
            return Answer(200, {"range": cells, "majorDimension": "ROWS", "values": rows})
        case "POST", ["v4", "spreadsheets", sheet, "values", cells] if cells.endswith(":append"):
            return _append(request, world, sheet, cells.removesuffix(":append"))
        case _:
            return _error(404, "NOT_FOUND", "Requested entity was not found.")


def _append(request: Request, world: World, sheet: str, cells: str) -> Answer:
    rows = request.fields().get("values")
    if request.query.get("valueInputOption") not in {"RAW", "USER_ENTERED"}:
        return _error(400, "INVALID_ARGUMENT", "'valueInputOption' is required but not specified")
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        return _error(400, "INVALID_ARGUMENT", "Invalid JSON payload received.")
    tab = _tab(cells)
    start = len(world.kept(f"sheets/{sheet}/{tab}")) + 2
    for row in rows:
        world.keep(f"sheets/{sheet}/{tab}", row)
    columns = max((len(row) for row in rows), default=0)
    updates = {
        "spreadsheetId": sheet,
        "updatedRange": f"{tab}!A{start}:{chr(ord('A') + max(columns - 1, 0) % 26)}{start + len(rows) - 1}",
        "updatedRows": len(rows),
        "updatedColumns": columns,
        "updatedCells": sum(len(row) for row in rows),
    }
    return Answer(200, {"spreadsheetId": sheet, "tableRange": cells, "updates": updates})


def _tab(cells: str) -> str:
    """The tab that a range such as `'Sign-ups'!A:C` names; the first one where it names none."""
    tab, mark, _ = cells.rpartition("!")
    return tab.strip("'") if mark else "Sheet1"


def _error(status: int, kind: str, message: str) -> Answer:
    return Answer(status, {"error": {"code": status, "message": message, "status": kind}})
