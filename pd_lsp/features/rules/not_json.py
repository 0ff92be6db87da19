"""A return value or an export that JSON can't hold.

What a step returns or exports goes to later steps as JSON: text, numbers, lists, dicts with text as keys, true, false
and nothing (docs/platform.md, section 1.9). Anything else makes the step fail. A tuple passes as a list. Said only
where the code leaves no doubt, so a value that comes out of a function is left alone.

Wrong:

    from datetime import datetime

    def handler(pd: "pipedream"):
        return {"at": datetime.now(), "tags": {"a", "b"}}

Right:

    from datetime import datetime

    def handler(pd: "pipedream"):
        return {"at": datetime.now().isoformat(), "tags": ["a", "b"]}
"""

from collections.abc import Iterator

from pd_lsp.features.rules.given_on import given_on
from pd_lsp.features.rules.not_json_values import NotJson, not_json
from pd_lsp.features.rules.rule import Finding, Fix, Rule
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.text import TextEdit


def _find(snapshot: Snapshot) -> Iterator[Finding]:
    for value in given_on(snapshot):
        for found in not_json(snapshot.tree, value):
            yield Finding(found.node.range, _sentence(found), _fixes(found))


def _sentence(found: NotJson) -> str:
    if found.is_key:
        return f"JSON has only text as keys, and this is {found.what}: the step will fail."
    return f"This is {found.what}, which JSON can't hold: the step will fail."


def _fixes(found: NotJson) -> tuple[Fix, ...]:
    if not found.mend:
        return ()
    text = found.mend.format(found.node.text)
    return (Fix(f"Change to {found.mend.format('…')}", (TextEdit(found.node.range, text),)),)


RULE = Rule("not-json", "warning", _find)
