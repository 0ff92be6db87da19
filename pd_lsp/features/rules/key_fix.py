"""Fixes that write another key in the place of one."""

import re

from pd_lsp.features.rules.rule import Fix
from pd_lsp.syntax.literal import string_content
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.syntax.tree import Node
from pd_lsp.text import TextEdit, TextRange

_QUOTE = re.compile(r"\"\"\"|'''|[\"']")


def key_fix(snapshot: Snapshot, literal: TextRange, name: str) -> Fix:
    """Writes `name` in the place of a literal, in the quotes that stand there."""
    found = _QUOTE.search(snapshot.text, literal.start, literal.end)
    quote = found.group() if found else '"'
    return Fix(
        f"Change to {name!r}", (TextEdit(literal, f"{quote}{string_content(name, quote)}{quote}"),), is_preferred=True
    )


def quoted(name: str, beside: Node) -> str:
    """`name` as a literal that can stand where `beside` does: in an f-string not in the f-string's own quotes."""
    quote, node = '"', beside.parent
    while node is not None and node.kind not in ("block", "module"):
        if node.kind == "string" and node.children:
            quote = "'" if node.children[0].text.endswith('"') else '"'
            break
        node = node.parent
    return f"{quote}{string_content(name, quote)}{quote}"
