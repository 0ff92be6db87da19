"""The accounts of the workspace: here, those of the sandbox's first external user (docs/platform.md, section 3).

The workflows name them by the same ids. Credentials of all of them are given out, those of accounts that were made
with Pipedream's own OAuth client included: that was the use of this call.
"""

from datetime import datetime, timezone
from typing import Any

from pd_lsp.sandbox.accounts import ENVIRONMENTS, USER, SandboxAccount
from pd_lsp.sandbox.answers import NOT_FOUND
from pd_lsp.sandbox.exchange import Answer, Request
from pd_lsp.sandbox.pages import Listing, page_of
from pd_lsp.sandbox.project import Project, Wanted

_NOBODYS: Listing[SandboxAccount] = Listing(())


def listed(request: Request, project: Project, *, silent: bool) -> Answer:
    """All accounts, or those of one app, by pages; `silent` as in `one`."""
    named = request.query.get("app")
    app = project.app(named) if named else None
    wanted = Wanted(ENVIRONMENTS[0], USER, app, request.query.get("oauth_app_id"))
    found = _NOBODYS if named and not app else project.listing(wanted)
    return page_of(request, found, lambda account: _shown(request, account, silent), ends=False)


def one(request: Request, project: Project, account_id: str, *, silent: bool) -> Answer:
    """One account inside `data`, with its credentials where the request asks for them and the API is not `silent`."""
    account = project.account(ENVIRONMENTS[0], account_id)
    if account is None or account.external_user != USER:
        return NOT_FOUND
    return Answer(200, {"data": _shown(request, account, silent)})


def _shown(request: Request, account: SandboxAccount, silent: bool) -> dict[str, Any]:
    shown = {
        "id": account.id,
        "created_at": account.created,
        "updated_at": account.created,
        "name": account.name,
        "app": {"id": account.app.id, "name": account.app.name},
        "healthy": account.healthy and not account.dead,
    }
    if silent or request.query.get("include_credentials") not in ("true", "1"):
        return shown
    ends = account.renewals(datetime.now(timezone.utc))["expires_at"]
    return {**shown, "expires_at": ends, "credentials": dict(account.credentials)}
