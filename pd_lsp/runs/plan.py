"""What a run will use, decided before anything is fetched or started: the person is asked about exactly this (D8)."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from pathlib import Path

from pd_lsp.execution.interpreter import Interpreter, choose_interpreter
from pd_lsp.execution.request import SIZE_LIMIT
from pd_lsp.features.step_needs import step_needs
from pd_lsp.model import Account, AppProp, Workflow
from pd_lsp.runs.store_files import store_file
from pd_lsp.settings import Settings
from pd_lsp.syntax.handler import handlers
from pd_lsp.syntax.old_style import script_helpers_import
from pd_lsp.syntax.pd_reads import pd_reads
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.workflows.dotenv_file import find_dotenv
from pd_lsp.workflows.events import SavedEvent

DEFAULT_TIME_LIMIT = 30.0
"""Seconds that the platform gives a workflow with an HTTP trigger (docs/platform.md, section 1.9)."""
_SCHEDULED_TIME_LIMIT = 60.0
"""The same for one that only a schedule starts."""
_SCHEDULE = "ti_"
"""How the ids of schedules begin (section 4.2)."""
DEFAULT_MEMORY_LIMIT = 256
"""Megabytes that the platform gives a workflow (section 1.9)."""
_LONGEST, _LARGEST = 750.0, 10_240
"""Seconds and megabytes that a workflow can have (section 1.9): no file of the folder can ask for more (D7)."""


class RunRefusedError(Exception):
    """A run that can't start. The message says why and what to do."""


class BlankedError(RunRefusedError):
    """A step would find a mark where a secret was (D18)."""

    def __init__(self, what: str, found: str) -> None:
        super().__init__(f"{what} has {found} where a secret was: save the real one, or none at all.")


class SeveralAccountsError(RunRefusedError):
    """A prop can mean several accounts: somebody has to choose one of `accounts` for `prop`."""

    def __init__(self, prop: AppProp, accounts: Sequence[Account]) -> None:
        super().__init__(
            f"{accounts[0].app.name} has {len(accounts)} connected accounts: {_listed(accounts)}. "
            f"Choose one with --account {prop.name}=ID, or name it in workflow.yaml."
        )
        self.prop = prop
        self.accounts = tuple(accounts)


@dataclass(frozen=True, slots=True)
class RunPlan:
    """Everything that a run will use, without a single value."""

    name: str
    """The step's name in its workflow, or the name of its file."""
    file: Path
    text: str
    interpreter: Interpreter
    accounts: Mapping[str, Account]
    """By prop name: the accounts whose credentials the run gets, and no others (D4)."""
    data_stores: Mapping[str, Path]
    """By prop name: the file that keeps the store's entries."""
    event: SavedEvent
    dotenv: Path | None
    folder: Path
    """The folder that the run's files may be read from."""
    project: Path
    """The folder that holds the workflow's, or the step's own: what a consent and a data store belong to."""
    variables: tuple[str, ...] = ()
    """Names of variables of the person's own environment that the step gets (D7)."""
    step_folder_on_path: bool = False
    """Whether the step may import modules that lie beside it (D12)."""
    time_limit: float = DEFAULT_TIME_LIMIT
    memory_limit: int | None = DEFAULT_MEMORY_LIMIT
    size_limit: int = SIZE_LIMIT
    any_value: bool = False
    not_yet: frozenset[str] = frozenset()
    """Names of this step and those behind it: a saved event can have results of theirs, and a run finds none."""
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RunChoices:
    """What the person chose for one run."""

    event: SavedEvent = field(default_factory=SavedEvent)
    accounts: Mapping[str, str] = field(default_factory=dict)
    """By prop name: the `apn_…` id to use, whatever workflow.yaml says."""
    preferred: Mapping[str, str] = field(default_factory=dict)
    """By app: the account that the person once chose for this project, where workflow.yaml names none."""
    production: frozenset[str] = frozenset()
    """The accounts of production that the person has allowed."""
    variables: Mapping[str, bool] = field(default_factory=dict)
    """By name: the variables of their own environment that the step may have, and whether each is set there."""
    time_limit: float | None = None
    memory_limit: int | None = None
    """Megabytes; 0: no limit."""
    size_limit: int | None = None
    """Bytes that exports, return value and response may have."""
    any_value: bool = False
    """Whether a value that is no JSON is shown as text, and does not end the run."""


