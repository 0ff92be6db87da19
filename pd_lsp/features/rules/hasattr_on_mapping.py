"""`hasattr` or `getattr` that looks for a key.

`pd.steps` and `pd.inputs` are plain mappings: a step or an app is a key in them and never an attribute, so that
`hasattr` always says no and `getattr` always gives its default.

Wrong:

    def handler(pd: "pipedream"):
        return hasattr(pd.steps, "fetch")

Wrong:

    def handler(pd: "pipedream"):
        return getattr(pd.inputs, "slack", None)

Right:

    def handler(pd: "pipedream"):
        return "fetch" in pd.steps and hasattr(pd, "inputs") and pd.inputs.get("slack")
"""

from collections.abc import Iterator

from pd_lsp.features.rules.rule import Finding, Fix, Rule
from pd_lsp.syntax.literal import string_value
from pd_lsp.syntax.pd_uses import pd_uses
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.syntax.tree import Node
from pd_lsp.text import TextEdit

_METHODS = frozenset(dir(dict))
_BINDS_CLOSER = ("comparison_operator", "binary_operator", "attribute", "subscript", "await")


def _find(snapshot: Snapshot) -> Iterator[Finding]:
    if "attr(" not in snapshot.text:
        return
    for use in pd_uses(snapshot.tree):
        call = _call_with(use.node) if use.path[0] in ("steps", "inputs") and use.read_by != "get" else None
        if call is None or (use.path[0] == "inputs" and len(use.path) > 1):
            continue
        function, (_, key, *default) = call
        name = string_value(key.text) if key.kind == "string" else None
        whole = use.node.parent and use.node.parent.parent
        if name is None or name in _METHODS or whole is None:
            continue
        written = _written(function, use.node.text, key.text, [node.text for node in default])
        if function == "hasattr" and whole.parent and whole.parent.kind in _BINDS_CLOSER:
            written = f"({written})"
        message = f"{name!r} is a key here and never an attribute: write {written}."
        yield Finding(whole.range, message, (Fix("Ask for the key", (TextEdit(whole.range, written),), True),))


def _call_with(mapping: Node) -> tuple[str, list[Node]] | None:
    """The call of `hasattr` or `getattr` whose first argument `mapping` is, and all its arguments."""
    arguments = mapping.parent
    call = arguments.parent if arguments and arguments.kind == "argument_list" else None
    function = call.field("function") if call and call.kind == "call" else None
    given = arguments.children if arguments else []
    if function is None or function.text not in ("hasattr", "getattr") or len(given) not in (2, 3):
        return None
    return (function.text, given) if given[0] == mapping else None


def _written(function: str, mapping: str, key: str, default: list[str]) -> str:
    if function == "hasattr":
        return f"{key} in {mapping}"
    return f"{mapping}.get({key}, {default[0]})" if default else f"{mapping}[{key}]"


RULE = Rule("hasattr-on-mapping", "warning", _find)
