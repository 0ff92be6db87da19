"""`pd` where there is none: outside of every function.

Pipedream hands `pd` to the handler. The lines outside of functions run before that, and have no such name: they raise
`NameError`.

Wrong:

    token = pd.inputs["slack"]["$auth"]["oauth_access_token"]

    def handler(pd: "pipedream"):
        return len(token)

Right:

    def handler(pd: "pipedream"):
        token = pd.inputs["slack"]["$auth"]["oauth_access_token"]
        return bool(token)
"""

from collections.abc import Iterator

from pd_lsp.features.rules.rule import Finding, Rule
from pd_lsp.features.rules.statements import is_guarded
from pd_lsp.syntax.bindings import bindings, is_part_of_another
from pd_lsp.syntax.handler import handlers
from pd_lsp.syntax.name_search import Sought, identifiers
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.syntax.tree import Branch, Node, Tree

_INNER = ("function_definition", "lambda", "parameters")
_DEFINITIONS = ("function_definition", "decorated_definition", "comment")
_MEANT = ("inputs", "steps", "export", "flow", "respond", "send", "context")


def _find(snapshot: Snapshot) -> Iterator[Finding]:
    tree = snapshot.tree
    for name in {handler.parameter for handler in handlers(tree) if handler.parameter and not tree.root.has_error}:
        uses = [use for statement in _statements(tree, name) for use in _outside(tree, statement, name)]
        for use in uses if uses and not _may_mean_another(tree, name) else ():
            yield Finding(use.range, f"There is no {name} outside of the handler: read it in the handler.")


def _statements(tree: Tree, name: str) -> Iterator[Node]:
    """The statements of the module itself that speak of the name."""
    for statement in tree.root.children:
        if statement.kind not in _DEFINITIONS and f"{name}." in statement.text:
            yield statement


def _outside(tree: Tree, statement: Node, name: str) -> Iterator[Node]:
    for way in reversed(list(identifiers(tree, Sought(name, anywhere=False), statement.range, patient=True))):
        is_inner = any(branch.node.kind in _INNER for branch in way)
        if not is_inner and not is_part_of_another(way) and _is_read(way) and not is_guarded(way[-1].node):
            yield way[-1].node


def _is_read(way: list[Branch]) -> bool:
    parent = way[-2].node
    member = parent.field("attribute") if parent.kind == "attribute" and way[-1].field == "object" else None
    return member is not None and member.text in _MEANT


def _may_mean_another(tree: Tree, name: str) -> bool:
    """Whether anything but a parameter gives the name a meaning, or could without saying so."""
    ways = list(bindings(tree, tree.root.range, name))
    if any(not way or not any(branch.node.kind == "parameters" for branch in way) for way in ways):
        return True
    return "import *" in tree.text or "globals()" in tree.text or "builtins" in tree.text


RULE = Rule("pd-outside-handler", "error", _find)
