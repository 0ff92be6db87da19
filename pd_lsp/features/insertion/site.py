"""A place for templates: all that does not depend on which of them goes there, since many are offered at once."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import islice

from pd_lsp.features.insertion.handler_lines import content_of, is_blank, is_docstring, leading_blanks, zone_end
from pd_lsp.features.insertion.head import Head, head_of
from pd_lsp.features.insertion.identifiers import is_in_text, is_used
from pd_lsp.features.insertion.imported_names import ImportedName, import_statements, imported_by
from pd_lsp.features.insertion.place import Place, place_in
from pd_lsp.features.insertion.quotes import Quote, quote_of
from pd_lsp.syntax.bindings import is_bound, is_bound_in_module
from pd_lsp.syntax.handler import Handler, handlers
from pd_lsp.syntax.tree import Node, Tree, parse
from pd_lsp.text import LineIndex, Offset, TextRange

_LOCAL_IMPORTS = "(block [(import_statement) (import_from_statement)] @import)"
_MOST_IMPORTS = 2_000
"""How many imports of a module are looked at for one that a template needs."""
_HEADER_END = re.compile(r":[ \t]*(#.*)?$")
_UNIT = "    "
_FARTHEST = 100
"""How many blank lines are passed over in search of the header of a block."""
_HEAD = ("comment", "import_statement", "import_from_statement", "future_import_statement")


@dataclass(frozen=True, slots=True)
class Names:
    """What names mean in a part of a step."""

    is_used: Callable[[str], bool]
    is_bound: Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Lines:
    """A place between the lines of a handler."""

    handler: Handler
    place: Place
    names: Names
    imports: tuple[ImportedName, ...]
    """What the handler itself has imported by then."""


@dataclass(frozen=True, slots=True)
class Site:
    """Where a template goes."""

    tree: Tree
    lines: LineIndex
    head: Head
    imports: tuple[ImportedName, ...]
    """What the module imports."""
    names: Names
    """What names mean in the module."""
    inside: Lines | None
    """The place in a handler; None: the template becomes a handler, or the whole step."""
    quote: Quote
    """What most strings of the module are written in."""
    is_blank: bool
    """Whether there is no code yet."""
    filler: TextRange | None = None
    """What stands in the tree for the statement that a block still lacks, and not in the text."""


def site_at(
    tree: Tree, lines: LineIndex, offset: Offset, *, word: TextRange | None = None, is_step: bool = True
) -> Site | None:
    """Where templates go for a caret at `offset`, or None where they have no place.

    A `word` alone on its line in a handler gives way to them. A text that is not known to be a step must look like one:
    have a handler, or no code yet but imports.
    """
    if tree.text.count("\r") != tree.text.count("\r\n"):
        return None
    filled = _filled_block(tree, lines, offset) if word is None else None
    if filled:
        return filled
    found = handlers(tree)
    has_no_code = not found and _holds_only(tree, ("comment",))
    if not found and not has_no_code and (tree.root.has_error or not (is_step or _holds_only(tree, _HEAD))):
        return None
    inside = _lines_at(tree, lines, found, offset, word) if found else None
    if found and inside is None:
        return None
    everywhere = TextRange(Offset(0), Offset(len(tree.text)))
    return Site(
        tree=tree,
        lines=lines,
        head=head_of(tree, lines),
        imports=tuple(_imports(tree)),
        names=Names(cache(partial(is_used, tree, everywhere, word)), cache(partial(is_bound_in_module, tree))),
        inside=inside,
        quote=quote_of(tree),
        is_blank=has_no_code,
    )


def _filled_block(tree: Tree, lines: LineIndex, offset: Offset) -> Site | None:
    """The place in a block of a handler that has nothing in it yet, for a caret on the blank line below its header."""
    line = lines.line_of(offset)
    above = range(line - 1, max(line - _FARTHEST, 0) - 1, -1)
    below = range(line, min(line + _FARTHEST, lines.line_count))
    header, following = (
        next((number for number in near if not is_blank(lines, number)), None) for near in (above, below)
    )
    if header is None or following == line or not _HEADER_END.search(content_of(lines, header)):
        return None
    blanks, outer = leading_blanks(lines, line), leading_blanks(lines, header)
    if following is not None and len(leading_blanks(lines, following)) > len(outer):
        return None
    unit = "\t" if "\t" in outer else min(outer or _UNIT, _UNIT, key=len)
    deeper = "" if len(blanks) > len(outer) else outer[len(blanks) :] + unit
    start, end = lines.line_range(line).end, Offset(lines.line_range(line).end + len(deeper) + 1)
    text = f"{tree.text[:start]}{deeper}_{tree.text[start:]}"
    site = site_at(parse(text, tree), LineIndex(text), end, word=TextRange(Offset(end - 1), end))
    is_there = site is not None and site.inside is not None and end in site.inside.place.range
    return replace(site, filler=TextRange(start, end)) if site and is_there else None


def _imports(tree: Tree) -> Iterator[ImportedName]:
    for statement in islice(import_statements(tree.root), _MOST_IMPORTS):
        yield from (name for name, _ in imported_by(statement))


def _holds_only(tree: Tree, kinds: tuple[str, ...]) -> bool:
    """Whether a module holds nothing but these kinds of things, and, if it may hold imports, a docstring."""
    code = (child for child in tree.root.children_from(Offset(0)) if child.kind != "comment")
    return all(
        child.kind in kinds or (kinds == _HEAD and index == 0 and is_docstring(child))
        for index, child in enumerate(code)
    )


def _lines_at(
    tree: Tree, lines: LineIndex, found: tuple[Handler, ...], offset: Offset, word: TextRange | None
) -> Lines | None:
    """The place in the handler around `offset`, or else in the one that runs."""
    around = [handler for handler in found if handler.range.start <= offset <= zone_end(tree, handler)]
    handler = (around or found)[-1]
    place = place_in(tree, lines, handler, offset, word)
    if place is None:
        return None
    if handler.node is None:
        return Lines(handler, place, Names(cache(partial(is_in_text, tree.text)), _is_never), ())
    return Lines(
        handler=handler,
        place=place,
        names=Names(
            is_used=cache(partial(is_used, tree, handler.range, word)),
            is_bound=cache(partial(is_bound, tree, handler.range)),
        ),
        imports=_local_imports(handler.node, place.range.start),
    )


def _is_never(_name: str) -> bool:
    return False


def _local_imports(definition: Node, before: Offset) -> tuple[ImportedName, ...]:
    """What a handler itself has imported by the place `before`."""
    body = definition.field("body")
    matches = body.matches(_LOCAL_IMPORTS, only_from_here=True) if body else ()
    statements = (match["import"] for match in matches if match["import"].range.end <= before)
    return tuple(name for statement in statements for name, _ in imported_by(statement))