def plan_run(snapshot: Snapshot, file: Path, folder: Path, settings: Settings, choices: RunChoices) -> RunPlan:
    """The plan for a run of the step in `snapshot`, which is the text of `file`, a file of `folder`.

    Raises RunRefusedError, or NoInterpreter, with a sentence that says what to do.
    """
    if not handlers(snapshot.tree) and not script_helpers_import(snapshot.tree):
        raise RunRefusedError(f'{file.name} has no handler: a step begins with `def handler(pd: "pipedream"):`.')
    needs = step_needs(snapshot)
    accounts, notices = _accounts(snapshot, needs.apps, choices)
    notices += [_not_set(name) for name, is_set in choices.variables.items() if not is_set]
    if not settings.production:
        _refuse_production(accounts, choices.production)
    workflow, project = snapshot.workflow, project_of(snapshot, file)
    seconds, megabytes = _limits(workflow)
    return RunPlan(
        name=snapshot.step.namespace if snapshot.step else file.stem,
        file=file,
        text=snapshot.text,
        interpreter=choose_interpreter(settings.python),
        accounts=accounts,
        data_stores={name: store_file(project, name) for name in needs.data_stores},
        event=choices.event,
        dotenv=find_dotenv(file, folder),
        folder=folder,
        project=project,
        variables=tuple(choices.variables),
        step_folder_on_path=settings.step_folder_on_path,
        time_limit=choices.time_limit or seconds,
        memory_limit=megabytes if choices.memory_limit is None else choices.memory_limit or None,
        size_limit=choices.size_limit or SIZE_LIMIT,
        any_value=choices.any_value,
        not_yet=_not_yet(snapshot),
        notices=tuple(notices),
    )


def _not_set(name: str) -> str:
    return (
        f"{name} is not set where pd-lsp was started, so this run goes without it: set it in the shell or the system "
        "that starts pd-lsp or your editor, and start that again."
    )


def _refuse_production(accounts: Mapping[str, Account], allowed: AbstractSet[str]) -> None:
    """Raises RunRefusedError for an account of the environment `production` that the person did not allow (D8)."""
    for account in accounts.values():
        if account.environment == "production" and account.id not in allowed:
            raise RunRefusedError(
                f"The {account.app.name} account “{account.label}” is one of production: allow it in a terminal with "
                f"`pd-lsp accounts production {account.id}`, or run the step there with `pd-lsp run --production`."
            )


def project_of(snapshot: Snapshot, file: Path) -> Path:
    """The folder that holds the workflow's, or the step's own."""
    return Path(snapshot.workflow.folder).parent if snapshot.workflow else file.parent


def _not_yet(snapshot: Snapshot) -> frozenset[str]:
    if snapshot.workflow is None or snapshot.step is None:
        return frozenset()
    names = [step.namespace for step in snapshot.workflow.steps]
    return frozenset(names[names.index(snapshot.step.namespace) :]) - {"trigger"}


def _limits(workflow: Workflow | None) -> tuple[float, int]:
    """Seconds and megabytes, as workflow.yaml has them or else the platform."""
    triggers = workflow.triggers if workflow else ()
    is_scheduled = bool(triggers) and all(trigger.startswith(_SCHEDULE) for trigger in triggers)
    usual = _SCHEDULED_TIME_LIMIT if is_scheduled else DEFAULT_TIME_LIMIT
    seconds = (workflow and workflow.time_limit) or usual
    megabytes = (workflow and workflow.memory_limit) or DEFAULT_MEMORY_LIMIT
    return min(seconds, _LONGEST), min(megabytes, _LARGEST)


