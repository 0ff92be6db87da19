"""A fix that writes another key in the place of one."""

import re

from pd_lsp.features.rules.rule import Fix
from pd_lsp.syntax.literal import string_content
from pd_lsp.syntax.pd_key import PdKey
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.text import TextEdit

_QUOTE = re.compile(r"\"\"\"|'''|[\"']")


def key_fix(snapshot: Snapshot, key: PdKey, name: str) -> Fix:
    """Writes `name` where `key` has its last key, in the quotes that stand there."""
    found = _QUOTE.search(snapshot.text, key.range.start, key.range.end)
    quote = found.group() if found else '"'
    return Fix(
        f"Change to {name!r}", (TextEdit(key.range, f"{quote}{string_content(name, quote)}{quote}"),), is_preferred=True
    )
