"""What pd-lsp talks about: apps, accounts, workflows, templates. Names only, never a value (D3)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import NewType, TypeAlias

AppSlug = NewType("AppSlug", str)
"""Pipedream's name of an app, as `app` in workflow.yaml and `name_slug` in the API have it: `slack_v2`."""

Json: TypeAlias = bool | int | float | str | list["Json"] | dict[str, "Json"] | None
"""What a step may return or export (docs/platform.md, section 1.9)."""


@dataclass(frozen=True, slots=True)
class AuthField:
    """One key of `$auth`: its name and what the app says about it."""

    name: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class App:
    """One app: its slug, its display name and the keys that its accounts have."""

    slug: AppSlug
    name: str
    fields: tuple[AuthField, ...] = ()
    complete: bool = False
    """Whether `fields` are all the keys an account of this app can have."""


@dataclass(frozen=True, slots=True)
class Account:
    """One connected account, without its credentials."""

    id: str
    """`apn_…`, the same id that workflow.yaml calls `authProvisionId`."""
    app: App
    label: str
    dead: bool = False
    """The service refuses it: it must be connected again (docs/platform.md, section 4.4)."""
    healthy: bool = True


@dataclass(frozen=True, slots=True)
class Accounts:
    """The accounts that are known, and whether these are all."""

    accounts: tuple[Account, ...] = ()
    complete: bool = False
    """False while nobody has asked, or when asking failed: an empty list then means nothing."""

    def of(self, app: AppSlug) -> tuple[Account, ...]:
        """The connected accounts of `app`, in the order the provider gave them."""
        return tuple(account for account in self.accounts if account.app.slug == app)

    def by_id(self, account_id: str) -> Account | None:
        """The account with this `apn_…` id."""
        return next((account for account in self.accounts if account.id == account_id), None)


@dataclass(frozen=True, slots=True)
class AppProp:
    """An app prop of a step: `pd.inputs[name]["$auth"]` holds an account of `app`."""

    name: str
    app: AppSlug
    account_id: str | None = None
    """The `authProvisionId` that workflow.yaml names for it."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a workflow, as workflow.yaml lists it."""

    namespace: str
    """Its name in `pd.steps`."""
    uses: str
    """`./<namespace>/entry.py` for code, `<component>@<version>` for a ready-made action."""
    runtime: str = ""
    disabled: bool = False
    apps: tuple[AppProp, ...] = ()
    data_stores: tuple[str, ...] = ()
    """The names of its data store props."""


@dataclass(frozen=True, slots=True)
class Workflow:
    """A synced workflow: the folder of its workflow.yaml and its steps in order."""

    folder: PurePath
    name: str = ""
    steps: tuple[Step, ...] = ()
    time_limit: float | None = None
    """`settings.lambda_timeout`, in seconds."""
    memory_limit: int | None = None
    """`settings.lambda_memory`, in megabytes."""


@dataclass(frozen=True, slots=True)
class Template:
    """Working code for one app: a whole step, and the app and keys that it reads."""

    app: AppSlug
    title: str
    code: str
    packages: Mapping[str, str] = field(default_factory=dict)
    """Import name to package name, where the two differ."""
