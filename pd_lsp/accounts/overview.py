"""Who is signed in and what is connected, app by app, as plain JSON for an editor's view: names alone (D3)."""

from collections.abc import Mapping
from typing import Any

from pd_lsp.accounts.sign_in import SignIn
from pd_lsp.model import Account, Accounts


def sign_in_as_json(sign_in: SignIn, *, sandbox: bool) -> dict[str, Any]:
    """Whose accounts are used. No secret is looked for: that a key is nowhere, or is refused, shows when it is used."""
    project = sign_in.project if sign_in.kind == "connect" else None
    return {
        "state": _state(sign_in, sandbox=sandbox),
        "kind": sign_in.kind,
        "project": project.project_id if project else None,
        "environment": project.environment if project else None,
    }


def apps_as_json(accounts: Accounts, chosen: Mapping[str, str], *, sandbox: bool) -> list[dict[str, Any]]:
    """The apps by their names, each with its accounts in the order in which they count.

    `chosen` has by app the id of the account that the person uses where there are several.
    """
    found = [
        {
            "app": app.slug,
            "name": app.name,
            "accounts": [_account(one, chosen.get(app.slug), sandbox=sandbox) for one in accounts.of(app.slug)],
        }
        for app in accounts.apps
    ]
    return sorted(found, key=lambda one: (str(one["name"]).casefold(), str(one["app"])))


def _state(sign_in: SignIn, *, sandbox: bool) -> str:
    if sandbox:
        return "sandbox"
    if sign_in.kind:
        return "signed in"
    return "local only" if sign_in.local_accounts else "signed out"


def _account(account: Account, chosen: str | None, *, sandbox: bool) -> dict[str, Any]:
    return {
        "id": account.id,
        "name": account.label,
        "state": account.condition,
        "provider": _provider(account, sandbox=sandbox),
        "environment": account.environment or None,
        "chosen": account.id == chosen,
    }


def _provider(account: Account, *, sandbox: bool) -> str:
    """Who has it: only accounts of Connect belong to an environment."""
    if account.local:
        return "local"
    if sandbox:
        return "sandbox"
    return "connect" if account.environment else "api"
