"""Finds what gave a name its value at a place: of all the places of a name the few that count there."""

from collections.abc import Iterator, Sequence

from pd_lsp.syntax.definition import COMPREHENSIONS, FUNCTIONS, PARAMETERS, Definition, definition_at
from pd_lsp.syntax.name_search import Sought, identifiers
from pd_lsp.syntax.tree import Branch, Node, Tree
from pd_lsp.text import Offset, TextRange

GIVES = r"(?![ \t]*(?:=(?!=)|:|,|\)|\]|\}|in\b|if\b|\r?\n[ \t]*\)))"
"""What does not follow where a name is given a value: few of the places of a name are looked at in the tree."""
_MOST_PLACES = 300
"""Of one name. Measured: 3 ms."""


def definitions(tree: Tree, name: str, offset: Offset) -> Iterator[Definition]:
    """What may have given `name` its value at `offset`: the nearest before it first, then what stands behind it.

    What stands behind it counts in loops over the place, and outside the function around it.
    """
    around = tree.way_to(Offset(max(offset - 1, 0)))
    scopes = [branch.node for branch in around if branch.node.kind in (*FUNCTIONS, *COMPREHENSIONS)]
    visible = [tree.root, *(node for node in scopes if offset in node.range), *_class_body(around, offset)]
    found = False
    for comprehension in (node for node in visible if node.kind in COMPREHENSIONS):
        yield from _in(tree, name, comprehension.range, [comprehension], offset)
    for definition in _in(tree, name, TextRange(Offset(0), offset), visible, offset):
        found = True
        yield definition
    if found:
        return
    for node in definition_named(tree, name, "def"):
        function = definition_at(tree.way_to(_name_of(node)), offset)
        if function and _scope(function) in visible:
            yield function
    outer = [node for node in visible if node.kind in ("module", "function_definition")][:-1]
    if outer:
        behind = list(_in(tree, name, TextRange(offset, Offset(len(tree.text))), outer, offset))
        yield from reversed(behind)


def definition_named(tree: Tree, name: str, word: str) -> Iterator[Node]:
    """The definitions of a function (`word` is `def`) or a class of this name, the last first."""
    for way in identifiers(tree, Sought(name, after=f"{word} ")):
        if way and way[-1].field == "name" and way[-2].node.kind in ("function_definition", "class_definition"):
            yield way[-2].node


def _name_of(definition: Node) -> Offset:
    name = definition.field("name")
    return name.range.start if name else definition.range.start


def _class_body(around: Sequence[Branch], offset: Offset) -> Iterator[Node]:
    """The class whose own statements `offset` stands in: its names are not seen in its methods."""
    kinds = (*FUNCTIONS, "class_definition")
    inner = next((branch.node for branch in reversed(around) if branch.node.kind in kinds), None)
    if inner and inner.kind == "class_definition" and offset in inner.range:
        yield inner


def _in(tree: Tree, name: str, within: TextRange, visible: Sequence[Node], offset: Offset) -> Iterator[Definition]:
    sought = Sought(name, anywhere=False, unless=GIVES)
    for number, way in enumerate(identifiers(tree, sought, within)):
        if not way or number >= _MOST_PLACES:
            return
        found = definition_at(way, offset)
        if found and _is_visible(tree, found, visible, offset):
            yield found


def _is_visible(tree: Tree, found: Definition, visible: Sequence[Node], offset: Offset) -> bool:
    if found.value and not found.is_parameter and found.value.range.end > offset and found.place < offset:
        return False
    scope = _scope(found)
    return scope in visible or (scope is None and _is_below(tree, found, offset))


def _scope(found: Definition) -> Node | None:
    """What a definition counts in; None for a parameter of a function that the tree can't tell."""
    if found.is_parameter:
        owner = next((at for at, one in enumerate(found.way) if one.node.kind in PARAMETERS), 0)
        node = found.way[owner - 1].node
        return node if node.kind in FUNCTIONS else None
    in_comprehension = found.loops and any(branch.node.kind == "for_in_clause" for branch in found.way)
    kinds = (*FUNCTIONS, "class_definition", *(COMPREHENSIONS if in_comprehension else ()))
    around = reversed(found.way[:-2] if found.way[-1].field == "name" else found.way)
    return next((branch.node for branch in around if branch.node.kind in kinds), found.way[0].node)


def _is_below(tree: Tree, found: Definition, offset: Offset) -> bool:
    """Whether the lines from a header in a broken text down to `offset` are those of its body, by their indent."""
    lines = tree.text[tree.text.rfind("\n", 0, found.place) + 1 : offset].split("\n")
    indents = [len(line) - len(line.lstrip()) for line in lines if line.strip()]
    return len(indents) < 2 or min(indents[1:]) > indents[0]  # noqa: PLR2004 - the header and a line
