"""Makes pd_lsp/catalog/apps.json, what pd-lsp needs to know of apps, from the table of facts beside this script."""  # noqa: INP001 - a script, no package

import json
from pathlib import Path
from typing import Any

_FACTS = Path(__file__).with_name("apps.json")
CATALOG = Path(__file__).parent.parent / "pd_lsp" / "catalog" / "apps.json"
"""The file that is made."""


def catalog_text() -> str:
    """The catalogue as JSON text, one app a line, so that a change of one app changes one line."""
    facts = json.loads(_FACTS.read_text("utf-8"))
    rows = sorted((app["slug"], _row(app)) for app in facts)
    return "{\n" + ",\n".join(f"{_json(slug)}:{_json(row)}" for slug, row in rows) + "\n}\n"


def _row(app: dict[str, Any]) -> dict[str, Any]:
    row = {
        "name": app["name"],
        "auth": app["auth_type"],
        "keys": {key["name"]: int(key["secret"]) for key in app["auth_keys"]},
        "url": app["base_url"],
        "placement": _placement(app["auth_placement"]),
        "sdk": _sdk(app["python_sdk"]),
        "reviewed": int(app["reviewed"]),
        "inferred": app.get("inferred_fields"),
    }
    return {name: value for name, value in row.items() if value not in (None, [])}


def _placement(placement: dict[str, Any] | None) -> dict[str, Any] | None:
    """Kind, note, and `parts`: what is sent under which name, whatever the kind calls it."""
    if placement is None:
        return None
    parts: dict[str, str] = {}
    match placement:
        case {"kind": "header", "name": name, "value": value}:
            parts = {name: value}
        case {"kind": "headers", "headers": dict(sent)} | {"kind": "query" | "body", "params": dict(sent)}:
            parts = sent
        case {"kind": "basic", "username": username, "password": password}:
            parts = {"username": username, "password": password}
        case {"kind": "path", "value": value}:
            parts = {"path": value}
    row = {"kind": placement["kind"], "parts": parts, "note": placement.get("note")}
    return {name: value for name, value in row.items() if value}


def _sdk(sdk: dict[str, Any] | None) -> dict[str, Any] | None:
    return sdk and {name: sdk[name] for name in ("package", "import", "usage")}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    CATALOG.write_text(catalog_text(), "utf-8")
