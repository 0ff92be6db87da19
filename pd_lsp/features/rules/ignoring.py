"""`# pd: ignore[rule]`: what a person has looked at and wants no word about."""

import re
from collections.abc import Mapping

from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.text import Offset

COMMENT = re.compile(r"#[ \t]*pd:[ \t]*ignore\[(?P<codes>[^\]\r\n]*)\]")
"""`codes` are those of rules, with commas between them."""


def ignored(snapshot: Snapshot) -> Mapping[int, frozenset[str]]:
    """By line: the codes of the rules that a comment at its end switches off for it."""
    if "ignore[" not in snapshot.text:
        return {}
    found = {}
    for comment in COMMENT.finditer(snapshot.text):
        if snapshot.tree.node_at(Offset(comment.start())).kind == "comment":
            codes = frozenset(code.strip() for code in comment["codes"].split(","))
            found[snapshot.lines.line_of(Offset(comment.start()))] = codes
    return found
