"""`raise_for_status` without its brackets.

`response.raise_for_status` only names the method; it raises nothing until it is called.

Wrong:

    import requests

    def handler(pd: "pipedream"):
        r = requests.get("https://example.com/", timeout=30)
        r.raise_for_status
        return r.json()

Right:

    import requests

    def handler(pd: "pipedream"):
        r = requests.get("https://example.com/", timeout=30)
        r.raise_for_status()
        return r.json()
"""

from collections.abc import Iterator

from pd_lsp.features.rules.rule import Finding, Fix, Rule
from pd_lsp.syntax.name_search import Sought, identifiers
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.text import TextEdit, TextRange

_NAME = "raise_for_status"


def _find(snapshot: Snapshot) -> Iterator[Finding]:
    for way in identifiers(snapshot.tree, Sought(_NAME), patient=True) if _NAME in snapshot.text else ():
        attribute = way[-2].node
        if (
            attribute.kind == "attribute"
            and way[-1].field == "attribute"
            and way[-3].node.kind == "expression_statement"
        ):
            end = attribute.range.end
            fix = Fix("Call it", (TextEdit(TextRange(end, end), "()"),), is_preferred=True)
            yield Finding(attribute.range, "This only names the method: call it, or nothing is raised.", (fix,))


RULE = Rule("raise-for-status", "warning", _find)
