"""The keys of `$auth` of an app, as accounts, the catalogue and the stub that is there already know them.

What a stub knows once, it keeps: it is made by people with different accounts, and checked where nobody has any.
"""

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pd_lsp.catalog import known_app
from pd_lsp.model import Account, Accounts, AppProp, AppSlug

AUTH = "Auth"
"""What the class of an app's keys is called, before the name of the app."""


@dataclass(frozen=True, slots=True)
class Keys:
    """Names of keys in order, and whether these are all."""

    names: tuple[str, ...]
    complete: bool


def keys_of_app(app: AppSlug, props: Iterable[AppProp], accounts: Accounts, before: Keys | None) -> Keys:
    """The keys that any account has which one of the props can mean.

    They are all only where that is known of each account. Where it is not, what the stub had `before` counts too.
    """
    sets = [account.keys for prop in props for account in _meant(prop, accounts)]
    names = {name for keys in sets for name in keys.names if name.isprintable()}
    if sets and all(keys.complete and keys.fields for keys in sets):
        return Keys(tuple(sorted(names)), complete=True)
    if before and before.complete:
        return before
    known = known_app(app)
    names |= {*(known.keys.names if known else ()), *(before.names if before else ())}
    return Keys(tuple(sorted(names)), complete=False)


def keys_in_stub(text: str) -> Mapping[str, Keys]:
    """The keys that a stub of ours has, by the name of their class; none in a text that is no Python."""
    try:
        body = ast.parse(text).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return {}
    inner = [one for node in body for one in (node.body if isinstance(node, ast.If) else [node])]
    return {name: keys for node in inner for name, keys in _keys(node)}


def _meant(prop: AppProp, accounts: Accounts) -> tuple[Account, ...]:
    named = accounts.by_id(prop.account_id) if prop.account_id else None
    return (named,) if named else accounts.of(prop.app)


def _keys(node: ast.stmt) -> Iterable[tuple[str, Keys]]:
    match node:
        case ast.ClassDef(name=str(name), keywords=keywords, body=body) if name.startswith(f"_{AUTH}") and node.bases:
            fields = [
                one.target.id for one in body if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)
            ]
            yield name, Keys(tuple(fields), complete=not keywords)
        case ast.Assign(
            targets=[ast.Name(id=str(name))], value=ast.Call(args=[_, ast.Dict(keys=keys)], keywords=words)
        ) if name.startswith(f"_{AUTH}"):
            fields = [str(key.value) for key in keys if isinstance(key, ast.Constant)]
            yield name, Keys(tuple(fields), complete=not words)
