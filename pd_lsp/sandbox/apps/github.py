"""api.github.com: the user, and the issues of a repository with Link headers for pages."""

import re

from pd_lsp.sandbox.exchange import Answer, Request
from pd_lsp.sandbox.world import World

_DOCS = "https://docs.github.com/rest"
_NUMBER = re.compile(r"[0-9]{1,6}")
_FIRST = (
    ("Completion inside f-strings", "open"),
    ("Templates for every app", "open"),
    ("Runs leave no process behind", "closed"),
)


def answer(request: Request, world: World) -> Answer:
    """The answer to one call of the REST API."""
    if "user-agent" not in request.headers:
        return _error(403, "Request forbidden by administrative rules. Please send a User-Agent header.")
    scheme, token = request.authorization
    account = world.account("github", "oauth_access_token", token) if scheme in {"bearer", "token"} else None
    if account is None:
        return _error(401, "Bad credentials" if token else "Requires authentication")
    match request.method, request.parts:
        case "GET", ["user"]:
            return Answer(200, {"login": account.name, "id": 1, "type": "User", "public_repos": 2})
        case "GET", ["repos", owner, repository, "issues"]:
            return _issues(request, world, f"{owner}/{repository}")
        case "POST", ["repos", owner, repository, "issues"]:
            return _create(request, world, f"{owner}/{repository}", account.name)
        case _:
            return _error(404, "Not Found")


def _issues(request: Request, world: World, repository: str) -> Answer:
    first = [_issue(number, title, state, "octo-work", repository) for number, (title, state) in enumerate(_FIRST, 1)]
    wanted = request.query.get("state", "open")
    found = [issue for issue in [*first, *world.kept(f"github/{repository}")] if wanted in ("all", issue["state"])]
    size = min(_number(request.query.get("per_page"), 30), 100)
    page = _number(request.query.get("page"), 1)
    links = _links(
        f"https://api.github.com/repos/{repository}/issues?state={wanted}", size, page, -(-len(found) // size)
    )
    return Answer(200, found[(page - 1) * size : page * size], {"Link": links} if links else {})


def _links(url: str, size: int, page: int, last: int) -> str:
    places = {"prev": page - 1, "next": page + 1, "last": last, "first": 1}
    shown = [name for name in places if (page < last if name in {"next", "last"} else page > 1)]
    return ", ".join(f'<{url}&per_page={size}&page={places[name]}>; rel="{name}"' for name in shown)


def _create(request: Request, world: World, repository: str, login: str) -> Answer:
    title = request.fields().get("title")
    if not isinstance(title, str) or not title:
        missing = {"resource": "Issue", "code": "missing_field", "field": "title"}
        return Answer(422, {"message": "Validation Failed", "errors": [missing], "documentation_url": _DOCS})
    number = len(_FIRST) + next(world.numbers)
    issue = _issue(number, title, "open", login, repository)
    world.keep(f"github/{repository}", issue)
    return Answer(201, issue, {"Location": f"https://api.github.com/repos/{repository}/issues/{number}"})


def _issue(number: int, title: str, state: str, login: str, repository: str) -> dict[str, object]:
    url = f"https://github.com/{repository}/issues/{number}"
    return {"number": number, "title": title, "state": state, "html_url": url, "user": {"login": login}, "labels": []}


def _number(text: str | None, otherwise: int) -> int:
    return max(int(text), 1) if text and _NUMBER.fullmatch(text) else otherwise


def _error(status: int, message: str) -> Answer:
    return Answer(status, {"message": message, "documentation_url": _DOCS, "status": str(status)})
