"""api.github.com: the user, and the issues of a repository with Link headers for pages."""

from pd_lsp.sandbox.exchange import Answer, Request
from pd_lsp.sandbox.world import World

_DOCS = "https://docs.github.com/rest"
_FIRST = (
    ("Completion inside f-strings", "open"),
    ("Templates for every app", "open"),
    ("Runs leave no process behind", "closed"),
)


def answer(request: Request, world: World) -> Answer:
    """The answer to one call of the REST API."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    account = world.account("github", "oauth_access_token", token) if scheme.lower() in ("bearer", "token") else None
    if account is None:
        status = "Bad credentials" if token else "Requires authentication"
        return Answer(401, {"message": status, "documentation_url": _DOCS, "status": "401"})
    match request.method, request.path.split("/")[1:]:
        case "GET", ["user"]:
            return Answer(200, {"login": account.name, "id": 1, "type": "User", "public_repos": 2})
        case "GET", ["repos", owner, repository, "issues"]:
            return _issues(request, world, f"{owner}/{repository}")
        case "POST", ["repos", owner, repository, "issues"]:
            return _create(request, world, f"{owner}/{repository}", account.name)
        case _:
            return Answer(404, {"message": "Not Found", "documentation_url": _DOCS, "status": "404"})


def _issues(request: Request, world: World, repository: str) -> Answer:
    first = [_issue(number, title, state, "octo-work", repository) for number, (title, state) in enumerate(_FIRST, 1)]
    wanted = request.query.get("state", "open")
    found = [issue for issue in [*first, *world.kept[f"github/{repository}"]] if wanted in ("all", issue["state"])]
    size = min(max(_number(request.query.get("per_page"), 30), 1), 100)
    page = max(_number(request.query.get("page"), 1), 1)
    shown, more = found[(page - 1) * size : page * size], len(found) > page * size
    following = f'<https://api.github.com/repos/{repository}/issues?per_page={size}&page={page + 1}>; rel="next"'
    return Answer(200, shown, {"Link": following} if more else {})


def _create(request: Request, world: World, repository: str, login: str) -> Answer:
    title = request.fields().get("title")
    if not isinstance(title, str) or not title:
        return Answer(422, {"message": "Validation Failed", "errors": [{"code": "missing_field", "field": "title"}]})
    number = len(_FIRST) + len(world.kept[f"github/{repository}"]) + 1
    issue = _issue(number, title, "open", login, repository)
    world.kept[f"github/{repository}"].append(issue)
    return Answer(201, issue)


def _issue(number: int, title: str, state: str, login: str, repository: str) -> dict[str, object]:
    url = f"https://github.com/{repository}/issues/{number}"
    return {"number": number, "title": title, "state": state, "html_url": url, "user": {"login": login}, "labels": []}


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdigit() else otherwise
