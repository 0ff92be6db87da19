import pytest
from hypothesis import given
from hypothesis import strategies as st

from pd_lsp.syntax.name_search import Sought, identifiers
from pd_lsp.syntax.tree import DEEPEST, parse
from pd_lsp.text import Offset, TextRange
from tests.marker import MARKER


def places(text: str, sought: Sought, within: TextRange | None = None) -> list[int]:
    """Where the identifiers stand that are found in `text`, in its order."""
    return [way[-1].node.range.start for way in identifiers(parse(text), sought, within)][::-1]


@pytest.mark.parametrize(
    "marked",
    [
        "$0name = $0name.x + names + a_name",
        "f'{$0name} name'  # name",
        "x = '''name'''; x.$0name; $0name",
        'é = "é"; $0name = éname',
        "def $0name($0name=1): pass",
        "x = 1",
    ],
)
def test_a_name_is_found_where_it_is_an_identifier(marked: str) -> None:
    expected = [len("".join(marked.split(MARKER)[: index + 1])) for index in range(marked.count(MARKER))]
    assert places(marked.replace(MARKER, ""), Sought("name")) == expected


def test_what_is_sought_can_be_narrowed() -> None:
    text = "import a\na.a = a\na (1)\n"
    assert places(text, Sought("a", dotted=False)) == [7, 9, 15, 17]
    assert places(text, Sought("a", after="import ")) == [7]
    assert places(text, Sought("a", unless=r"[ \t]*[.(]")) == [7, 11, 15]
    assert places(text, Sought("a"), TextRange(Offset(8), Offset(12))) == [9, 11]


@given(st.lists(st.sampled_from(["name", ".", " ", "=", "(", ")", "'", "\n", "é", "x", "# "]), max_size=20))
def test_what_the_tree_says_is_found(pieces: list[str]) -> None:
    text = "".join(pieces)
    tree = parse(text)
    named = [
        match["name"].range.start for match in tree.root.matches("((identifier) @name)") if match["name"].text == "name"
    ]
    assert places(text, Sought("name")) == named


def test_a_search_without_end_is_given_up_unless_the_caller_is_patient() -> None:
    tree = parse("name" + ".a" * DEEPEST)
    assert list(identifiers(tree, Sought("name"))) == [[]]
    assert [len(way) > DEEPEST for way in identifiers(tree, Sought("name"), patient=True)] == [True]
