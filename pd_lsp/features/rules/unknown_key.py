"""A key of `$auth` that the account does not have.

Pipedream gives each account the keys of its app and no others, so that reading another one raises `KeyError` when the
step runs. Silent as long as not all keys of the account are known, and where the step asks for the key before it reads
it, or catches the error.

Wrong:

    def handler(pd: "pipedream"):
        return pd.inputs["openai"]["$auth"]["api_kye"]

Right:

    def handler(pd: "pipedream"):
        auth = pd.inputs["openai"]["$auth"]
        return len(auth["api_key"] or auth.get("token"))
"""

from collections.abc import Iterator
from difflib import get_close_matches

from pd_lsp.features.rules.guards import asked_for
from pd_lsp.features.rules.key_fix import key_fix
from pd_lsp.features.rules.near_name import listed
from pd_lsp.features.rules.rule import Finding, Rule
from pd_lsp.syntax.pd_uses import PdUse, pd_uses
from pd_lsp.syntax.snapshot import Snapshot


def _find(snapshot: Snapshot) -> Iterator[Finding]:
    for use in pd_uses(snapshot.tree):
        match use.path, use.read_by:
            case ("inputs", name, "$auth", field), "subscript":
                yield from _unknown(snapshot, use, name, field)


def _unknown(snapshot: Snapshot, use: PdUse, name: str, field: str) -> Iterator[Finding]:
    prop = snapshot.app_prop(name)
    known = snapshot.keys_of(prop)
    if not known.complete or not known.fields or field in known.names:
        return
    if field in asked_for(snapshot.tree, use.path[:-1]):
        return
    fixes = tuple(key_fix(snapshot, use.key, near) for near in get_close_matches(field, known.names, n=1))
    message = f"The account of {prop.app} has no key {field!r}. It has: {listed(known.names)}."
    yield Finding(use.key, message, fixes)


RULE = Rule("unknown-key", "error", _find)
