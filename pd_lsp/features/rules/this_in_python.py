"""JavaScript's `this`.

A step in Python has no `this`, even though a page of Pipedream's documentation says so (docs/platform.md, section
1.10): what Node reads as `this.slack.$auth` is `pd.inputs["slack"]["$auth"]`. Silent where the text itself gives
something the name.

Wrong:

    def handler(pd: "pipedream"):
        return len(this.slack.$auth.oauth_access_token)

Right:

    def handler(pd: "pipedream"):
        return len(pd.inputs["slack"]["$auth"]["oauth_access_token"])
"""

import re
from collections.abc import Iterator

from pd_lsp.features.rules.key_fix import quoted
from pd_lsp.features.rules.rule import Finding, Fix, Rule
from pd_lsp.syntax.bindings import is_bound
from pd_lsp.syntax.handler import handlers
from pd_lsp.syntax.name_search import Sought, identifiers
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.syntax.tree import Node
from pd_lsp.text import Offset, TextEdit, TextRange

_READ = re.compile(r"this\.(?P<app>\w+)(?:\.\$auth(?:\.(?P<key>\w+))?)?")
_MESSAGE = 'Python has no this: an account is pd.inputs["app"]["$auth"].'


def _find(snapshot: Snapshot) -> Iterator[Finding]:
    tree = snapshot.tree
    if "this." not in snapshot.text or is_bound(tree, tree.root.range, "this"):
        return
    for way in identifiers(tree, Sought("this", anywhere=False), patient=True):
        place = way[-1].node.range
        read = _READ.match(snapshot.text, place.start)
        if read:
            yield Finding(place, _MESSAGE, _fixes(snapshot, read, way[-1].node))


def _fixes(snapshot: Snapshot, read: "re.Match[str]", place: Node) -> tuple[Fix, ...]:
    found = handlers(snapshot.tree)
    pd = found[-1].parameter if found else None
    if pd is None or "$auth" not in read.group():
        return ()
    keys = [key for key in (read["app"], "$auth", read["key"]) if key]
    written = f"{pd}.inputs" + "".join(f"[{quoted(key, place)}]" for key in keys)
    whole = TextRange(place.range.start, Offset(read.end()))
    return (Fix("Read it from pd.inputs", (TextEdit(whole, written),), is_preferred=True),)


RULE = Rule("this-in-python", "error", _find)
