"""What a module begins with, before its own code: comments, a docstring, imports."""

import re
from dataclasses import dataclass
from itertools import islice, takewhile

from pd_lsp.features.insertion.handler_lines import is_docstring
from pd_lsp.features.insertion.import_order import ImportKey, key_of
from pd_lsp.features.insertion.imported_names import ImportedName, imported_by
from pd_lsp.model import as_pypi_writes
from pd_lsp.syntax.package_comments import package_comments
from pd_lsp.syntax.tree import Node, Tree
from pd_lsp.text import LineIndex, Offset, TextRange

_STAYS_FIRST = re.compile(r"#!|#.*coding[:=]")
_SET_OFF = re.compile(r"[ \t]*\r?\n[ \t]*(\r?\n|\Z)")
_IMPORTS = ("import_statement", "import_from_statement")
_BOM = "\ufeff"
_MOST_COMMENTS = 1_000
"""How many comments are looked at for one that must stay first."""
_MOST_IMPORTS = 1_000
"""Among how many imports a new one finds its place."""


@dataclass(frozen=True, slots=True)
class HeadImport:
    """An import at the head of a module."""

    key: ImportKey
    lines: TextRange
    """From the start of its first line to the end of its last."""
    names: tuple[tuple[ImportedName, TextRange], ...]
    """What it brings, each with its place."""


@dataclass(frozen=True, slots=True)
class Head:
    """What a module begins with."""

    start: Offset
    first_comments: Offset | None
    """The end of the comments that must stay first: packages, a coding line."""
    before_imports: Offset | None
    """The end of what imports must follow: those, a docstring, imports from the future; None at the very start."""
    is_spaced: bool
    """Whether a blank line belongs between that and imports."""
    imports: tuple[HeadImport, ...]
    packages: frozenset[str]
    """The packages that the module asks for, wherever it does, as PyPI writes their names."""


def head_of(tree: Tree, lines: LineIndex) -> Head:
    """What a module begins with."""
    start = Offset(len(_BOM) if tree.text.startswith(_BOM) else 0)
    comments, asking = _leading_comments(tree), [comment for comment in package_comments(tree) if comment.name]
    of_packages = {comment.node for comment in asking}
    staying = [comment for comment in comments if comment in of_packages or _STAYS_FIRST.match(comment.text)]
    first_comments = before = _line_end(lines, staying[-1]) if staying else None
    if comments and _SET_OFF.match(tree.text, _line_end(lines, comments[-1])):
        before = _line_end(lines, comments[-1])
    is_spaced = before is not None and before != first_comments
    imports: list[HeadImport] = []
    code = (child for child in tree.root.children_from(Offset(0)) if child.kind != "comment")
    for index, child in enumerate(code):
        if child.kind == "future_import_statement" or (index == 0 and is_docstring(child)):
            before, is_spaced = _line_end(lines, child), True
        elif child.kind in _IMPORTS and len(imports) < _MOST_IMPORTS:
            imports.append(_head_import(lines, child))
        else:
            break
    packages = frozenset(as_pypi_writes(comment.name) for comment in asking)
    return Head(start, first_comments, before, is_spaced, tuple(imports), packages)


def _head_import(lines: LineIndex, statement: Node) -> HeadImport:
    start = lines.line_range(lines.line_of(statement.range.start)).start
    names = tuple((name, place.range) for name, place in imported_by(statement))
    return HeadImport(key_of(statement), TextRange(start, _line_end(lines, statement)), names)


def _line_end(lines: LineIndex, node: Node) -> Offset:
    """The end of the line on which `node` ends; a comment counts the first half of a CRLF as its own."""
    return lines.line_range(lines.line_of(Offset(node.range.start + len(node.text.rstrip())))).end


def _leading_comments(tree: Tree) -> list[Node]:
    children = tree.root.children_from(Offset(0))
    return list(islice(takewhile(lambda child: child.kind == "comment", children), _MOST_COMMENTS))
