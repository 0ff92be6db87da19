"""Steps as they were written before `pd`: scripts on `pipedream.script_helpers` (docs/platform.md, section 1.1)."""

from pd_lsp.syntax.tree import Tree
from pd_lsp.text import TextRange

_IMPORTS = """
(module (import_from_statement module_name: (dotted_name) @module (#eq? @module "pipedream.script_helpers")) @import)
"""


def script_helpers_import(tree: Tree) -> TextRange | None:
    """Where the text imports them; None where it does not."""
    if "script_helpers" not in tree.text:
        return None
    found = next(tree.root.matches(_IMPORTS, only_from_here=True), None)
    return found["import"].range if found else None
