"""The literal keys of what `pd.inputs` holds, as a whole text uses them: `store["key"]`, `store.set("key", …)`."""

from collections.abc import Iterator
from itertools import islice

from pd_lsp.syntax.chain import read_chain
from pd_lsp.syntax.literal import string_value
from pd_lsp.syntax.pd_path import resolve
from pd_lsp.syntax.tree import Node, Tree

_LONGEST_CHAIN = 100
_MOST = 1_000
"""Of very many keys of anything so many are looked at; measured: some 50 ms."""
_KEYS = """
[
  (subscript value: (_) @store subscript: (string) @key)
  (call
    function: (attribute object: (_) @store attribute: (identifier) @method (#any-of? @method "get" "set" "set_ttl"))
    arguments: (argument_list . (string) @key))
  (comparison_operator . (string) @key "in" . (_) @store .)
]
"""


def store_keys(tree: Tree) -> Iterator[tuple[str, str]]:
    """The name in `pd.inputs` and the key, for each place that uses one, in the order of the text."""
    if "inputs" not in tree.text:
        return
    for match in islice(tree.root.matches(_KEYS), _MOST):
        name, key = _name(tree, match["store"]), string_value(match["key"].text)
        if name and key:
            yield name, key


def _name(tree: Tree, store: Node) -> str | None:
    """The name in `pd.inputs` that an expression stands for."""
    chain = read_chain(list(islice(tree.tokens_before(store.range.end), _LONGEST_CHAIN)))
    match chain and resolve(tree, chain, store.range.end):
        case "inputs", (name,):
            return name
    return None
