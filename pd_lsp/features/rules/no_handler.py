"""A step without a handler.

Pipedream runs the function `handler` of a Python step (docs/platform.md, section 1.1); a file without one does nothing.
Said only of files that a workflow.yaml lists as Python steps. Older scripts, which import `steps` and `export`, have
none and are left alone.

Wrong:

    def main(pd: "pipedream"):
        return 1

Right:

    def handler(pd: "pipedream"):
        return 1
"""

from collections.abc import Iterator

from pd_lsp.features.rules.rule import Finding, Rule
from pd_lsp.features.rules.step_code import code_of, is_python_step
from pd_lsp.syntax.name_search import Sought, identifiers
from pd_lsp.syntax.old_style import script_helpers_import
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.syntax.tree import Tree


def _find(snapshot: Snapshot) -> Iterator[Finding]:
    tree = snapshot.tree
    if not is_python_step(snapshot) or tree.root.has_error or _has_handler(tree) or script_helpers_import(tree):
        return
    first = next(iter(code_of(tree)), None)
    if first:
        line = snapshot.lines.line_range(snapshot.lines.line_of(first.range.start))
        yield Finding(line, 'Pipedream runs the function handler of a step: write def handler(pd: "pipedream").')


def _has_handler(tree: Tree) -> bool:
    """Whether the text speaks of one at all: by assignment or import, too."""
    return next(identifiers(tree, Sought("handler"), patient=True), None) is not None or "import *" in tree.text


RULE = Rule("no-handler", "warning", _find)
