"""A missing key of a data store, caught as `KeyError`.

A data store raises **`TypeError`** for a key that it does not have (docs/platform.md, section 1.8), so that `except
KeyError` does not see it and the step fails.

Wrong:

    def handler(pd: "pipedream"):
        try:
            return pd.inputs["data_store"]["runs"]
        except KeyError:
            return 0

Right:

    def handler(pd: "pipedream"):
        try:
            return pd.inputs["data_store"]["runs"]
        except TypeError:
            return pd.inputs["data_store"].get("first", 0)
"""

from collections.abc import Iterator

from pd_lsp.features.rules.guards import catches, caught_names, clauses_around
from pd_lsp.features.rules.rule import Finding, Fix, Rule
from pd_lsp.features.rules.store_reads import stores, value_read
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.syntax.tree import Node
from pd_lsp.text import TextEdit

_SUBSCRIPTS = "((subscript) @read)"
_MESSAGE = "A data store raises TypeError for a key that it does not have, which this does not catch."


def _find(snapshot: Snapshot) -> Iterator[Finding]:
    found = list(stores(snapshot))
    if any(_is_asked(store) for store in found):
        return
    said = set()
    reads = [read for store in found if (read := value_read(store)) and read.kind == "subscript"]
    for read in reads:
        for tried, name in _key_errors(read):
            if name not in said:
                said.add(name)
                yield Finding(name.range, _MESSAGE, (_fix(tried, name, reads),))


def _is_asked(store: Node) -> bool:
    return store.parent is not None and store.parent.kind == "comparison_operator"


def _key_errors(read: Node) -> Iterator[tuple[Node, Node]]:
    """The `KeyError` of each `try` around a read, unless something there catches what the read raises."""
    around = list(clauses_around(read))
    if any(catches(clause, "TypeError") for _, clause in around):
        return
    for tried, clause in around:
        yield from ((tried, name) for name in caught_names(clause) if name.text == "KeyError")


def _fix(tried: Node, name: Node, reads: list[Node]) -> Fix:
    """Catches the other error, and both where something else in the `try` can raise the one."""
    body = tried.field("body")
    others = [match["read"] for match in body.matches(_SUBSCRIPTS)] if body else []
    is_alone = all(_is_part_of(other, reads) for other in others)
    in_tuple = name.parent is not None and name.parent.kind == "tuple"
    both = "KeyError, TypeError" if in_tuple else "(KeyError, TypeError)"
    return Fix("Catch TypeError", (TextEdit(name.range, "TypeError" if is_alone else both),), is_preferred=True)


def _is_part_of(node: Node, reads: list[Node]) -> bool:
    """Whether a subscript is one of the reads of a store, or the store in it."""
    return any(read == node or read.field("value") == node for read in reads)


RULE = Rule("store-key-error", "warning", _find)
