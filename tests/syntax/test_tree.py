import pytest
from hypothesis import given
from hypothesis import strategies as st

from pd_lsp.syntax.tree import parse
from pd_lsp.text import Offset

PIECES = st.lists(
    st.sampled_from(
        ["def handler(pd):\n", "    ", "x = ", "pd", ".inputs", '["a"]', "f'", '"', "'", "{", "}", "[", "é", "😀", "\n"]
    ),
    max_size=25,
).map("".join)


def test_tokens_come_backwards_from_the_caret() -> None:
    tree = parse('x = pd["a"]')
    assert [token.text for token in tree.tokens_before(Offset(11))] == ["]", '"', "a", '"', "[", "pd", "=", "x"]


def test_tokens_are_found_behind_trailing_white_space() -> None:
    assert [token.text for token in parse("x = 1   \n\n").tokens_before(Offset(9))] == ["1", "=", "x"]


def test_places_are_counted_in_code_points() -> None:
    token = next(parse('"é😀" + tail').tokens_before(Offset(11)))
    assert token.text == "tail"
    assert (token.range.start, token.range.end) == (7, 11)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_comment_ends_with_its_line(end: str) -> None:
    tree = parse(f"# é{end}x = 1{end}y")
    assert [token.text for token in tree.tokens_before(Offset(len(tree.text)))][:4] == ["y", "1", "=", "x"]


@given(PIECES, PIECES)
def test_a_tree_made_from_an_earlier_one_is_the_tree_of_its_text(before: str, after: str) -> None:
    step_by_step, at_once = parse(after, parse(before)), parse(after)
    assert _shape(step_by_step) == _shape(at_once)


@given(PIECES)
def test_every_offset_comes_back_from_its_byte(text: str) -> None:
    tree = parse(text)
    assert [tree.offset(tree.byte(Offset(offset))) for offset in range(len(text) + 1)] == list(range(len(text) + 1))


def _shape(tree: object) -> list[tuple[str, str]]:
    length = Offset(len(tree.text))  # type: ignore[attr-defined]
    return [(token.kind, token.text) for token in tree.tokens_before(length)]  # type: ignore[attr-defined]
