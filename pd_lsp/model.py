"""What pd-lsp talks about: apps, accounts, workflows, templates. Names only, never a value (D3)."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Literal, NewType, TypeAlias

AppSlug = NewType("AppSlug", str)
"""Pipedream's name of an app, as `app` in workflow.yaml and `name_slug` in the API have it: `slack_v2`."""

Json: TypeAlias = bool | int | float | str | list["Json"] | dict[str, "Json"] | None
"""What a step may return or export (docs/platform.md, section 1.9)."""


@dataclass(frozen=True, slots=True)
class AuthField:
    """One key of `$auth`: its name and what the app says about it."""

    name: str
    description: str = ""


KeySource: TypeAlias = Literal["a run", "the app's own list", "the list here", "every OAuth account", "the catalogue"]
"""Where the names of keys come from, the surest first: what a run saw; `custom_fields_json`; what the person keeps
here; the four names of section 2.1; the components of the app that were read for the catalogue."""


@dataclass(frozen=True, slots=True)
class KeySet:
    """The keys of `$auth`, and whether these are all."""

    fields: tuple[AuthField, ...] = ()
    complete: bool = False
    """Only then may another key be called unknown."""
    source: KeySource = "the catalogue"

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the keys."""
        return tuple(field.name for field in self.fields)


@dataclass(frozen=True, slots=True)
class App:
    """One app: its slug, its display name and the keys that its accounts have."""

    slug: AppSlug
    name: str
    fields: tuple[AuthField, ...] = ()
    complete: bool = False
    """Whether `fields` are all the keys an account of this app can have."""
    source: KeySource = "the catalogue"
    id: str = ""
    """`app_…`, which workflow.yaml calls `appId`; empty where the service did not say it."""
    auth_type: str = ""
    """`oauth`, `keys` or `none`, as the service says it; empty where it did not."""

    @property
    def keys(self) -> KeySet:
        """The keys that every account of this app is said to have."""
        return KeySet(self.fields, self.complete, self.source)


Condition: TypeAlias = Literal["ok", "dead", "unreadable", "unhealthy"]
"""How an account is."""
_STATES: Mapping[Condition, str] = {
    "ok": "",
    "dead": "dead: connect it again",
    "unreadable": "its token can't be read: connected through Pipedream's own OAuth client",
    "unhealthy": "unhealthy: its last renewal failed",
}


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
    environment: str = ""
    """`development` or `production`; empty for one that belongs to no environment of Connect."""
    seen: tuple[str, ...] = ()
    """The names of its keys as a run saw them."""
    unreadable: bool = False
    """Whether a run learned that its credentials are not given out."""
    local: bool = False
    """Whether the person keeps it here, without Pipedream."""

    @property
    def keys(self) -> KeySet:
        """The keys of this account: as a run saw them, else as its app has them."""
        if not self.seen:
            return self.app.keys
        described = {field.name: field for field in self.app.fields}
        return KeySet(tuple(described.get(name, AuthField(name)) for name in self.seen), complete=True, source="a run")

    @property
    def condition(self) -> Condition:
        """What is the matter with it, in a word: the worst of it."""
        if self.dead:
            return "dead"
        if self.unreadable:
            return "unreadable"
        return "ok" if self.healthy else "unhealthy"

    @property
    def state(self) -> str:
        """The same as a part of a sentence; empty where nothing is."""
        return _STATES[self.condition]


def local_account_id(app: AppSlug, label: str) -> str:
    """The id of an account that the person keeps here: the same for the same app and label, wherever they stand."""
    digest = hashlib.sha256(f"{app}\0{label}".encode()).hexdigest()
    return f"local_{digest[:12]}"


@dataclass(frozen=True, slots=True)
class Accounts:
    """The accounts that are known, and whether these are all."""

    accounts: tuple[Account, ...] = ()
    complete: bool = False
    """False while nobody has asked, or when asking failed: an empty list then means nothing."""
    problems: tuple[str, ...] = ()
    """Why some are missing, as sentences."""
    _of: Mapping[AppSlug, tuple[Account, ...]] = field(init=False, repr=False, compare=False)
    _by_id: Mapping[str, Account] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Sorts them once: each keystroke asks for a few of what can be ten thousand."""
        of: dict[AppSlug, list[Account]] = {}
        for account in self.accounts:
            of.setdefault(account.app.slug, []).append(account)
        object.__setattr__(self, "_of", {app: tuple(accounts) for app, accounts in of.items()})
        object.__setattr__(self, "_by_id", {account.id: account for account in reversed(self.accounts)})

    @property
    def apps(self) -> Iterable[App]:
        """The apps that have a connected account, each once, in the order the provider gave them."""
        return (accounts[0].app for accounts in self._of.values())

    @property
    def app_count(self) -> int:
        """How many apps these are."""
        return len(self._of)

    def of(self, app: AppSlug) -> tuple[Account, ...]:
        """The connected accounts of `app`, in the order the provider gave them."""
        return self._of.get(app, ())

    def beside(self, declared: Iterable[Account]) -> "Accounts":
        """These, and those of `declared` that are not among them, such as a project file names."""
        more = tuple(one for one in declared if one.id not in self._by_id)
        return replace(self, accounts=(*self.accounts, *more)) if more else self

    def by_id(self, account_id: str) -> Account | None:
        """The account with this `apn_…` id."""
        return self._by_id.get(account_id)


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

    @property
    def is_python(self) -> bool:
        """Whether it is Python code of the workflow's own, which can run here."""
        return self.uses.startswith("./") and self.uses.endswith(".py")


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
    id: str = ""
    """`p_…`, as its folder's name or `.workflow.state` has it; empty where neither does."""
    triggers: tuple[str, ...] = ()
    """The ids of its triggers, whose beginnings tell their kinds (docs/platform.md, section 4.2)."""
    has_branches: bool = False
    """Whether steps stand inside others: nobody has seen how control flow is written, and `steps` may not be all."""


@dataclass(frozen=True, slots=True)
class Template:
    """Working code for one app: a whole step, and the app and keys that it reads."""

    app: AppSlug
    title: str
    code: str
    packages: Mapping[str, str] = field(default_factory=dict)
    """Import name to package name, where the two differ."""


def as_pypi_writes(name: str) -> str:
    """The one name of a package that can be written in many ways, as indexes compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def earlier_steps(workflow: Workflow, step: Step) -> tuple[Step, ...]:
    """The steps that run before `step`, in order, without the disabled ones."""
    before = workflow.steps[: workflow.steps.index(step)]
    return tuple(one for one in before if not one.disabled)
