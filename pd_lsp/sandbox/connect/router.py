"""Which call of the Connect API is answered by what."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial

from pd_lsp.sandbox.accounts import ENVIRONMENTS
from pd_lsp.sandbox.answers import NOT_FOUND, by_method, refused
from pd_lsp.sandbox.connect import accounts, apps, users
from pd_lsp.sandbox.connect.proxy import METHODS, proxied
from pd_lsp.sandbox.connect.scopes import allows, scope_of
from pd_lsp.sandbox.connect.tokens import ConnectTokens
from pd_lsp.sandbox.exchange import Answer, Request
from pd_lsp.sandbox.project import PROJECT, Project


@dataclass(frozen=True, slots=True)
class ConnectApi:
    """The API of one project; `ask_app` answers what its proxy passes on."""

    project: Project
    tokens: ConnectTokens
    ask_app: Callable[[Request], Answer]

    def answer(self, request: Request, rest: list[str], scopes: Collection[str]) -> Answer:
        """The answer to a request for the path `rest`, below `/v1/connect`, of somebody whose token has `scopes`."""
        environment = request.headers.get("x-pd-environment", "")
        if not environment:
            return refused("x-pd-environment header is required")
        if environment not in ENVIRONMENTS:
            return NOT_FOUND
        match rest:
            case ["apps"]:
                return by_method(request, {"GET": partial(apps.listed, request, self.project)})
            case ["apps", named]:
                return by_method(request, {"GET": partial(apps.one, self.project, named)})
            case ["app_categories"]:
                return by_method(request, {"GET": apps.categories})
            case ["app_categories", named]:
                return by_method(request, {"GET": partial(apps.category, named)})
            case ["tokens", token, "validate"]:
                return by_method(request, {"GET": partial(self.tokens.validate, request, self.project, token)})
            case [project, *inside] if project == PROJECT:
                if not allows(scopes, scope_of(request.method, inside)):
                    return refused("insufficient_scope", 403)
                return self._inside(request, inside, environment)
        return NOT_FOUND

    def _inside(self, request: Request, inside: list[str], environment: str) -> Answer:
        asked = (request, self.project, environment)
        match inside:
            case ["accounts"]:
                calls = {"GET": partial(accounts.listed, *asked), "POST": partial(accounts.create, *asked, self.tokens)}
            case ["accounts", account_id]:
                calls = {
                    "GET": partial(accounts.one, *asked, account_id),
                    "DELETE": partial(accounts.delete, self.project, environment, account_id),
                }
            case ["apps", named, "accounts"]:
                calls = {"DELETE": partial(accounts.delete_by_app, self.project, environment, named)}
            case ["users"]:
                calls = {"GET": partial(users.listed, *asked)}
            case ["users", user]:
                calls = {"DELETE": partial(users.delete, self.project, self.tokens, environment, user)}
            case ["users", user, "accounts"]:
                calls = {"GET": partial(accounts.listed_by_user, *asked, user)}
            case ["tokens"]:
                calls = {"POST": partial(self.tokens.create, *asked)}
            case ["projects", "info"]:
                calls = {"GET": partial(apps.project_info, self.project)}
            case ["proxy", url_64]:
                calls = dict.fromkeys(METHODS, partial(proxied, *asked, url_64, self.ask_app))
            case _:
                return NOT_FOUND
        return by_method(request, calls)
