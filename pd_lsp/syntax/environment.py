"""Reads of the environment: `os.environ["NAME"]`, `os.environ.get("NAME")`, `os.getenv("NAME")`."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pd_lsp.syntax.chain import read_chain
from pd_lsp.syntax.definitions import definitions
from pd_lsp.syntax.key_site import KeySite
from pd_lsp.syntax.literal_key import first_argument, literal_key
from pd_lsp.syntax.name_search import Sought, identifiers
from pd_lsp.syntax.slot import Slot
from pd_lsp.syntax.tree import Node, Token, Tree
from pd_lsp.text import Offset, TextRange

_ENVIRON, _GETENV = "os.environ", "os.getenv"
_METHODS = ("get", "pop", "setdefault")
_IMPORTED = """
[
  (import_from_statement module_name: (dotted_name) @module (#eq? @module "os") name: (dotted_name) @name)
  (import_from_statement module_name: (dotted_name) @module (#eq? @module "os")
    name: (aliased_import name: (dotted_name) @name alias: (identifier) @alias))
  (import_statement name: (aliased_import name: (dotted_name) @whole (#eq? @whole "os") alias: (identifier) @alias))
]
"""
_IMPORTS_OF_OS = (re.compile(r"from[ \t]+os[ \t]+import\b"), re.compile(r"os[ \t]+as\b"))
"""What is looked for in the letters of a text before its tree is asked; each begins with letters, which is fast."""


@dataclass(frozen=True, slots=True)
class EnvironmentRead:
    """One literal name of a variable that a text reads, or asks for with `in`."""

    name: str
    range: TextRange
    """Where the literal stands, its quotes included."""


def environment_slot(tree: Tree, site: KeySite) -> Slot | None:
    """Where the name of a variable is being written at `site`; None where it is a key of something else."""
    return site.slot() if _read_of(tree, site.bracket, site.before, site.offset) else None


def environment_reads(tree: Tree) -> tuple[EnvironmentRead, ...]:
    """Every finished literal name of a variable, in the order of the text."""
    if not _is_mentioned(tree):
        return ()
    names = _local_names(tree)
    words = {dotted.rpartition(".")[2] for dotted in names}
    ways = (way for word in words for way in identifiers(tree, Sought(word), patient=True))
    found = {read.range.start: read for way in ways if (read := _read_at(way[-1].node, names))}
    return tuple(found[start] for start in sorted(found))


def _is_mentioned(tree: Tree) -> bool:
    return "environ" in tree.text or "getenv" in tree.text


def _read_of(tree: Tree, bracket: str, before: Sequence[Token], offset: Offset) -> str | None:
    """What the key behind a bracket is read of: `os.environ` or `os.getenv`; None of anything else."""
    match bracket, before[:2]:
        case "[", _:
            return _meaning(tree, before, offset, _ENVIRON)
        case "(", [Token("identifier", method), Token(".")] if method in _METHODS:
            return _meaning(tree, before[2:], offset, _ENVIRON)
        case "(", _:
            return _meaning(tree, before, offset, _GETENV)
    return None


def _meaning(tree: Tree, tokens: Sequence[Token], offset: Offset, wanted: str) -> str | None:
    """`wanted`, where the name or attribute that ends at the first token stands for it, also by an alias of it."""
    chain = read_chain(tokens)
    if chain is None or chain.keys or (chain.attribute or "environ") not in ("environ", "getenv"):
        return None
    if not _is_mentioned(tree):
        return None
    names = _local_names(tree)
    dotted = f"{chain.root}.{chain.attribute}" if chain.attribute else chain.root
    if names.get(dotted) == wanted:
        return wanted
    definition = None if chain.attribute else next(definitions(tree, chain.root, offset), None)
    value = definition.value if definition and not definition.items else None
    return wanted if value and names.get(value.text) == wanted else None


def _local_names(tree: Tree) -> Mapping[str, str]:
    """By what the text calls them: `os.environ` and `os.getenv`, which `os` has whether it is imported yet or not."""
    names = {_ENVIRON: _ENVIRON, _GETENV: _GETENV}
    for place in (place for pattern in _IMPORTS_OF_OS for place in pattern.finditer(tree.text)):
        node: Node | None = tree.node_at(Offset(place.start()), Offset(place.end()))
        while node is not None and not node.kind.startswith("import"):
            node = node.parent
        names |= _imported(node) if node else {}
    return names


def _imported(statement: Node) -> dict[str, str]:
    """The names that one import gives to `os.environ` and `os.getenv`."""
    names: dict[str, str] = {}
    for match in statement.matches(_IMPORTED):
        if "whole" in match:
            alias = match["alias"].text
            names |= {f"{alias}.environ": _ENVIRON, f"{alias}.getenv": _GETENV}
        elif (dotted := f"os.{match['name'].text}") in (_ENVIRON, _GETENV):
            names[match.get("alias", match["name"]).text] = dotted
    return names


def _read_at(name: Node, names: Mapping[str, str]) -> EnvironmentRead | None:
    """The read that the identifier `name` is the `environ` or `getenv` of."""
    parent = name.parent
    place = parent if parent and parent.kind == "attribute" and parent.field("attribute") == name else name
    found = None
    match names.get(place.text):
        case "os.environ":
            found = literal_key(place, _METHODS)
        case "os.getenv" if place.parent and place.parent.kind == "call" and place.parent.field("function") == place:
            found = first_argument(place.parent)
    return EnvironmentRead(*found) if found else None
