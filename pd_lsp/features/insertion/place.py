"""Where lines go into a handler: at a statement's boundary, with the indent that belongs there."""

from collections.abc import Iterator
from dataclasses import dataclass

from pd_lsp.features.insertion.handler_lines import HandlerLines, Level, Unit, handler_lines, is_blank, leading_blanks
from pd_lsp.syntax.handler import Handler
from pd_lsp.syntax.tree import Tree
from pd_lsp.text import LineIndex, Offset, TextRange

_USUAL_INDENT = "    "


@dataclass(frozen=True, slots=True)
class Place:
    """Lines of code replace `range`, between `before` and `after`."""

    range: TextRange
    indent: str
    unit: str
    """The handler's own indent."""
    is_last: bool
    """Whether nothing of the handler comes after them, so that they may return."""
    before: str = ""
    after: str = ""


def place_in(
    tree: Tree, lines: LineIndex, handler: Handler, offset: Offset, word: TextRange | None = None
) -> Place | None:
    """Where lines go for a caret at `offset`; at the handler's end for a caret that is not in it.

    A `word` alone on its line in the handler gives way to them. None where the text is too broken to say.
    """
    line = lines.line_of(offset)
    code = handler_lines(tree, lines, handler, line)
    if code is None:
        return _by_lines(lines, handler, line, is_free=word is not None or is_blank(lines, line))
    if word is not None:
        return _Finder(lines, code).place_of_word(line)
    if code.inline is not None:
        return _beside_header(code, code.inline)
    if code.placeholder is not None and _begins_its_line(lines, code.placeholder):
        return Place(code.placeholder, code.indent, code.indent, is_last=True)
    return _Finder(lines, code).place(line)


def _begins_its_line(lines: LineIndex, place: TextRange) -> bool:
    """Whether `place` begins its line."""
    return lines.line_range(lines.line_of(place.start)).start == place.start


def _beside_header(code: HandlerLines, statements: TextRange) -> Place:
    """The place in a handler on one line: what stands there gets a line of its own, below."""
    if code.placeholder is not None and code.placeholder == statements:
        return Place(TextRange(code.header_end, statements.end), code.indent, code.indent, is_last=True, before="\n")
    between = TextRange(code.header_end, statements.start)
    return Place(between, code.indent, code.indent, is_last=False, before="\n", after="\n" + code.indent)


def _by_lines(lines: LineIndex, handler: Handler, line: int, *, is_free: bool) -> Place | None:
    """A place in text that can't be parsed: the caret's line if it is free for it, else below it."""
    header = lines.line_of(handler.name.start)
    if line <= header:
        return _below(lines, header, _USUAL_INDENT)
    above = (leading_blanks(lines, number) for number in range(line, header, -1) if not is_blank(lines, number))
    indent = leading_blanks(lines, line) or next(above, _USUAL_INDENT)
    if not indent:
        return None
    return _on(lines, line, indent) if is_free else _below(lines, line, indent)


def _on(lines: LineIndex, line: int, indent: str) -> Place:
    place = lines.line_range(line)
    after = "\n" if line == lines.line_count - 1 else ""
    return Place(place, indent, _unit(indent), _nothing_below(lines, line), after=after)


def _below(lines: LineIndex, line: int, indent: str) -> Place:
    end = lines.line_range(line).end
    return Place(TextRange(end, end), indent, _unit(indent), _nothing_below(lines, line), before="\n")


def _nothing_below(lines: LineIndex, line: int) -> bool:
    return all(is_blank(lines, number) for number in range(line + 1, lines.line_count))


def _unit(indent: str) -> str:
    return indent if len(indent) < len(_USUAL_INDENT) else "\t" if indent[0] == "\t" else _USUAL_INDENT


