"""What a function's names that it gives dictionary literals stand for, as far as the text is certain of it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pd_lsp.syntax.literal import string_value
from pd_lsp.syntax.tree import Node
from pd_lsp.text import Offset

_TARGETS = """
[
  (assignment left: (_) @target)
  (augmented_assignment left: (_) @target)
  (named_expression name: (_) @target)
  (for_statement left: (_) @target)
  (for_in_clause left: (_) @target)
  (as_pattern_target (_) @target)
  (parameters (_) @target)
  (delete_statement (_) @target)
]
"""
_CHANGES = """
(call function: (attribute object: (_) @changed attribute: (identifier) @method
  (#any-of? @method "update" "setdefault" "pop" "popitem" "clear")))
"""
_FUNCTIONS = ("function_definition", "lambda", "class_definition")
_NAMES = ("identifier", "pattern_list", "tuple_pattern", "list_pattern", "list_splat_pattern", "typed_parameter")


@dataclass(slots=True)
class NamedLiteral:
    """The dictionaries that one name is given, and what the text puts into them later."""

    literals: list[Node] = field(default_factory=list)
    put: list[tuple[str, ...]] = field(default_factory=list)
    """The keys that lead to each thing that is put in."""
    is_changed: bool = False
    """Whether anything may be put in beside, under whatever keys."""
    may_be_none: bool = False
    others: list[Offset] = field(default_factory=list)
    """Where the name is given anything else."""

    @property
    def is_certain(self) -> bool:
        """Whether it is a dictionary wherever it is read."""
        return not self.others and not self.may_be_none

    def at(self, offset: Offset) -> list[Node]:
        """Its dictionaries as a reader at `offset` knows them, the nearest first; none behind anything else."""
        before = [one for one in self.literals if one.range.end <= offset]
        is_other = any(before[-1].range.end <= other < offset for other in self.others) if before else True
        return [] if is_other else before[::-1]


def named_literals(function: Node) -> Mapping[str, NamedLiteral]:
    """By name: what `function` gives dictionary literals. What the functions in it do is theirs."""
    found: dict[str, NamedLiteral] = defaultdict(NamedLiteral)
    for target in _targets(function, _TARGETS, "target"):
        _note(found, target)
    for changed in _targets(function, _CHANGES, "changed"):
        found[_item(changed)[0]].is_changed = True
    return {name: known for name, known in found.items() if known.literals}


def _note(found: dict[str, NamedLiteral], target: Node) -> None:
    """Notes what is given to a target, or to the names in it."""
    if target.kind == "subscript":
        _note_item(found[_item(target)[0]], target)
        return
    value = target.parent.field("right") if target.parent and target.parent.kind == "assignment" else None
    kind = value.kind if value and target.kind == "identifier" else ""
    for name in _names_in(target):
        if value and kind == "dictionary":
            found[name].literals.append(value)
        elif kind == "none":
            found[name].may_be_none = True
        else:
            found[name].others.append(target.range.start)


def _note_item(known: NamedLiteral, target: Node) -> None:
    _, path = _item(target)
    if path is None:
        known.is_changed = True
    else:
        known.put.append(path)


def _targets(function: Node, query: str, capture: str) -> Iterator[Node]:
    return (match[capture] for match in function.matches(query) if _is_own(match[capture], function))


def _is_own(node: Node, function: Node) -> bool:
    parent = node.parent
    while parent is not None and parent != function and parent.kind not in _FUNCTIONS:
        parent = parent.parent
    return parent == function


def _item(target: Node) -> tuple[str, tuple[str, ...] | None]:
    """The name and the keys of `name["a"]["b"]`; None for keys of which one is worked out."""
    path: list[str] = []
    is_literal = True
    while target.kind == "subscript":
        key, value = target.field("subscript"), target.field("value")
        text = string_value(key.text) if key and key.kind == "string" else None
        is_literal = is_literal and text is not None
        path.insert(0, text or "")
        if value is None:
            break
        target = value
    return target.text, tuple(path) if is_literal else None


def _names_in(target: Node) -> Iterator[str]:
    if target.kind == "identifier":
        yield target.text
    for inner in target.children if target.kind in _NAMES else ():
        yield from _names_in(inner)
