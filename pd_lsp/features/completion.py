"""Completion of the keys of `pd.inputs`, `pd.steps` and `pd.context`."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Literal

from pd_lsp.features.data_stores import is_data_store, keys_used, stores_read
from pd_lsp.features.pd_members import RUN_KEYS
from pd_lsp.model import Account, AuthField
from pd_lsp.syntax.literal import string_content
from pd_lsp.syntax.pd_path import PdPath, pd_path_at
from pd_lsp.syntax.slot import Slot
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.text import Offset, TextEdit

AUTH, RETURNED = "$auth", "$return_value"
MOST_LISTED = 100
"""Items of one list; editors show a dozen, and ask again as one types where a list is said to be incomplete."""
_MOST_ACCOUNTS = 3
_TRIGGER_KEYS = {"event": "what started the workflow", "context": "id, time and workflow of this execution"}


@dataclass(frozen=True, slots=True)
class Completion:
    """One key to choose: how it is listed, what it is, and the edit that writes it."""

    label: str
    detail: str
    edit: TextEdit
    further_edits: tuple[TextEdit, ...] = ()
    """Edits elsewhere that come with it, such as imports."""
    filter_text: str | None = None
    """What the typed word is compared with; None: the label."""
    kind: Literal["key", "member", "argument", "template"] = "key"
    says: str = ""
    """More than fits into a list."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One key, before it is known what must be written around it."""

    key: str
    detail: str


def complete(snapshot: Snapshot, offset: Offset) -> list[Completion]:
    """The keys that can stand at `offset`: names of props, `$auth`, the account's keys, earlier steps, a store's keys.

    The list is empty where the caret is at no key of `pd`. It is not filtered by what is typed, since editors do that;
    but where there are very many, those that hold what is typed are listed, MOST_LISTED at most.
    """
    path = pd_path_at(snapshot.tree, offset, snapshot.imported)
    return complete_path(snapshot, path, offset) if path else []


def complete_path(snapshot: Snapshot, path: PdPath, offset: Offset) -> list[Completion]:
    """The same, for a caret that is known to be at a key."""
    return keys_for(snapshot, path.slot, offset, _choices(snapshot, path, offset))


def keys_for(snapshot: Snapshot, slot: Slot, offset: Offset, found: Iterable[Choice]) -> list[Completion]:
    """The completions that write the keys of `found` into `slot`, each once; of very many those with what is typed."""
    coming = _each_once(found)
    choices = list(islice(coming, MOST_LISTED + 1))
    if len(choices) > MOST_LISTED:
        typed = _typed(snapshot, slot, offset)
        choices = list(islice((one for one in chain(choices, coming) if typed in one.key.casefold()), MOST_LISTED))
    return [_completion(slot, choice) for choice in choices]


def _typed(snapshot: Snapshot, slot: Slot, offset: Offset) -> str:
    """What is typed of the key before the caret, in small letters."""
    return snapshot.text[slot.typed.start : offset].strip("'\"").casefold()


def _each_once(choices: Iterable[Choice]) -> Iterator[Choice]:
    """A workflow.yaml that was merged by hand can name a step or a prop twice."""
    seen: set[str] = set()
    for choice in choices:
        if choice.key not in seen:
            seen.add(choice.key)
            yield choice


def _choices(snapshot: Snapshot, path: PdPath, offset: Offset) -> Iterator[Choice]:
    match path.member, path.keys:
        case "inputs", ():
            yield from _props(snapshot, _typed(snapshot, path.slot, offset))
        case "inputs", (name,) if is_data_store(snapshot, name):
            yield from store_choices(snapshot, name, offset)
        case "inputs", (name,):
            yield Choice(AUTH, f"the keys of the connected account of {snapshot.app_prop(name).app}")
        case "inputs", (name, "$auth"):
            prop = snapshot.app_prop(name)
            yield from (Choice(field.name, _field_detail(field, prop.app)) for field in snapshot.keys_of(prop).fields)
        case "steps", ():
            yield Choice("trigger", "what started the workflow")
            yield from (Choice(step.namespace, step.uses) for step in snapshot.earlier_steps())
        case "steps", (name, *below):
            yield from _below_step(snapshot, name, below)
        case "context", ():
            yield Choice("run", "counts the repetitions of pd.flow.rerun")
        case "context", ("run",):
            yield from (Choice(key, detail) for key, detail in RUN_KEYS.items())


def store_choices(snapshot: Snapshot, store: str, offset: Offset) -> Iterator[Choice]:
    """The keys that the workflow's steps use in a data store."""
    yield from (Choice(key, where) for key, where in keys_used(snapshot, store, offset))


def _below_step(snapshot: Snapshot, name: str, below: Sequence[str]) -> Iterator[Choice]:
    """What is known below a step: from its code, from saved events, and what every step has."""
    known = snapshot.step_shapes().get(name)
    shape = known.at(below) if known else None
    keys = dict(shape.keys) if shape else {}
    if not below and name == "trigger":
        yield from (Choice(key, detail) for key, detail in _TRIGGER_KEYS.items())
        keys = {key: shape for key, shape in keys.items() if key not in _TRIGGER_KEYS}
    if not below and name != "trigger":
        keys.pop(RETURNED, None)
        yield Choice(RETURNED, "what the step returned")
    for key, shape in keys.items():
        yield Choice(key, ", ".join(filter(None, (shape.kind, shape.source))) or "known of this step")


def _props(snapshot: Snapshot, typed: str) -> Iterator[Choice]:
    """The props of this step first, then every app with a connected account, then stores that a lone step reads.

    Of very many apps those alone that hold what is typed.
    """
    offered: set[str] = set()
    if snapshot.step:
        for prop in snapshot.step.apps:
            offered.add(prop.name)
            yield Choice(prop.name, _prop_detail(snapshot, prop.name))
        for store in snapshot.step.data_stores:
            offered.add(store)
            yield Choice(store, "data store of this step")
    wanted = typed if snapshot.accounts.app_count > MOST_LISTED else ""
    for app in snapshot.accounts.apps:
        if app.slug not in offered and wanted in app.slug.casefold():
            yield Choice(app.slug, f"{app.name}: connected" + (", not in this step" if snapshot.step else ""))
    if snapshot.step is None:
        yield from (Choice(store, "data store that this step reads") for store in stores_read(snapshot))


def _prop_detail(snapshot: Snapshot, name: str) -> str:
    prop = snapshot.app_prop(name)
    accounts = snapshot.accounts_of(prop)
    label = ", ".join(map(_account_detail, accounts[:_MOST_ACCOUNTS])) or "no connected account"
    return f"{accounts[0].app.name if accounts else prop.app}: {label}"


def _account_detail(account: Account) -> str:
    marks = ["production"] if account.environment == "production" else []
    marks += [account.state.partition(":")[0]] if account.state else []
    return f"{account.label} ({', '.join(marks)})" if marks else account.label


def _field_detail(field: AuthField, app: str) -> str:
    return field.description or f"key of {app}"


def _completion(slot: Slot, choice: Choice) -> Completion:
    written = f"{slot.opening}{string_content(choice.key, slot.quote)}{slot.closing}"
    return Completion(choice.key, choice.detail, TextEdit(slot.typed, written))
