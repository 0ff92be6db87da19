"""The one Connect project of a sandbox: its apps, its external users and their accounts, as they are now."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pd_lsp.sandbox.accounts import CREATED, SandboxAccount
from pd_lsp.sandbox.directory import SandboxApp
from pd_lsp.sandbox.pages import Listing

PROJECT = "proj_sandbox"
_MOST_LISTINGS = 16


@dataclass(frozen=True, slots=True)
class ExternalUser:
    """Somebody whose accounts are connected (docs/platform.md, section 4.3)."""

    environment: str
    external_id: str
    created: str = CREATED

    @property
    def id(self) -> str:
        """Pipedream's own id of the user."""
        return f"exu_{hashlib.sha256(f'{self.environment} {self.external_id}'.encode()).hexdigest()[:12]}"

    def as_json(self) -> dict[str, str]:
        """The user, with the keys of section 4.3."""
        moments = {"created_at": self.created, "updated_at": self.created}
        return {"id": self.id, "external_id": self.external_id, **moments}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which accounts a list is of; what is None does not matter."""

    environment: str
    user: str | None = None
    app: SandboxApp | None = None
    oauth_app_id: str | None = None

    def has(self, account: SandboxAccount) -> bool:
        """Whether `account` is one of them."""
        return (
            account.environment == self.environment
            and (self.user is None or self.user == account.external_user)
            and (self.app is None or self.app is account.app)
            and (self.oauth_app_id is None or self.oauth_app_id == account.oauth_app_id)
        )


class Project:
    """What can be asked and changed. Keeps the lists that were asked for last, because a list is read page by page."""

    def __init__(self, apps: Mapping[str, SandboxApp], accounts: Iterable[SandboxAccount]) -> None:
        self.apps = apps
        self._apps_by_id = {app.id: app for app in apps.values()}
        self.accounts = {account.id: account for account in accounts}
        self.users: dict[str, ExternalUser] = {}
        self._listings: dict[Wanted, Listing[SandboxAccount]] = {}
        for account in self.accounts.values():
            self.meet(ExternalUser(account.environment, account.external_user))

    def app(self, named: str) -> SandboxApp | None:
        """The app with this slug or id."""
        return self.apps.get(named) or self._apps_by_id.get(named)

    def account(self, environment: str, account_id: str) -> SandboxAccount | None:
        """The account with this id, if it is in `environment`."""
        found = self.accounts.get(account_id)
        return found if found and found.environment == environment else None

    def listing(self, wanted: Wanted) -> Listing[SandboxAccount]:
        """The accounts that are wanted."""
        if wanted not in self._listings:
            if len(self._listings) >= _MOST_LISTINGS:
                self._listings.clear()
            self._listings[wanted] = Listing(filter(wanted.has, self.accounts.values()))
        return self._listings[wanted]

    def meet(self, user: ExternalUser) -> None:
        """Makes a user known, who may be known already."""
        self.users.setdefault(user.id, user)

    def put(self, account: SandboxAccount) -> None:
        """Adds an account, or puts it in place of the one with its id."""
        self.accounts[account.id] = account
        self.meet(ExternalUser(account.environment, account.external_user, account.created))
        self._listings.clear()

    def remove(self, accounts: Iterable[SandboxAccount]) -> None:
        """Removes accounts."""
        for account in accounts:
            self.accounts.pop(account.id, None)
        self._listings.clear()

    def remove_user(self, user: ExternalUser) -> None:
        """Removes a user and all accounts of theirs."""
        self.remove(self.listing(Wanted(user.environment, user.external_id)).items)
        self.users.pop(user.id, None)
