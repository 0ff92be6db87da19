"""Reads of the environment: `os.environ["NAME"]`, `os.environ.get("NAME")`, `os.getenv("NAME")`."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pd_lsp.syntax.aliases import assignments_to
from pd_lsp.syntax.chain import read_chain
from pd_lsp.syntax.key_site import key_site_at
from pd_lsp.syntax.literal import string_value
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


@dataclass(frozen=True, slots=True)
class EnvironmentRead:
    """One literal name of a variable that a text reads, or asks for with `in`."""

    name: str
    range: TextRange
    """Where the literal stands, its quotes included."""


def environment_slot_at(tree: Tree, offset: Offset) -> Slot | None:
    """Where the name of a variable is being written at `offset`; None where the caret stands elsewhere."""
    site = key_site_at(tree, offset) if _is_mentioned(tree) else None
    if site is None or _read_of(tree, site.bracket, site.before, offset) is None:
        return None
    return site.slot()


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
    if chain is None or chain.keys:
        return None
    names = _local_names(tree)
    dotted = f"{chain.root}.{chain.attribute}" if chain.attribute else chain.root
    if names.get(dotted) == wanted:
        return wanted
    assignment = None if chain.attribute else next(iter(assignments_to(tree, chain.root, offset)), None)
    value = tree.text[assignment.value.start : assignment.value.end] if assignment else ""
    return wanted if names.get(value) == wanted else None


def _local_names(tree: Tree) -> Mapping[str, str]:
    """By what the text calls them: `os.environ` and `os.getenv`, which `os` has whether it is imported yet or not."""
    names = {_ENVIRON: _ENVIRON, _GETENV: _GETENV}
    for match in tree.root.matches(_IMPORTED):
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
    meaning = names.get(place.text)
    literals = (literal for literal in _literals(place, meaning) if literal is not None and literal.kind == "string")
    literal = next(literals, None) if meaning else None
    value = string_value(literal.text) if literal else None
    return EnvironmentRead(value, literal.range) if literal and value else None


def _literals(place: Node, meaning: str | None) -> Iterator[Node | None]:
    """What can be the name of a variable around `os.environ` or `os.getenv`."""
    around = place.parent
    if around is None:
        return
    if meaning == _GETENV and around.kind == "call" and around.field("function") == place:
        yield _first_argument(around)
    elif meaning == _ENVIRON and around.kind == "subscript" and around.field("value") == place:
        yield around.field("subscript")
    elif meaning == _ENVIRON and around.kind == "attribute" and around.field("object") == place:
        method, call = around.field("attribute"), around.parent
        if method and method.text in _METHODS and call and call.kind == "call":
            yield _first_argument(call)
    elif meaning == _ENVIRON and around.kind == "comparison_operator" and around.children[-1] == place:
        yield around.children[0]


def _first_argument(call: Node) -> Node | None:
    arguments = call.field("arguments")
    return arguments.children[0] if arguments and arguments.children else None
