"""A change inside a value of a data store, which is lost.

What a data store gives is a copy: a change inside it is not kept until the value is assigned again
(docs/platform.md, section 1.8).

Wrong:

    def handler(pd: "pipedream"):
        pd.inputs["data_store"]["seen"].append(3)

Wrong:

    def handler(pd: "pipedream"):
        store = pd.inputs["data_store"]
        counts = store["counts"]
        counts["runs"] = 1

Right:

    def handler(pd: "pipedream"):
        store = pd.inputs["data_store"]
        seen = store.get("seen", [])
        seen.append(3)
        store["seen"] = seen
"""

from collections.abc import Iterator
from itertools import islice

from pd_lsp.features.rules.rule import Finding, Rule
from pd_lsp.features.rules.store_reads import called, function_around, is_target, stores, value_read
from pd_lsp.syntax.bindings import bindings, is_part_of_another
from pd_lsp.syntax.name_search import Sought, identifiers
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.syntax.tree import Node

_CHANGING = frozenset(
    ("append", "extend", "insert", "remove", "pop", "clear", "update", "setdefault", "add", "sort", "reverse")
)
_LOOPS = ("for_statement", "while_statement", "try_statement")
_MESSAGE = "This changes a copy: what a data store keeps stays as it was until the value is assigned to its key again."


def _find(snapshot: Snapshot) -> Iterator[Finding]:
    found = list(stores(snapshot))
    for store in found:
        value = value_read(store)
        change = _change(value) if value else None
        if change:
            yield Finding(change.range, _MESSAGE)
        elif value:
            yield from (Finding(one.range, _MESSAGE) for one in _changes_of_name(snapshot, value, found))


def _change(value: Node) -> Node | None:
    """The assignment into `value`, or the call that changes it and does nothing else."""
    node = value
    while (parent := node.parent) is not None and parent.kind == "subscript" and parent.field("value") == node:
        node = parent
    if node != value and is_target(node):
        return node
    method = called(node)
    is_alone = method is not None and method[1].parent is not None and method[1].parent.kind == "expression_statement"
    return method[1] if method and method[0] in _CHANGING and is_alone else None


def _changes_of_name(snapshot: Snapshot, value: Node, found: list[Node]) -> list[Node]:
    """The changes of a name that the value is given, where the name is good for nothing else and no store is written.

    None wherever that is not certain.
    """
    parent, function = value.parent, function_around(value)
    name = parent.field("left") if parent and parent.kind == "assignment" and parent.field("right") == value else None
    if name is None or name.kind != "identifier" or function is None or any(map(_is_written, found)):
        return []
    if len(list(islice(bindings(snapshot.tree, function.range, name.text), 2))) != 1:
        return []
    ways = identifiers(snapshot.tree, Sought(name.text, anywhere=False), function.range, patient=True)
    others = [way[-1].node for way in ways if not is_part_of_another(way) and way[-1].node != name]
    changes = [change for other in others if not _is_repeated(other) and (change := _change(other))]
    return changes[::-1] if changes and len(changes) == len(others) else []


def _is_written(store: Node) -> bool:
    """Whether something is kept in the store, or the store is handed to somebody who may do so."""
    parent, method = store.parent, called(store)
    if method:
        return method[0] not in ("get", "keys", "items")
    if parent is None or parent.kind == "subscript":
        return parent is None or is_target(parent)
    return parent.kind not in ("assignment", "comparison_operator")


def _is_repeated(node: Node) -> bool:
    parent = node.parent
    while parent is not None and parent.kind != "function_definition":
        if parent.kind in _LOOPS:
            return True
        parent = parent.parent
    return False


RULE = Rule("lost-store-change", "warning", _find)
