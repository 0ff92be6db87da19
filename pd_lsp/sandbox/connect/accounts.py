"""Accounts: listed, looked at, connected by their keys, removed (docs/platform.md, sections 4.3 and 4.4)."""

import json
import secrets
import string
from dataclasses import replace
from datetime import datetime, timezone
from typing import Any

from pd_lsp.sandbox.accounts import SandboxAccount, timestamp
from pd_lsp.sandbox.answers import DONE, NOT_FOUND, refused
from pd_lsp.sandbox.connect.tokens import ConnectToken, ConnectTokens
from pd_lsp.sandbox.directory import SandboxApp
from pd_lsp.sandbox.exchange import Answer, Request
from pd_lsp.sandbox.pages import Listing, page_of
from pd_lsp.sandbox.project import Project, Wanted

_EMPTY: Listing[SandboxAccount] = Listing(())
_ID_LETTERS = string.ascii_letters + string.digits


def listed(request: Request, project: Project, environment: str) -> Answer:
    """The accounts of a user, or of all users where none is named, by pages."""
    found = _wanted(request, project, environment, request.query.get("external_user_id"))
    return page_of(request, found, lambda account: _shown(request, account))


def listed_by_user(request: Request, project: Project, environment: str, user: str) -> Answer:
    """The accounts of a user as a bare list."""
    return Answer(200, [_shown(request, account) for account in _wanted(request, project, environment, user).items])


def one(request: Request, project: Project, environment: str, account_id: str) -> Answer:
    """An account, without `data` around it."""
    found = project.account(environment, account_id)
    return Answer(200, _shown(request, found)) if found else NOT_FOUND


def create(request: Request, project: Project, environment: str, tokens: ConnectTokens) -> Answer:
    """Connects an account of a key-based app, or puts new keys into one; uses its connect token up."""
    asked = request.fields()
    token = tokens.find(asked.get("connect_token"))
    app = project.app(str(asked.get("app_slug", "")))
    if token is None or token.environment != environment:
        return refused("connect_token is invalid, used or expired")
    if request.query.get("external_user_id", token.external_user) != token.external_user:
        return refused("external_user_id is not that of the connect token")
    if app is None:
        return refused("app_slug names no app")
    if app.oauth:
        return refused(f"{app.name} is connected through its OAuth flow: open the Connect Link")
    keys = _keys(app, asked.get("cfmap_json"))
    if isinstance(keys, str):
        return refused(keys)
    account = _connected(project, app, keys, token, asked)
    if account is None:
        return NOT_FOUND
    tokens.use(token)
    project.put(account)
    return Answer(200, _shown(request, account))


def _connected(
    project: Project, app: SandboxApp, keys: dict[str, str], token: ConnectToken, asked: dict[str, Any]
) -> SandboxAccount | None:
    """The account to keep: a new one, or the one that is connected again; None where there is no such one."""
    name = str(asked.get("name") or "")
    if asked.get("account_id"):
        known = project.account(token.environment, str(asked["account_id"]))
        if not known or (known.app, known.external_user) != (app, token.external_user):
            return None
        return replace(known, credentials=keys, name=name or known.name, healthy=True, dead=False, expired=False)
    return SandboxAccount(
        f"apn_{''.join(secrets.choice(_ID_LETTERS) for _ in range(7))}",
        app,
        name,
        keys,
        environment=token.environment,
        external_user=token.external_user,
        created=timestamp(datetime.now(timezone.utc)),
    )


def _keys(app: SandboxApp, text: Any) -> dict[str, str] | str:
    """The values in `cfmap_json`; a sentence where it does not have what the app needs."""
    try:
        values = json.loads(text) if isinstance(text, str) else None
    except (ValueError, RecursionError):
        values = None
    if not isinstance(values, dict):
        return "cfmap_json is not the JSON text of an object"
    missing = [name for name in app.fields if not isinstance(values.get(name), str) or not values[name]]
    return f"cfmap_json lacks {', '.join(missing)}" if missing else {name: values[name] for name in app.fields}


def delete(project: Project, environment: str, account_id: str) -> Answer:
    """Removes one account."""
    found = project.account(environment, account_id)
    if not found:
        return NOT_FOUND
    project.remove([found])
    return DONE


def delete_by_app(project: Project, environment: str, named: str) -> Answer:
    """Removes all accounts of an app, whoever they belong to."""
    app = project.app(named)
    if not app:
        return NOT_FOUND
    project.remove(project.listing(Wanted(environment, app=app)).items)
    return DONE


def _wanted(request: Request, project: Project, environment: str, user: str | None) -> Listing[SandboxAccount]:
    named = request.query.get("app")
    app = project.app(named) if named else None
    if named and app is None:
        return _EMPTY
    return project.listing(Wanted(environment, user, app, request.query.get("oauth_app_id")))


def _shown(request: Request, account: SandboxAccount) -> dict[str, Any]:
    return account.as_json(with_credentials=request.query.get("include_credentials") in ("true", "1"))
