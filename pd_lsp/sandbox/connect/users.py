"""External users (docs/platform.md, section 4.3)."""

from pd_lsp.sandbox.answers import DONE, NOT_FOUND
from pd_lsp.sandbox.connect.tokens import ConnectTokens
from pd_lsp.sandbox.exchange import Answer, Request
from pd_lsp.sandbox.pages import Listing, page_of
from pd_lsp.sandbox.project import ExternalUser, Project


def listed(request: Request, project: Project, environment: str) -> Answer:
    """The users of an environment, by pages; `q` is a part of their external id."""
    wanted = request.query.get("q", "").casefold()
    found = [
        user
        for user in project.users.values()
        if user.environment == environment and wanted in user.external_id.casefold()
    ]
    return page_of(request, Listing(found), ExternalUser.as_json)


def delete(project: Project, tokens: ConnectTokens, environment: str, external_id: str) -> Answer:
    """Removes a user, all accounts of theirs and the tokens that were made for them."""
    user = project.users.get(ExternalUser(environment, external_id).id)
    if not user:
        return NOT_FOUND
    project.remove_user(user)
    tokens.forget(environment, external_id)
    return DONE
