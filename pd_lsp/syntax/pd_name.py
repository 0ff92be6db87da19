"""Which names a text has for `pd` by habit: the name `pd`, and what its handler takes."""

import re

from pd_lsp.syntax.handler import handlers
from pd_lsp.syntax.tree import Tree

_FOREIGN = re.compile(r"\b(?:as|import)[ \t]+pd\b")
_PANDAS = ("as pd", "import pd", "as\tpd")


def is_foreign(tree: Tree) -> bool:
    """Whether a text imports something as `pd`; looked for by letters, which is fast."""
    return any(word in tree.text for word in _PANDAS) and _FOREIGN.search(tree.text) is not None


def handler_takes(tree: Tree, name: str) -> bool:
    """Whether a handler of the text takes `pd` under this name; most names are told by letters alone, which is fast."""
    header = rf"handler[ \t]*\((?:\s|#[^\n]*\n)*{re.escape(name)}\b"
    return re.search(header, tree.text) is not None and any(one.parameter == name for one in handlers(tree))
