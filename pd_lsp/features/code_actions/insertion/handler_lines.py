"""The lines of a handler as Python groups them: statements, headers of blocks, clauses, and how deep each stands."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from pd_lsp.syntax.handler import Handler
from pd_lsp.syntax.tree import Node, Tree
from pd_lsp.text import LineIndex, Offset, TextRange

_CLAUSES = ("elif_clause", "else_clause", "except_clause", "except_group_clause", "finally_clause", "case_clause")
_COMPOUND = (
    "if_statement",
    "for_statement",
    "while_statement",
    "with_statement",
    "try_statement",
    "match_statement",
    *_CLAUSES,
)
_LEAVING = ("return_statement", "raise_statement", "continue_statement", "break_statement")
_STRINGS = ("string", "concatenated_string", "parenthesized_expression")
_USUAL_INDENT = "    "
_LONGEST_HEADER = 2000
"""Leaves between a header's colon and its block: comments, so there are few."""


@dataclass(frozen=True, slots=True)
class Level:
    """How deep a statement stands: 1 for the handler's own, and the blanks before it."""

    depth: int
    indent: str


@dataclass(frozen=True, slots=True)
class Unit:
    """Lines that belong together: a simple statement, a nested definition, the header of a block or of a clause."""

    first: int
    last: int
    level: Level
    end: int
    """The last line of the whole statement, all its clauses included."""
    outer: Level
    """The level of that whole statement."""
    opens: bool = False
    """Whether its block begins below it."""
    is_clause: bool = False
    leaves: bool = False
    """Whether nothing after it in its block runs."""

    @property
    def is_case(self) -> bool:
        """Whether it is a `case`, beside which no statement may stand."""
        return self.level != self.outer


@dataclass(frozen=True, slots=True)
class HandlerLines:
    """A handler's lines."""

    first: int
    header_last: int
    header_end: Offset
    """Right behind the header's colon."""
    last: int
    """The last line before the next thing of the module."""
    indent: str
    units: tuple[Unit, ...]
    has_docstring: bool
    inline: TextRange | None
    """Its statements, where they stand behind the colon."""
    placeholder: TextRange | None
    """The lone `pass` or `...` that stands for statements to come."""


def zone_end(tree: Tree, handler: Handler) -> Offset:
    """Where the next thing of the module begins, or the text ends: before it, blank lines still belong to `handler`."""
    after = (
        child for child in tree.root.children if child.range.start >= handler.range.end and child.kind != "comment"
    )
    following = next(after, None)
    return following.range.start if following else Offset(len(tree.text))


def handler_lines(tree: Tree, lines: LineIndex, handler: Handler) -> HandlerLines | None:
    """The lines of `handler`; None where its text is too broken to say."""
    body = handler.node.field("body") if handler.node else None
    if handler.node is None or body is None or any(child.kind == "ERROR" for child in handler.node.children):
        return None
    colon = _colon_before(tree, body, handler.name.end)
    if colon is None:
        return None
    statements = [child for child in body.children if child.kind != "comment"]
    units = tuple(_merged(unit for statement in statements for unit in _units(tree, lines, statement, 1)))
    header_last = lines.line_of(Offset(colon - 1))
    inline = bool(units) and units[0].first == header_last
    last = lines.line_of(zone_end(tree, handler))
    return HandlerLines(
        first=lines.line_of(handler.range.start),
        header_last=header_last,
        header_end=colon,
        last=last if zone_end(tree, handler) == len(tree.text) else last - 1,
        indent=units[0].level.indent if units and not inline else _USUAL_INDENT,
        units=units,
        has_docstring=bool(statements) and is_docstring(statements[0]),
        inline=TextRange(statements[0].range.start, statements[-1].range.end) if inline else None,
        placeholder=_placeholder(statements, lines),
    )


def leading_blanks(lines: LineIndex, line: int) -> str:
    """The blanks that a line begins with."""
    content = _content(lines, line)
    return content[: len(content) - len(content.lstrip(" \t\f"))]


def is_blank(lines: LineIndex, line: int) -> bool:
    """Whether nothing stands on a line."""
    return not _content(lines, line).strip()


def is_docstring(statement: Node) -> bool:
    """Whether a statement, if it is the first, says what follows: a string, in pieces or in brackets too."""
    return statement.kind == "expression_statement" and [child.kind in _STRINGS for child in statement.children] == [
        True
    ]


def _content(lines: LineIndex, line: int) -> str:
    place = lines.line_range(line)
    return lines.text[place.start : place.end]


def _units(
    tree: Tree, lines: LineIndex, statement: Node, depth: int, around: tuple[int, Level] | None = None
) -> Iterator[Unit]:
    """The units of a statement, or of a clause of the statement `around` it (its last line and level)."""
    first, end = lines.line_of(statement.range.start), _last_line(lines, statement)
    level = Level(depth, leading_blanks(lines, first))
    end, outer = around or (end, level)
    block = next((child for child in statement.children if child.kind == "block"), None)
    if statement.kind not in _COMPOUND or block is None:
        yield Unit(first, end, level, end, outer, leaves=statement.kind in _LEAVING)
        return
    inner = [child for child in block.children if child.kind != "comment"]
    colon = _colon_before(tree, inner[0] if inner else block, statement.range.start)
    header = lines.line_of(Offset(colon - 1)) if colon else first
    is_clause = statement.kind in _CLAUSES
    if inner and lines.line_of(inner[0].range.start) == header:
        yield Unit(first, _last_line(lines, block), level, end, outer, is_clause=is_clause)
    else:
        yield Unit(first, header, level, end, outer, opens=True, is_clause=is_clause)
        for child in inner:
            yield from _units(tree, lines, child, depth + 1, (end, outer) if child.kind == "case_clause" else None)
    for child in statement.children:
        if child.kind in _CLAUSES:
            yield from _units(tree, lines, child, depth, (end, outer))


def _merged(units: Iterator[Unit]) -> Iterator[Unit]:
    """The units, with those that share a line made one."""
    last: Unit | None = None
    for unit in units:
        if last is not None and unit.first <= last.last:
            last = replace(last, last=unit.last, end=max(last.end, unit.end), leaves=last.leaves or unit.leaves)
            continue
        if last is not None:
            yield last
        last = unit
    if last is not None:
        yield last


def _colon_before(tree: Tree, block: Node, start: Offset) -> Offset | None:
    """Right behind the last colon before a block, in a header that begins at `start`."""
    for token in islice(tree.tokens_before(block.range.start), _LONGEST_HEADER):
        if token.range.start < start:
            return None
        if token.kind == ":":
            return token.range.end
    return None


def _last_line(lines: LineIndex, node: Node) -> int:
    return lines.line_of(Offset(node.range.start + len(node.text.rstrip())))


def _placeholder(statements: list[Node], lines: LineIndex) -> TextRange | None:
    rest = statements[1:] if statements and is_docstring(statements[0]) else statements
    if len(rest) != 1 or rest[0].text not in ("pass", "..."):
        return None
    place = rest[0].range
    start = lines.line_range(lines.line_of(place.start)).start
    return TextRange(start if not lines.text[start : place.start].strip() else place.start, place.end)
