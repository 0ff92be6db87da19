"""What one place gives a name: the value of an assignment, an item of a loop, a part of a pattern, an argument."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pd_lsp.syntax.literal import string_value
from pd_lsp.syntax.tree import Branch, Node
from pd_lsp.text import Offset

FUNCTIONS = ("function_definition", "lambda")
COMPREHENSIONS = ("list_comprehension", "dictionary_comprehension", "set_comprehension", "generator_expression")
PARAMETERS = ("parameters", "lambda_parameters")
PATTERNS = ("pattern_list", "tuple_pattern", "list_pattern")
_PASSED = ("as_pattern_target", "dotted_name", "typed_parameter", "default_parameter", "typed_default_parameter")
_WHOLE = ("dotted_name", "as_pattern", "dict_pattern", "list_pattern")
"""Patterns whose parts are known by where they stand."""
_VALUES = {
    ("assignment", "left"): "right",
    ("named_expression", "name"): "value",
    ("augmented_assignment", "left"): "",
    ("import_statement", "name"): "",
    ("import_from_statement", "name"): "",
    ("aliased_import", "alias"): "",
}
"""Which part of a statement a name gets its value from; none where the text does not tell the value."""
_OWNER = re.compile(r"\bdef[ \t]+(\w+)[ \t]*\Z")
_FARTHEST_OWNER = 200
_LONGEST_BODY = 50_000


@dataclass(frozen=True, slots=True)
class Definition:
    """One thing that gives a name its value."""

    place: Offset
    """Where the name stands."""
    value: Node | None
    """The expression or definition whose value it takes; None where that is not known."""
    items: tuple[str, ...] = ()
    """Which item of that: `("1",)` for the second of two names."""
    loops: bool = False
    """Whether the first of those items is the one that a loop is at."""
    is_parameter: bool = False
    parameter: Node | None = None
    """The whole parameter, with annotation and default."""
    is_sure: bool = True
    """Whether the code at the place has certainly passed by, as far as branches go."""
    way: Sequence[Branch] = ()
    """The nodes around it."""

    @property
    def parameters(self) -> Node | None:
        """The list of parameters that it stands in."""
        return next((branch.node for branch in reversed(self.way) if branch.node.kind in PARAMETERS), None)

    @property
    def is_imported(self) -> bool:
        """Whether another text gives it its value."""
        return any("import" in branch.node.kind for branch in self.way)

    @property
    def function(self) -> Node | None:
        """The function that it is a parameter of."""
        around = reversed(self.way)
        return next((branch.node for branch in around if branch.node.kind in FUNCTIONS), None)


def definition_at(way: Sequence[Branch], offset: Offset) -> Definition | None:
    """What the identifier at the end of `way` is given there; None where it is only read."""
    items: list[str] = []
    for at in range(len(way) - 1, 0, -1):
        child, parent = way[at], way[at - 1].node
        if parent.kind in PATTERNS:
            items.insert(0, str(parent.children.index(child.node)))
        elif parent.kind == "dict_pattern":
            items.insert(0, _key_before(child.node, parent))
        elif parent.kind in PARAMETERS:
            return Definition(
                way[-1].node.range.start, None, is_parameter=True, parameter=child.node, way=way[: at + 1]
            )
        elif not _is_passed(parent, child):
            return _given(way, at, items, is_sure=_is_sure(way[:at], offset))
    return None


def _is_passed(parent: Node, child: Branch) -> bool:
    """Whether a part of a pattern or a parameter tells nothing, and what is around it does."""
    around = parent.parent.kind if parent.parent else ""
    if parent.kind == "as_pattern":
        return around == "case_pattern" and child.node == parent.children[-1]
    return (parent.kind == "case_pattern" and around != "case_clause") or (
        parent.kind in _PASSED and child.field not in ("value", "type")
    )


def _key_before(value: Node, pattern: Node) -> str:
    """The key of a part of a pattern such as `{"key": name}`."""
    before = [node for node in pattern.children if node.range.end <= value.range.start]
    return (string_value(before[-1].text) if before and before[-1].kind == "string" else None) or ""


def _is_sure(way: Sequence[Branch], offset: Offset) -> bool:
    block = next((branch.node for branch in reversed(way) if branch.node.kind == "block"), None)
    return block is None or offset in block.range


def _given(way: Sequence[Branch], at: int, items: list[str], *, is_sure: bool) -> Definition | None:
    """What the parent of `way[at]` gives it."""
    child, parent = way[at], way[at - 1].node
    value, loops = None, False
    match parent.kind, child.field or "":
        case kind, field if (kind, field) in _VALUES:
            value = _last_value(parent, _VALUES[kind, field])
            if value is None and kind == "assignment":
                return None
        case (("for_statement" | "for_in_clause"), "left"):
            value, loops = _looped(parent.field("right"), items), True
        case "as_pattern", _ if child.node.kind == "as_pattern_target":
            value = parent.children[0]
        case "case_pattern", _:
            value = _subject(way) if child.node.kind in _WHOLE else None
        case (("function_definition" | "class_definition"), "name"):
            value = parent
        case _:
            return None
    return Definition(way[-1].node.range.start, value, tuple(items), loops, is_sure=is_sure, way=way[: at + 1])


def _last_value(node: Node, field: str) -> Node | None:
    """What stands on the right side, the last one of `a = b = value`."""
    value = node.field(field) if field else None
    while value and value.kind == "assignment":
        value = value.field("right")
    return value


def _looped(value: Node | None, items: list[str]) -> Node | None:
    """What a loop goes over; the first item of it is added to `items`, or that is the second name of `enumerate`."""
    function = value.field("function") if value and value.kind == "call" else None
    arguments = value.field("arguments") if value and function and function.text == "enumerate" else None
    if arguments and arguments.children and items[:1] == ["1"]:
        items[0] = "0"
        return arguments.children[0]
    items.insert(0, "0")
    return value


def _subject(way: Sequence[Branch]) -> Node | None:
    """What the `match` around looks at."""
    match = next((branch.node for branch in reversed(way) if branch.node.kind == "match_statement"), None)
    return match.field("subject") if match else None


def is_in_body(parameter: Definition, offset: Offset) -> bool:
    """Whether the lines from the header of a function down to `offset` are those of its body, by their indent.

    In a broken text the tree can't tell: the functions below are in the one that is being written.
    """
    tree = parameter.way[0].node.tree
    if not 0 <= offset - parameter.place <= _LONGEST_BODY:
        return False
    lines = tree.text[tree.text.rfind("\n", 0, parameter.place) + 1 : offset].split("\n")
    indents = [len(line) - len(line.lstrip()) for line in lines if line.strip()]
    return len(indents) < 2 or min(indents[1:]) > indents[0]  # noqa: PLR2004 - the header and a line


def owner_of(definition: Definition) -> str | None:
    """What the function is called that a parameter is of, in a broken text too; a lambda by the name it is given."""
    parameters, function = definition.parameters, definition.function
    if parameters is None:
        return None
    if parameters.kind == "lambda_parameters":
        given = function.parent if function else None
        name = given.field("left") if given and given.kind == "assignment" else None
        return name.text if name and name.kind == "identifier" else None
    tree, start = parameters.tree, parameters.range.start
    found = _OWNER.search(tree.text, max(0, start - _FARTHEST_OWNER), start)
    return found[1] if found else None
