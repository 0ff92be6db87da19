"""Hover: which account, which key, which step, and where that is known from. Never a value (D3)."""

from collections.abc import Iterator
from dataclasses import dataclass

from pd_lsp.features.data_stores import is_data_store
from pd_lsp.features.member_hover import hovered_member
from pd_lsp.features.pd_members import RUN_KEYS
from pd_lsp.model import Account, AppProp, KeySet
from pd_lsp.shapes import Shape
from pd_lsp.syntax.pd_key import PdKey, pd_key_at
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.text import Offset, TextRange

_MOST_ACCOUNTS = 5
_STORE = "A run here has a store of its own, in a file of yours; the platform's is another one."
_MISSING = "Reading an entry that is not there raises TypeError: .get gives None instead."
_COPY = "What is read is a copy: put it back after a change."
_QUIET = "Not all accounts are known yet, so nothing is warned about here."


@dataclass(frozen=True, slots=True)
class Hover:
    """A heading and sentences below it, in plain text; names in them may hold any character."""

    range: TextRange
    heading: str
    rows: tuple[str, ...]


def hover(snapshot: Snapshot, offset: Offset) -> Hover | None:
    """What is known of the key or the member of `pd` at `offset`; None where nothing of ours stands there."""
    key = pd_key_at(snapshot.tree, offset, snapshot.imported)
    if key is None:
        found = hovered_member(snapshot, offset)
        return Hover(found.range, found.member.call, found.rows) if found else None
    match key.member, key.keys:
        case _, (*_, ""):
            return None
        case "inputs", (name,):
            return _input(snapshot, key, name)
        case "inputs", (name, entry) if is_data_store(snapshot, name):
            return Hover(key.range, f"{entry}: an entry of the data store {name}", (_MISSING, _COPY, _STORE))
        case "inputs", (name, "$auth"):
            return _auth(snapshot, key, name)
        case "inputs", (name, "$auth", field):
            return _field(snapshot, key, name, field)
        case "steps", (name, *path):
            return _step(snapshot, key, name, path)
        case "context", ("run", name) if name in RUN_KEYS:
            return Hover(key.range, f"{name}: of this execution", (f"It is {RUN_KEYS[name]}.",))
    return None


def _input(snapshot: Snapshot, key: PdKey, name: str) -> Hover:
    if is_data_store(snapshot, name):
        return Hover(key.range, f"{name}: a data store of this step", (_MISSING, _COPY, _STORE))
    prop = snapshot.app_prop(name)
    rows = (*_accounts(snapshot, prop), *_quiet(snapshot, prop), *_keys(snapshot, prop))
    return Hover(key.range, _app_heading(snapshot, prop), rows)


def _auth(snapshot: Snapshot, key: PdKey, name: str) -> Hover:
    prop = snapshot.app_prop(name)
    return Hover(key.range, f"$auth of {_app_heading(snapshot, prop)}", tuple(_keys(snapshot, prop)))


def _field(snapshot: Snapshot, key: PdKey, name: str, field: str) -> Hover:
    prop = snapshot.app_prop(name)
    known = snapshot.keys_of(prop)
    described = next((one for one in known.fields if one.name == field), None)
    if described is None and known.complete:
        rows: tuple[str, ...] = (f"The account has no key of this name, but: {', '.join(known.names)}.",)
    elif described is None:
        rows = ("Whether the account has this key is not known.",)
    else:
        rows = (described.description,) if described.description else ()
    heading = f"{field}: a key of {_app_heading(snapshot, prop)}"
    return Hover(key.range, heading, (*rows, *_accounts(snapshot, prop), _known_from(known)))


def _step(snapshot: Snapshot, key: PdKey, name: str, path: list[str]) -> Hover | None:
    shape = snapshot.step_shapes().get(name)
    below = shape.at(path) if shape else None
    if not path:
        step = next((one for one in snapshot.earlier_steps() if one.namespace == name), None)
        heading = "trigger: what started the workflow" if name == "trigger" else f"{name}: an earlier step"
        rows = [f"It runs {step.uses}."] if step else []
        return Hover(key.range, heading, (*rows, *_below(shape))) if step or shape else None
    if below is None:
        return None
    kind = f": {below.kind}" if below.kind else ""
    source = below.source or ("" if name == "trigger" else "the step's code")
    known = (f"Known from {source}.",) if source else ()
    return Hover(key.range, f"{path[-1]}{kind}", (*_below(below), *known))


def _app_heading(snapshot: Snapshot, prop: AppProp) -> str:
    accounts = snapshot.accounts_of(prop)
    known = accounts[0].app if accounts else snapshot.catalogue(prop.app)
    name = known.name if known else prop.app
    return name if name == prop.app else f"{name} ({prop.app})"


def _accounts(snapshot: Snapshot, prop: AppProp) -> Iterator[str]:
    accounts = snapshot.accounts_of(prop)
    if not accounts and not snapshot.accounts.complete:
        yield "Which accounts are connected is not known yet."
    elif not accounts:
        is_app = prop.app != prop.name or snapshot.catalogue(prop.app)
        yield f"No account of {'this app' if is_app else 'an app of this name'} is connected."
    for account in accounts[:_MOST_ACCOUNTS]:
        yield f"Account: {_account(account)}."
    if len(accounts) > _MOST_ACCOUNTS:
        yield f"And {len(accounts) - _MOST_ACCOUNTS} more."
    if prop.account_id and snapshot.accounts.complete and snapshot.accounts.by_id(prop.account_id) is None:
        yield f"workflow.yaml names {prop.account_id}, which is not among your accounts."


def _quiet(snapshot: Snapshot, prop: AppProp) -> Iterator[str]:
    """Why no rule says anything of the app: every one that could needs to know its account, or all of them."""
    named = snapshot.accounts.by_id(prop.account_id) if prop.account_id else None
    if not snapshot.accounts.complete and named is None:
        yield _QUIET


def _account(account: Account) -> str:
    where = "kept here" if account.local else account.environment
    notes = [note for note in (where, account.state) if note]
    return f"{account.label} ({account.id})" + "".join(f", {note}" for note in notes)


def _keys(snapshot: Snapshot, prop: AppProp) -> Iterator[str]:
    known = snapshot.keys_of(prop)
    if known.fields:
        yield f"Keys: {', '.join(known.names)}."
    yield _known_from(known)


def _known_from(known: KeySet) -> str:
    if not known.fields:
        return "Its keys are not known, so none is warned about."
    rest = "these are all." if known.complete else "there may be more, so no key is warned about."
    return f"Known from {known.source}; {rest}"


def _below(shape: Shape | None) -> Iterator[str]:
    if shape and shape.keys:
        yield f"It has {', '.join(shape.keys)}."
