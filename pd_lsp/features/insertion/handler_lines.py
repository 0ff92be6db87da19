"""The lines of a handler as Python groups them: statements, headers of blocks, clauses, and how deep each stands.

Of a handler with thousands of lines only those are looked at that matter for the line of the caret.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from pd_lsp.features.insertion.near import last_line, near
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
_DEEPEST = 100
"""How deep Python lets blocks stand in each other; what stands deeper is one unit."""


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
    """The lines of a handler that matter for one of them."""

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


@dataclass(frozen=True, slots=True)
class _Caret:
    """A line of a text."""

    tree: Tree
    lines: LineIndex
    line: int


def zone_end(tree: Tree, handler: Handler) -> Offset:
    """Where the next thing of the module begins, or the text ends: before it, blank lines still belong to `handler`."""
    after = (child for child in tree.root.children_from(handler.range.end) if child.kind != "comment")
    following = next(after, None)
    return following.range.start if following else Offset(len(tree.text))


def handler_lines(tree: Tree, lines: LineIndex, handler: Handler, line: int) -> HandlerLines | None:
    """What matters of `handler` for a caret on `line`; None where its text is too broken to say."""
    body = handler.node.field("body") if handler.node else None
    if handler.node is None or body is None or any(child.kind == "ERROR" for child in handler.node.children):
        return None
    colon = _colon_before(tree, body, handler.name.end)
    if colon is None:
        return None
    statements = near(body, lines, line, _is_code)
    units = tuple(_merged(unit for statement in statements for unit in _units(_Caret(tree, lines, line), statement, 1)))
    header_last = lines.line_of(Offset(colon - 1))
    inline = bool(units) and units[0].first == header_last
    end = zone_end(tree, handler)
    return HandlerLines(
        first=lines.line_of(handler.range.start),
        header_last=header_last,
        header_end=colon,
        last=lines.line_of(end) if end == len(tree.text) else lines.line_of(end) - 1,
        indent=units[0].level.indent if units and not inline else _USUAL_INDENT,
        units=units,
        has_docstring=bool(statements) and is_docstring(statements[0]),
        inline=TextRange(statements[0].range.start, statements[-1].range.end) if inline else None,
        placeholder=_placeholder(list(islice(filter(_is_code, body.children_from(body.range.start)), 3)), lines),
    )


def content_of(lines: LineIndex, line: int) -> str:
    """What stands on a line."""
    place = lines.line_range(line)
    return lines.text[place.start : place.end]


def leading_blanks(lines: LineIndex, line: int) -> str:
    """The blanks that a line begins with."""
    content = content_of(lines, line)
    return content[: len(content) - len(content.lstrip(" \t\f"))]


def is_blank(lines: LineIndex, line: int) -> bool:
    """Whether nothing stands on a line."""
    return not content_of(lines, line).strip()


def is_docstring(statement: Node) -> bool:
    """Whether a statement, if it is the first, says what follows: a string, in pieces or in brackets too."""
    return statement.kind == "expression_statement" and [child.kind in _STRINGS for child in statement.children] == [
        True
    ]


def _is_code(node: Node) -> bool:
    return node.kind != "comment"


def _is_clause(node: Node) -> bool:
    return node.kind in _CLAUSES


def _units(caret: _Caret, statement: Node, depth: int, around: tuple[int, Level] | None = None) -> Iterator[Unit]:
    """The units of a statement, or of a clause of the statement `around` it (its last line and level)."""
    tree, lines = caret.tree, caret.lines
    first, end = lines.line_of(statement.range.start), last_line(lines, statement)
    level = Level(depth, leading_blanks(lines, first))
    end, outer = around or (end, level)
    block = _block(statement) if statement.kind in _COMPOUND and depth < _DEEPEST else None
    if block is None:
        yield Unit(first, end, level, end, outer, leaves=statement.kind in _LEAVING)
        return
    inner = near(block, lines, caret.line, _is_code)
    colon = _colon_before(tree, inner[0] if inner else block, statement.range.start)
    header = lines.line_of(Offset(colon - 1)) if colon else first
    is_clause = statement.kind in _CLAUSES
    if inner and lines.line_of(inner[0].range.start) == header:
        yield Unit(first, last_line(lines, block), level, end, outer, is_clause=is_clause)
    else:
        yield Unit(first, header, level, end, outer, opens=True, is_clause=is_clause)
        for child in inner:
            yield from _units(caret, child, depth + 1, (end, outer) if _is_case(child) else None)
    for child in near(statement, lines, caret.line, _is_clause):
        yield from _units(caret, child, depth, (end, outer))


def _is_case(node: Node) -> bool:
    return node.kind == "case_clause"


def _block(statement: Node) -> Node | None:
    """The block of a compound statement or of a clause."""
    children = statement.children_from(statement.range.start)
    return next((child for child in children if child.kind == "block"), None)


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


def _placeholder(statements: list[Node], lines: LineIndex) -> TextRange | None:
    rest = statements[1:] if statements and is_docstring(statements[0]) else statements
    if len(rest) != 1 or rest[0].text not in ("pass", "..."):
        return None
    place = rest[0].range
    start = lines.line_range(lines.line_of(place.start)).start
    return TextRange(start if not lines.text[start : place.start].strip() else place.start, place.end)
