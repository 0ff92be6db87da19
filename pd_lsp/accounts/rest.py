"""The older API, with a user API key: the accounts of the workflow builder (docs/platform.md, section 3).

Its account calls are gone from the current reference. They are asked all the same, and what no longer answers is said.
"""

import asyncio
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from pd_lsp.accounts.answers import refuse_in_vain, values_in
from pd_lsp.accounts.api_client import ApiClient, Patience
from pd_lsp.accounts.legacy_api import LegacyApi
from pd_lsp.accounts.listing import Listing
from pd_lsp.accounts.names import ACCOUNT_ID, account_from, app_from
from pd_lsp.accounts.provider import GoneError, UnreachableError, UnreadableTokenError
from pd_lsp.accounts.sign_in import HeldSecret
from pd_lsp.credentials import Credentials, Secret
from pd_lsp.model import Account, Accounts
from pd_lsp.settings import API

_APPS_AT_ONCE = 8
_APP_ID = re.compile(r"app_[A-Za-z0-9]+")
_WORKFLOW_ID = re.compile(r"p_[A-Za-z0-9]+")
_INSTEAD = "sign in with `pd-lsp login --connect`, or keep the account here with `pd-lsp accounts add APP`."


class Rest:
    """The accounts of the workspace that a user API key belongs to."""

    def __init__(self, key: HeldSecret, url: str = API, patience: Patience | None = None) -> None:
        """Raises RefusedError for an address that no key may be sent to; asks nobody yet."""
        self._api = LegacyApi(key, ApiClient(url, patience), _INSTEAD)
        self._listing = Listing(self._api.client, self._page)
        self._apps: dict[str, Mapping[str, Any]] = {}
        """What the API said of an app, by its id: an account names its app by id only."""

    async def accounts(self) -> Accounts:
        """Names of all accounts of the workspace. Raises AccountsError; GoneError where the call is no longer there."""
        client = self._api.client
        clock = client.patience.clock
        deadline = clock() + client.patience.altogether
        listed = await self._listing.read(deadline)
        error: UnreachableError | None = None
        try:
            await client.in_time(self._learn_apps(listed.entries), deadline - clock())
        except UnreachableError as happened:
            if not self._apps:
                raise
            error = happened
        return listed.accounts(map(self._account, listed.entries), error)

    async def credentials(self, account: Account, source: str) -> Credentials:
        """The values of `account`. Raises UnreadableTokenError where they are not given out, else AccountsError."""
        refuse_in_vain(account)
        try:
            answer = await self._api.client.in_time(
                self._api.get(f"/v1/accounts/{account.id}", {"include_credentials": "true"}, tries=2)
            )
        except GoneError:
            raise GoneError(
                f"Pipedream's older API no longer has the {account.app.name} account “{account.label}”: refresh the "
                f"accounts; if it has none at all any more, {_INSTEAD}"
            ) from None
        values = values_in(answer)
        if not values:
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
            answer = await self._api.get(f"/v1/workflows/{workflow_id}", {})
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
        held = self._api.key.held
        return (Secret("pipedream.api_key", held),) if held else ()

    async def close(self) -> None:
        """Closes the connections."""
        await self._api.client.close()

    async def _page(self, query: dict[str, str]) -> Mapping[str, Any]:
        try:
            return await self._api.get("/v1/accounts", query)
        except GoneError:
            raise GoneError(f"Pipedream's older API no longer lists accounts for a user API key: {_INSTEAD}") from None

    def _account(self, entry: Any) -> Account | None:
        app = entry.get("app") if isinstance(entry, Mapping) else None
        if app_from(app):
            return account_from(entry)
        known = self._apps.get(_app_id(app))
        return account_from({**entry, "app": known}) if known else None

    async def _learn_apps(self, entries: Iterable[Any]) -> None:
        """Asks for the apps that `entries` name by their ids only, and that are not known yet."""
        apps = [entry.get("app") for entry in entries if isinstance(entry, Mapping)]
        unknown = dict.fromkeys(_app_id(app) for app in apps if not app_from(app))
        asked = iter([app_id for app_id in unknown if app_id and app_id not in self._apps])

        async def learn() -> None:
            for app_id in asked:
                self._apps[app_id] = await self._app(app_id)

        learning = [asyncio.create_task(learn()) for _ in range(_APPS_AT_ONCE)]
        try:
            await asyncio.gather(*learning)
        finally:
            for one in learning:
                one.cancel()

    async def _app(self, app_id: str) -> Mapping[str, Any]:
        try:
            answer = await self._api.get(f"/v1/apps/{app_id}", {})
        except GoneError:
            return {}
        inner = answer.get("data")
        return inner if isinstance(inner, Mapping) else answer


def _app_id(app: Any) -> str:
    """The id of an app, where it has the form of one; else nothing."""
    app_id = app.get("id") if isinstance(app, Mapping) else None
    return app_id if isinstance(app_id, str) and _APP_ID.fullmatch(app_id) else ""


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
