"""JavaScript's `console.log`.

A step in Python has no `console`, even though a page of Pipedream's documentation says so (docs/platform.md, section
1.10): the call raises `NameError`. What `print` writes shows in the step's logs. Silent where the text itself has a
`console`, as that of the library rich.

Wrong:

    def handler(pd: "pipedream"):
        console.log("hello")

Right:

    def handler(pd: "pipedream"):
        print("hello")
"""

from collections.abc import Iterator

from pd_lsp.features.rules.rule import Finding, Fix, Rule
from pd_lsp.syntax.bindings import is_bound
from pd_lsp.syntax.name_search import Sought, identifiers
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.text import TextEdit

_METHODS = ("log", "info", "warn", "error", "debug")


def _find(snapshot: Snapshot) -> Iterator[Finding]:
    tree = snapshot.tree
    if "console." not in snapshot.text or is_bound(tree, tree.root.range, "console"):
        return
    for way in identifiers(tree, Sought("console", anywhere=False), patient=True):
        attribute, call = way[-2].node, way[-3].node if len(way) > 2 else None  # noqa: PLR2004
        name = attribute.field("attribute") if way[-1].field == "object" else None
        if name and name.text in _METHODS and call and call.kind == "call" and way[-2].field == "function":
            fix = Fix("Use print", (TextEdit(attribute.range, "print"),), is_preferred=True)
            yield Finding(attribute.range, "Python has no console: print shows in the step's logs.", (fix,))


RULE = Rule("console-log", "error", _find)
