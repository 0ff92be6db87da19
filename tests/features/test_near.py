"""Looking at the statements near the caret must find the same place as looking at all of them."""

import pytest
from hypothesis import HealthCheck, given, settings

from pd_lsp.features.insertion import handler_lines
from pd_lsp.features.insertion.near import near
from pd_lsp.features.insertion.place import Place, place_in
from pd_lsp.syntax.handler import handlers
from pd_lsp.syntax.tree import Node, parse
from pd_lsp.text import LineIndex
from tests.features.test_insert_template_anywhere import steps


def every(block: Node, _lines: LineIndex, _line: int, counts: object) -> list[Node]:
    """All the statements of a block."""
    return [child for child in block.children if counts(child)]  # type: ignore[operator]


def found_places(text: str) -> list[Place | None]:
    """The place for a caret on each line of `text`, in each of its handlers."""
    tree, lines = parse(text), LineIndex(text)
    starts = [lines.line_range(line).start for line in range(lines.line_count)]
    return [place_in(tree, lines, handler, start) for handler in handlers(tree) for start in starts]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps())
def test_the_statements_near_a_caret_say_as_much_as_all(text: str) -> None:
    nearby = found_places(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(handler_lines, "near", every)
        assert nearby == found_places(text)


def test_few_of_many_statements_are_looked_at() -> None:
    text = "def handler(pd):\n" + "    x = 1\n" * 1000
    tree, lines = parse(text), LineIndex(text)
    body = handlers(tree)[0].node.field("body")  # type: ignore[union-attr]
    found = near(body, lines, 500, lambda _: True)  # type: ignore[arg-type]
    assert [lines.line_of(node.range.start) for node in found] == [1, 499, 500, 501, 1000]
