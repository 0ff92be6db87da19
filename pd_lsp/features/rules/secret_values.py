"""Which expressions certainly hold a secret: a key of `$auth`, an environment variable, or what is made of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from pd_lsp.features.rules.arguments import plain, positional
from pd_lsp.features.rules.meanings import call_meaning, meaning
from pd_lsp.features.rules.secret_names import is_secret_name
from pd_lsp.features.rules.shown_parts import shown_parts
from pd_lsp.features.rules.values import only_value
from pd_lsp.syntax.literal import string_value
from pd_lsp.syntax.pd_uses import PdUse, pd_uses
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.syntax.tree import Node, Tree

_DEEPEST = 12
_AUTH, _KEY = 3, 4
"""How long the paths of `$auth` and of one of its keys are."""
_SOURCES = ("$auth", "environ", "getenv")
"""One of these words stands in a text that reads a secret."""
_READS = ("os.environ.get", "os.getenv")


@dataclass(frozen=True, slots=True)
class Secret:
    """An expression that holds a secret."""

    node: Node
    name: str
    """What it is called: a key of `$auth`, `$auth` for all of them, or an environment variable. Never its value."""
    prop: str = ""
    """The name in `pd.inputs`; empty for an environment variable."""


def secrets_among(snapshot: Snapshot, values: Iterable[Node]) -> Iterator[Secret]:
    """The secrets in `values`, of which none is looked at in a text that reads no secret."""
    if any(word in snapshot.text for word in _SOURCES):
        for value in values:
            yield from secrets_in(snapshot.tree, value)


def secrets_in(tree: Tree, expression: Node, depth: int = 0) -> Iterator[Secret]:
    """The parts of `expression` whose value shows in its own value, as it is and whole."""
    node = plain(expression)
    found = _secret(tree, node)
    if found:
        yield found
    elif depth < _DEEPEST:
        for part in shown_parts(tree, node):
            yield from secrets_in(tree, part, depth + 1)
        value = only_value(tree, node) if node.kind == "identifier" else None
        for secret in secrets_in(tree, value, depth + 1) if value else ():
            yield Secret(node, secret.name, secret.prop)


def _secret(tree: Tree, node: Node) -> Secret | None:
    use = _auth_reads(tree).get(node)
    if use and len(use.path) == _KEY:
        return Secret(node, use.path[-1], use.path[1]) if is_secret_name(use.path[-1]) else None
    if use:
        return Secret(node, "$auth", use.path[1])
    name = _variable(tree, node)
    return Secret(node, name) if name and is_secret_name(name) else None


@lru_cache(maxsize=4)
def _auth_reads(tree: Tree) -> dict[Node, PdUse]:
    """By node: `$auth` of a name in `pd.inputs`, and each of its keys."""
    if "$auth" not in tree.text:
        return {}
    reads = (use for use in pd_uses(tree) if use.path[0] == "inputs" and use.path[2:3] == ("$auth",))
    return {use.node: use for use in reads if _AUTH <= len(use.path) <= _KEY}


def _variable(tree: Tree, node: Node) -> str | None:
    """The environment variable that is read: `os.environ["NAME"]`, `os.environ.get("NAME")`, `os.getenv("NAME")`."""
    thing = node.field("value") if node.kind == "subscript" else None
    if thing and meaning(tree, thing) == "os.environ":
        return string_value(node.children[-1].text) if node.children[-1].kind == "string" else None
    if node.kind == "call" and call_meaning(tree, node) in _READS:
        given = positional(node)
        return string_value(given[0].text) if given and given[0].kind == "string" else None
    return None
