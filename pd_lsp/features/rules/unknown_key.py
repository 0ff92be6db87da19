"""A key of `$auth` that the account does not have.

Pipedream gives each account the keys of its app and no others, so that reading another one raises `KeyError` when the
step runs. Silent as long as not all keys of the account are known.

Wrong:

    def handler(pd: "pipedream"):
        return len(pd.inputs["openai"]["$auth"]["api_kye"])

Right:

    def handler(pd: "pipedream"):
        return len(pd.inputs["openai"]["$auth"]["api_key"])
"""

from collections.abc import Iterator
from difflib import get_close_matches

from pd_lsp.features.rules.key_fix import key_fix
from pd_lsp.features.rules.rule import Finding, Rule
from pd_lsp.syntax.pd_key import PdKey, pd_keys
from pd_lsp.syntax.snapshot import Snapshot

_MOST_NAMED = 8


def _find(snapshot: Snapshot) -> Iterator[Finding]:
    for key in pd_keys(snapshot.tree):
        match key.member, key.keys:
            case "inputs", (name, "$auth", field):
                yield from _unknown(snapshot, key, name, field)


def _unknown(snapshot: Snapshot, key: PdKey, name: str, field: str) -> Iterator[Finding]:
    prop = snapshot.app_prop(name)
    known = snapshot.keys_of(prop)
    if not known.complete or not known.fields or field in known.names:
        return
    listed = ", ".join(known.names[:_MOST_NAMED]) + (", …" if len(known.names) > _MOST_NAMED else "")
    near = get_close_matches(field, known.names, n=1)
    fixes = tuple(key_fix(snapshot, key, name) for name in near)
    yield Finding(key.range, f"The account of {prop.app} has no key {field!r}. It has: {listed}.", fixes)


RULE = Rule("unknown-key", "error", _find)
