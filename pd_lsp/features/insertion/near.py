"""The few of very many statements that decide where lines go."""

from collections.abc import Callable, Iterator
from itertools import islice

from pd_lsp.syntax.tree import Node
from pd_lsp.text import LineIndex, Offset

_MOST_ON_A_LINE = 500
"""Statements that are looked at on one line: more than a person puts there."""


def near(block: Node, lines: LineIndex, line: int, counts: Callable[[Node], bool]) -> list[Node]:
    """The statements of `block` that matter for a caret on `line`, in order.

    Those on the line, the next on either side, the first and the last, and what shares a line with one of these; of
    them only what `counts`.
    """
    start = lines.line_range(line).start
    found: dict[Offset, Node] = {}
    for anchor in _anchors(block, lines, line, start, counts):
        if anchor.range.start in found:
            continue
        for is_above in (True, False):
            mates = _mates(block, lines, anchor, counts, backwards=is_above)
            found.update({node.range.start: node for node in (anchor, *mates)})
    return [found[place] for place in sorted(found)]


def last_line(lines: LineIndex, node: Node) -> int:
    """The last line that something of `node` stands on; some nodes end with the blanks behind them."""
    return lines.line_of(Offset(node.range.start + len(node.text.rstrip())))


def _anchors(block: Node, lines: LineIndex, line: int, start: Offset, counts: Callable[[Node], bool]) -> Iterator[Node]:
    yield from islice(filter(counts, block.children_from(block.range.start)), 1)
    yield from islice(filter(counts, block.children_from(start, backwards=True)), 1)
    for node in islice(filter(counts, block.children_from(start)), _MOST_ON_A_LINE):
        yield node
        if lines.line_of(node.range.start) > line:
            break
    yield from islice(filter(counts, block.children_from(block.range.end, backwards=True)), 1)


def _mates(
    block: Node, lines: LineIndex, node: Node, counts: Callable[[Node], bool], *, backwards: bool
) -> Iterator[Node]:
    """What shares a line with `node`, or with another that does, on one side of it."""
    place = node.range.start if backwards else node.range.end
    for other in islice(filter(counts, block.children_from(place, backwards=backwards)), _MOST_ON_A_LINE):
        above, below = (other, node) if backwards else (node, other)
        if other.range.start == node.range.start or last_line(lines, above) != lines.line_of(below.range.start):
            return
        yield other
        node = other
