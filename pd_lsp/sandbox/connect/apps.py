"""Apps and their categories (docs/platform.md, section 4.5)."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from pd_lsp.sandbox.answers import NOT_FOUND, refused
from pd_lsp.sandbox.connect.placement import proxy_json
from pd_lsp.sandbox.directory import CATEGORIES, SandboxApp, category_id, category_json
from pd_lsp.sandbox.exchange import Answer, Request
from pd_lsp.sandbox.pages import Listing, page_of
from pd_lsp.sandbox.project import Project

_SORTED: dict[str, Callable[[SandboxApp], Any]] = {
    "name": lambda app: app.name.casefold(),
    "name_slug": lambda app: app.slug,
    "featured_weight": lambda app: app.weight,
}
_HAVING: dict[str, Callable[[SandboxApp], bool]] = {
    "has_actions": lambda app: app.actions,
    "has_triggers": lambda app: app.triggers,
    "has_components": lambda app: app.actions or app.triggers,
}
_YES, _DIRECTIONS = ("1", "true"), ("", "asc", "desc")


def listed(request: Request, project: Project, *, ends: bool = True) -> Answer:
    """The apps that the request's filters leave, by pages. `ends` as in `page_of`."""
    key, direction = request.query.get("sort_key", ""), request.query.get("sort_direction", "")
    if key and key not in _SORTED:
        return refused(f"sort_key must be one of {', '.join(_SORTED)}")
    if direction not in _DIRECTIONS:
        return refused("sort_direction must be asc or desc")
    found = list(_filtered(request, project.apps.values()))
    if key:
        found.sort(key=_SORTED[key])
    if direction == "desc":
        found.reverse()
    return page_of(request, Listing(found), listed_json, ends=ends)


def _filtered(request: Request, apps: Iterable[SandboxApp]) -> Iterator[SandboxApp]:
    text = request.query.get("q", "").casefold()
    categories = request.all_of("category_ids")
    having = [has for name, has in _HAVING.items() if request.query.get(name) in _YES]
    for app in apps:
        fits = text in app.name.casefold() or text in app.slug
        if fits and (not categories or category_id(app.category) in categories) and all(has(app) for has in having):
            yield app


def one(project: Project, named: str) -> Answer:
    """The app with this slug or id, inside `data`."""
    app = project.app(named)
    return Answer(200, {"data": listed_json(app)}) if app else NOT_FOUND


def listed_json(app: SandboxApp) -> dict[str, Any]:
    """An app, as lists of apps show it."""
    return {**app.as_json(), "oauth_app_id": app.oauth_app_id, "connect": proxy_json(app)}


def categories() -> Answer:
    """All categories, as a bare list."""
    return Answer(200, [category_json(name) for name in CATEGORIES])


def category(named: str) -> Answer:
    """The category with this id, bare."""
    found = next((name for name in CATEGORIES if category_id(name) == named), None)
    return Answer(200, category_json(found)) if found else NOT_FOUND


def project_info(project: Project) -> Answer:
    """The apps for which the project has OAuth clients of its own (section 4.6)."""
    own = {
        account.app.id: account.app for account in project.accounts.values() if account.app.oauth and account.readable
    }
    return Answer(200, {"apps": [{"id": app.id, "name_slug": app.slug} for app in own.values()]})
