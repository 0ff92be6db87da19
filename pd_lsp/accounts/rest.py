"""The older API, with a user API key: the accounts of the workflow builder (docs/platform.md, section 3).

Its account calls are gone from the current reference. They are asked all the same, and what no longer answers is said.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from pd_lsp.accounts.api_client import ApiClient, Patience
from pd_lsp.accounts.names import ACCOUNT_ID, account_from, app_from
from pd_lsp.accounts.provider import GoneError, RefusedError, UnreadableTokenError
from pd_lsp.accounts.sign_in import HeldSecret
from pd_lsp.credentials import Credentials, Secret
from pd_lsp.model import Account, Accounts
from pd_lsp.settings import API

_PAGE = 100
_MOST_PAGES = 1000
_APP_ID = re.compile(r"app_[A-Za-z0-9]+")
_WORKFLOW_ID = re.compile(r"p_[A-Za-z0-9]+")
_GONE = (
    "Pipedream's older API no longer lists accounts for a user API key: sign in with `pd-lsp login --connect`, or keep "
    "the account here with `pd-lsp accounts add APP`."
)


class Rest:
    """The accounts of the workspace that a user API key belongs to."""

    def __init__(self, key: HeldSecret, url: str = API, patience: Patience | None = None) -> None:
        self._key = key
        self._api = ApiClient(url, patience)
        self._apps: dict[str, Mapping[str, Any]] = {}
        """What the API said of an app, by its id: an account names its app by id only."""

    async def accounts(self) -> Accounts:
        """Names of all accounts of the workspace. Raises AccountsError; GoneError where the call is no longer there."""
        found: list[Account] = []
        cursor = ""
        for _ in range(_MOST_PAGES):
            query = {"limit": str(_PAGE)} | ({"after": cursor} if cursor else {})
            try:
                answer = await self._get("/v1/accounts", query)
            except GoneError:
                raise GoneError(_GONE) from None
            entries, page = answer.get("data"), answer.get("page_info")
            if not isinstance(entries, list):
                raise RefusedError("Pipedream's list of accounts has another shape than expected: update pd-lsp.")
            found += [account for entry in entries if (account := await self._account(entry))]
            following = page.get("end_cursor") if isinstance(page, Mapping) else None
            if not isinstance(following, str) or following in ("", cursor) or not entries:
                return Accounts(tuple(found), complete=True)
            cursor = following
        return Accounts(tuple(found), complete=False)

    async def credentials(self, account: Account, source: str) -> Credentials:
        """The values of `account`. Raises UnreadableTokenError where they are not given out, else AccountsError."""
        if account.dead:
            raise RefusedError(f"The {account.app.name} account “{account.label}” is dead: connect it again.")
        try:
            answer = await self._get(f"/v1/accounts/{account.id}", {"include_credentials": "true"}, tries=2)
        except GoneError:
            raise GoneError(_GONE) from None
        entry = answer.get("data") if isinstance(answer.get("data"), Mapping) else answer
        values = entry.get("credentials") if isinstance(entry, Mapping) else None
        if not isinstance(values, Mapping) or not values:
            raise UnreadableTokenError(
                f"Pipedream's older API gives no token of the {account.app.name} account “{account.label}”: keep one "
                f"here with `pd-lsp accounts add {account.app.slug}`, or connect the app in a Connect project."
            )
        return Credentials(source, values)

    async def accounts_of_steps(self, workflow_id: str) -> dict[str, dict[str, str]]:
        """By step and prop, the accounts that a workflow uses; empty where it is not found."""
        if not _WORKFLOW_ID.fullmatch(workflow_id):
            return {}
        try:
            answer = await self._get(f"/v1/workflows/{workflow_id}", {})
        except GoneError:
            return {}
        inner = answer.get("data")
        steps = (inner if isinstance(inner, Mapping) else answer).get("steps")
        return {
            step["namespace"]: _accounts_of(step)
            for step in (steps if isinstance(steps, list) else [])
            if isinstance(step, Mapping) and isinstance(step.get("namespace"), str)
        }

    def own_secrets(self) -> tuple[Secret, ...]:
        """The user API key."""
        return (Secret("pipedream.api_key", self._key.held),) if self._key.held else ()

    async def close(self) -> None:
        """Closes the connections."""
        await self._api.close()

    async def _get(self, path: str, query: Mapping[str, str], *, tries: int = 3) -> Mapping[str, Any]:
        headers = {"authorization": f"Bearer {await self._key.get()}"}
        return await self._api.get(path, query, headers, tries=tries)

    async def _account(self, entry: Any) -> Account | None:
        app = entry.get("app") if isinstance(entry, Mapping) else None
        if not isinstance(app, Mapping):
            return None
        known = app if app_from(app) else await self._app(app.get("id"))
        return account_from({**entry, "app": known})

    async def _app(self, app_id: Any) -> Mapping[str, Any]:
        if not isinstance(app_id, str) or not _APP_ID.fullmatch(app_id):
            return {}
        if app_id not in self._apps:
            try:
                answer = await self._get(f"/v1/apps/{app_id}", {})
            except GoneError:
                answer = {}
            inner = answer.get("data")
            self._apps[app_id] = inner if isinstance(inner, Mapping) else answer
        return self._apps[app_id]


def _accounts_of(step: Mapping[str, Any]) -> dict[str, str]:
    """The account of each prop: `{"slack": {"authProvisionId": "apn_…"}}`, as JSON text or as it is."""
    configured = step.get("configured_props_json")
    try:
        props = json.loads(configured) if isinstance(configured, str) else configured
    except (ValueError, RecursionError):
        props = None
    found = {}
    for name, value in props.items() if isinstance(props, Mapping) else ():
        account = value.get("authProvisionId") if isinstance(value, Mapping) else None
        if isinstance(name, str) and isinstance(account, str) and ACCOUNT_ID.fullmatch(account):
            found[name] = account
    return found
