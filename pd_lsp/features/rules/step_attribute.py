"""An attribute where a step's data has keys.

`pd.steps`, and all that other steps gave on, are plain dictionaries and lists (docs/platform.md, section 1.3): they
have keys, where JavaScript would take a dot. Reading `pd.steps.fetch` raises `AttributeError`.

Wrong:

    def handler(pd: "pipedream"):
        return pd.steps.trigger.event

Wrong:

    def handler(pd: "pipedream"):
        return pd.steps["trigger"]["event"].body

Right:

    def handler(pd: "pipedream"):
        event = pd.steps["trigger"]["event"]
        return event["name"].title() or list(event.items())
"""

from collections.abc import Iterator

from pd_lsp.features.rules.guards import is_caught
from pd_lsp.features.rules.key_fix import quoted
from pd_lsp.features.rules.rule import Finding, Fix, Rule
from pd_lsp.syntax.pd_uses import pd_uses
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.syntax.tree import Node
from pd_lsp.text import TextEdit, TextRange

_OF_MAPPINGS = [name for name in dir(dict) if not name.startswith("_")]
"""What somebody may be typing whose attribute is the last thing yet."""
_METHODS = frozenset(name for kind in (dict, list, str, int, float, bool) for name in dir(kind))


def _find(snapshot: Snapshot) -> Iterator[Finding]:
    for use in pd_uses(snapshot.tree):
        is_below_steps = use.path[0] == "steps" and len(use.path) > 1 and use.read_by == "attribute"
        if is_below_steps and _is_key(use.node) and not is_caught(use.node, "AttributeError"):
            message = f"The data of steps has keys and no attributes: write [{use.path[-1]!r}]."
            fix = Fix("Write it as a key", tuple(_edits(use.node)), is_preferred=True)
            yield Finding(use.key, message, (fix,))


def _is_key(attribute: Node) -> bool:
    """Whether an attribute can only be meant as a key: it is no method of JSON's kinds, and not called or assigned."""
    name, around = attribute.field("attribute"), attribute.parent
    is_called = around is not None and around.kind == "call" and around.field("function") == attribute
    if name is None or name.text in _METHODS or is_called:
        return False
    goes_on = around is not None and around.kind in ("attribute", "subscript")
    return goes_on or not any(method.startswith(name.text) for method in _OF_MAPPINGS)


def _edits(attribute: Node) -> Iterator[TextEdit]:
    """Makes keys of an attribute and of those that follow it."""
    node: Node | None = attribute
    while node is not None and node.kind == "attribute" and _is_key(node):
        name, before = node.field("attribute"), node.field("object")
        if name and before:
            yield TextEdit(TextRange(before.range.end, name.range.end), f"[{quoted(name.text, node)}]")
        node = node.parent


RULE = Rule("step-attribute", "error", _find)
