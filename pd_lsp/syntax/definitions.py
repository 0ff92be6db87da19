"""Finds what gave a name its value at a place: of all the places of a name the few that count there."""

from collections.abc import Iterator, Sequence
from itertools import islice

from pd_lsp.syntax.definition import COMPREHENSIONS, FUNCTIONS, PARAMETERS, Definition, definition_at, is_in_body
from pd_lsp.syntax.name_search import Sought, identifiers
from pd_lsp.syntax.tree import Node, Tree
from pd_lsp.text import Offset, TextRange

GIVES = r"(?![ \t]*(?:=(?!=)|:|,|\)|\]|\}|in\b|if\b|\r?\n[ \t]*\)))"
"""What does not follow where a name is given a value: few of the places of a name are looked at in the tree."""
_MOST_PLACES = 100
"""Of one name that are looked at in one function."""
_MOST_OF_MODULE = 30
_IMPORTED_AFTER = ("import ", "as ", ", ")
"""What stands before a name that is imported: behind it the line may end, as it does behind many reads."""
_SCOPES = (*FUNCTIONS, *COMPREHENSIONS, "class_definition")


def definitions(tree: Tree, name: str, offset: Offset) -> Iterator[Definition]:
    """What may have given `name` its value at `offset`: the nearest before it first, then what stands behind it.

    What stands behind it counts in a comprehension around the place, and outside the function around it.
    """
    around = tree.way_to(Offset(max(offset - 1, 0)))
    inside = [branch.node for branch in around if branch.node.kind in _SCOPES and offset in branch.node.range]
    visible = [tree.root, *(node for node in inside if node.kind in FUNCTIONS), *_class_body(inside)]
    for comprehension in (node for node in reversed(inside) if node.kind in COMPREHENSIONS):
        yield from _in(tree, name, comprehension.range, [comprehension], offset)
    found = False
    for definition in _before(tree, name, visible, offset):
        found = True
        yield definition
    if found:
        return
    for before in _IMPORTED_AFTER if "import" in tree.text else ():
        for way in islice(identifiers(tree, Sought(name, after=before)), _MOST_OF_MODULE):
            imported = definition_at(way, offset) if way else None
            if imported and imported.is_imported and _scope(imported) in visible:
                yield imported
    for node in (node for word in ("def", "class") for node in definition_named(tree, name, word)):
        function = definition_at(tree.way_to(_name_of(node)), offset)
        if function and _scope(function) in visible:
            yield function
    yield from _behind(tree, name, visible, offset)


def _before(tree: Tree, name: str, visible: Sequence[Node], offset: Offset) -> Iterator[Definition]:
    """Function by function, from the inside out, and then in the module: there what begins a line comes first."""
    end = offset
    for function in reversed(visible[1:]):
        yield from _in(tree, name, TextRange(function.range.start, max(end, function.range.start)), visible, offset)
        end = min(end, function.range.start)
    above = TextRange(Offset(0), end)
    if end < offset:
        yield from _in(tree, name, above, visible, offset, after="\n")
        yield from _in(tree, name, above, visible, offset, most=_MOST_OF_MODULE)
    else:
        yield from _in(tree, name, above, visible, offset)


def _behind(tree: Tree, name: str, visible: Sequence[Node], offset: Offset) -> Iterator[Definition]:
    """Around the innermost function, what stands behind it, in the order of the text."""
    functions = [node for node in visible[1:] if node.kind in FUNCTIONS]
    for inner, outer in zip(reversed(functions), reversed(functions[:-1]), strict=False):
        within = TextRange(inner.range.end, max(inner.range.end, outer.range.end))
        yield from reversed(list(_in(tree, name, within, [outer], offset)))
    if functions:
        within = TextRange(functions[0].range.end, Offset(len(tree.text)))
        yield from reversed(list(_in(tree, name, within, [tree.root], offset, after="\n")))


def definition_named(tree: Tree, name: str, word: str) -> Iterator[Node]:
    """The definitions of a function (`word` is `def`) or a class of this name, the last first."""
    for way in identifiers(tree, Sought(name, after=f"{word} ")):
        if way and way[-1].field == "name" and way[-2].node.kind in ("function_definition", "class_definition"):
            yield way[-2].node


def _name_of(definition: Node) -> Offset:
    name = definition.field("name")
    return name.range.start if name else definition.range.start


def _class_body(inside: Sequence[Node]) -> list[Node]:
    """The class whose own statements a place stands in: its names are not seen in its methods."""
    inner = [node for node in inside if node.kind not in COMPREHENSIONS][-1:]
    return [node for node in inner if node.kind == "class_definition"]


def _in(  # noqa: PLR0913 - which places are looked at
    tree: Tree,
    name: str,
    within: TextRange,
    visible: Sequence[Node],
    offset: Offset,
    *,
    after: str = "",
    most: int = _MOST_PLACES,
) -> Iterator[Definition]:
    sought = Sought(name, anywhere=False, unless=GIVES, after=after)
    for way in islice(identifiers(tree, sought, within), most):
        found = definition_at(way, offset) if way else None
        if found and _is_visible(found, visible, offset):
            yield found


def _is_visible(found: Definition, visible: Sequence[Node], offset: Offset) -> bool:
    if found.value and not found.is_parameter and found.value.range.end > offset and found.place < offset:
        return False
    scope = _scope(found)
    return scope in visible or (scope is None and is_in_body(found, offset))


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