class _Finder:
    """Finds a place between the lines of one handler."""

    def __init__(self, lines: LineIndex, code: HandlerLines) -> None:
        self._lines = lines
        self._code = code
        self._units = code.units

    def place(self, line: int) -> Place:
        """The place for a caret on `line`."""
        code = self._code
        inside = code.first <= line <= code.last
        if not self._units:
            return self._first(line if inside else code.header_last)
        if not inside:
            return self._end()
        if line <= code.header_last:
            return self._after(code.header_last, self._units[0].level) if not code.has_docstring else self._docstring()
        on = next((unit for unit in self._units if unit.first <= line <= unit.last), None)
        if on is None:
            return self._between(line)
        return self._before(on) if on.leaves else self._after(on.end, on.outer)

    def place_of_word(self, line: int) -> Place | None:
        """The place of a word that is all that stands on `line`; None where it is a part of something larger."""
        on = next((unit for unit in self._units if unit.first == line == unit.last), None)
        if on is None:
            return None
        above = [unit for unit in self._units if unit.last < line]
        if above and above[-1].leaves and above[-1].level.depth == on.level.depth:
            return self._before(above[-1])
        return self._on(line, on.level)

    def _first(self, line: int) -> Place:
        """The place for the first statement of a handler that has none yet."""
        indent = leading_blanks(self._lines, line) or self._code.indent
        if line > self._code.header_last and is_blank(self._lines, line):
            return self._on(line, Level(1, indent))
        return self._after(line, Level(1, indent if line > self._code.header_last else self._code.indent))

    def _docstring(self) -> Place:
        return self._after(self._units[0].last, self._units[0].level)

    def _end(self) -> Place:
        last = next(unit for unit in reversed(self._units) if unit.level.depth == 1)
        return self._before(last) if last.leaves else self._after(last.end, last.level)

    def _between(self, line: int) -> Place:
        """The place on a line without code."""
        above = [unit for unit in self._units if unit.last < line]
        below = next((unit for unit in self._units if unit.first > line), None)
        if not above:
            return self._docstring() if self._code.has_docstring else self._at(line, self._units[0].level)
        if below is None and is_blank(self._lines, line) and self._is_far_off(line, above[-1]):
            return self._end()
        fitting = [level for level in _levels(above, below) if level.depth >= _least_depth(below)]
        if not fitting:
            clause = below or above[-1]
            return self._after(clause.end, clause.outer)
        blanks = leading_blanks(self._lines, line)
        level = next((level for level in fitting if level.indent == blanks), fitting[-1])
        if above[-1].leaves and above[-1].level.depth == level.depth:
            return self._before(above[-1])
        return self._at(line, level)

    def _is_far_off(self, line: int, above: Unit) -> bool:
        """Whether a line below the handler is nearer to what comes after it."""
        return line > above.last + 1 and not leading_blanks(self._lines, line)

    def _at(self, line: int, level: Level) -> Place:
        return self._on(line, level) if is_blank(self._lines, line) else self._after(line, level)

    def _on(self, line: int, level: Level) -> Place:
        after = "\n" if line == self._lines.line_count - 1 else ""
        last = self._is_last(line, level)
        return Place(self._lines.line_range(line), level.indent, self._unit(level), last, after=after)

    def _after(self, line: int, level: Level) -> Place:
        end = self._lines.line_range(line).end
        last = self._is_last(line, level)
        return Place(TextRange(end, end), level.indent, self._unit(level), last, before="\n")

    def _before(self, unit: Unit) -> Place:
        start = self._lines.line_range(unit.first).start
        return Place(TextRange(start, start), unit.level.indent, self._unit(unit.level), is_last=False, after="\n")

    def _unit(self, level: Level) -> str:
        return level.indent if level.depth == 1 else self._code.indent

    def _is_last(self, line: int, level: Level) -> bool:
        return level.depth == 1 and not any(unit.first > line for unit in self._units)


def _levels(above: list[Unit], below: Unit | None) -> list[Level]:
    """The levels at which a statement may follow the units `above`, the deepest first."""
    if above[-1].opens:
        return [below.level] if below and below.level.depth > above[-1].level.depth and not below.is_case else []
    return list(_open_levels(above))


def _open_levels(above: list[Unit]) -> Iterator[Level]:
    depth = above[-1].level.depth + 1
    for unit in reversed(above):
        if unit.level.depth < depth:
            depth = unit.level.depth
            if not unit.is_case:
                yield unit.level


def _least_depth(below: Unit | None) -> int:
    """How deep a statement before `below` must stand at least, so that `below` stays where it belongs."""
    if below is None:
        return 1
    return below.level.depth + 1 if below.is_clause else below.level.depth
