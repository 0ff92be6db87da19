"""Completion of the keys of `pd.inputs` and `pd.steps`."""

from collections.abc import Iterator
from dataclasses import dataclass

from pd_lsp.model import AuthField
from pd_lsp.syntax.literal import string_content
from pd_lsp.syntax.pd_path import PdPath, pd_path_at
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.text import Offset, TextEdit

AUTH = "$auth"
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
    is_template: bool = False


@dataclass(frozen=True, slots=True)
class _Choice:
    key: str
    detail: str


def complete(snapshot: Snapshot, offset: Offset) -> list[Completion]:
    """The keys that can stand at `offset`: names of props, `$auth`, the account's keys, earlier steps.

    The list is empty where the caret is at no key of `pd`. It is never filtered by what is typed: editors do that.
    """
    path = pd_path_at(snapshot.tree, offset)
    if path is None:
        return []
    return [_completion(path, choice) for choice in _choices(snapshot, path)]


def _choices(snapshot: Snapshot, path: PdPath) -> Iterator[_Choice]:
    match path.member, path.keys:
        case "inputs", ():
            yield from _props(snapshot)
        case "inputs", (name,) if snapshot.step is None or name not in snapshot.step.data_stores:
            yield _Choice(AUTH, f"the keys of the connected account of {snapshot.app_prop(name).app}")
        case "inputs", (name, "$auth"):
            prop = snapshot.app_prop(name)
            yield from (_Choice(field.name, _field_detail(field, prop.app)) for field in snapshot.keys_of(prop).fields)
        case "steps", ():
            yield _Choice("trigger", "what started the workflow")
            yield from (_Choice(step.namespace, step.uses) for step in snapshot.earlier_steps())
        case "steps", ("trigger",):
            yield from (_Choice(key, detail) for key, detail in _TRIGGER_KEYS.items())
        case "steps", (_,):
            yield _Choice("$return_value", "what the step returned")


def _props(snapshot: Snapshot) -> Iterator[_Choice]:
    """The props of this step first, then every app with a connected account."""
    offered: set[str] = set()
    if snapshot.step:
        for prop in snapshot.step.apps:
            offered.add(prop.name)
            yield _Choice(prop.name, _prop_detail(snapshot, prop.name))
        for store in snapshot.step.data_stores:
            offered.add(store)
            yield _Choice(store, "data store of this step")
    for account in snapshot.accounts.accounts:
        if account.app.slug not in offered:
            offered.add(account.app.slug)
            yield _Choice(
                account.app.slug, f"{account.app.name}: connected" + (", not in this step" if snapshot.step else "")
            )


def _prop_detail(snapshot: Snapshot, name: str) -> str:
    prop = snapshot.app_prop(name)
    accounts = snapshot.accounts_of(prop)
    label = ", ".join(account.label for account in accounts) or "no connected account"
    return f"{accounts[0].app.name if accounts else prop.app}: {label}"


def _field_detail(field: AuthField, app: str) -> str:
    return field.description or f"key of {app}"


def _completion(path: PdPath, choice: _Choice) -> Completion:
    slot = path.slot
    written = f"{slot.opening}{string_content(choice.key, slot.quote)}{slot.closing}"
    return Completion(choice.key, choice.detail, TextEdit(slot.typed, written))