def _accounts(snapshot: Snapshot, names: tuple[str, ...], choices: RunChoices) -> tuple[dict[str, Account], list[str]]:
    required = pd_reads(snapshot.tree).required
    found: dict[str, Account] = {}
    notices: list[str] = []
    for name in choices.accounts.keys() - names:
        advice = f"choose accounts for {_words(names)}" if names else "choose none, as it reads no account"
        raise RunRefusedError(f"The step does not read pd.inputs[{name!r}]: {advice}.")
    for name in names:
        prop = snapshot.app_prop(name)
        account = _account(snapshot, prop, choices)
        if account and account.dead and name in required:
            raise RunRefusedError(_dead(snapshot, account))
        if account and account.dead:
            notices.append(f"{_described(account)} is dead: this run goes without pd.inputs[{name!r}].")
        elif account:
            found[name] = account
            if not account.healthy:
                notices.append(f"{_described(account)} is {account.state}.")
            if prop.account_id not in (None, account.id) and name not in choices.accounts:
                notices.append(
                    f"workflow.yaml names the account {prop.account_id} for {name}, which is not among yours: "
                    f"this run takes {account.label} ({account.id})."
                )
        elif name in required:
            raise RunRefusedError(_not_connected(snapshot, prop))
        else:
            notices.append(f"No account of {prop.app} is connected: this run goes without pd.inputs[{name!r}].")
    return found, notices


def _account(snapshot: Snapshot, prop: AppProp, choices: RunChoices) -> Account | None:
    """The account to use for a prop.

    In this order: the person's choice for this run, workflow.yaml's, the person's for the project, the only living one
    of the app. Never one of another app: a file of the folder could send any account's token to any host.
    """
    chosen = choices.accounts.get(prop.name)
    candidates = snapshot.accounts.of(prop.app)
    named = snapshot.accounts.by_id(chosen or prop.account_id or "")
    if named and named.app.slug != prop.app:
        raise RunRefusedError(
            f"{named.id} is an account of {named.app.name}, but the step reads it as {prop.app}: choose one of "
            f"{prop.app}{_those(candidates)}, or mend workflow.yaml."
        )
    if named:
        return named
    if chosen:
        raise RunRefusedError(f"{chosen!r} is no account of yours: choose one of {prop.app}{_those(candidates)}.")
    living = [account for account in candidates if not account.dead] or list(candidates)
    preferred = next((account for account in living if account.id == choices.preferred.get(prop.app)), None)
    if preferred:
        return preferred
    if len(living) > 1:
        raise SeveralAccountsError(prop, living)
    return living[0] if living else None


def _dead(snapshot: Snapshot, account: Account) -> str:
    living = [one for one in snapshot.accounts.of(account.app.slug) if not one.dead]
    others = f", or choose another one{_those(living)}" if living else ""
    return f"{_described(account)} is dead: connect it again and refresh the accounts{others}."


def _described(account: Account) -> str:
    return f"The {account.app.name} account “{account.label}”"


def _those(accounts: Sequence[Account]) -> str:
    return f": {_listed(accounts)}" if accounts else ", of which none is connected"


def _listed(accounts: Sequence[Account]) -> str:
    return ", ".join(f"{account.label} ({account.id})" for account in accounts)


def _words(names: Sequence[str]) -> str:
    return ", ".join(names) or "nothing"


def _not_connected(snapshot: Snapshot, prop: AppProp) -> str:
    if not prop.app.strip():
        return f'The step reads pd.inputs["{prop.name}"], which names no app yet: write one, or remove the read.'
    app = snapshot.catalogue(prop.app)
    if app is None and snapshot.step is None:
        return (
            f'The step reads pd.inputs["{prop.name}"], which is the name of no app, and no workflow.yaml says what it '
            "is: add the prop to workflow.yaml, or use the app's own name."
        )
    return (
        f'The step reads pd.inputs["{prop.name}"], but no account of {app.name if app else prop.app} is connected: '
        "connect one in your Pipedream project and refresh the accounts, or remove the read."
        + "".join(f" Some accounts may be missing. {problem}" for problem in snapshot.accounts.problems)
    )
