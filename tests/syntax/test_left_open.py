"""Brackets that a later line shows to be left open."""

import pytest

from pd_lsp.syntax.left_open import left_open
from tests.marker import marked


@pytest.mark.parametrize(
    ("text", "brackets"),
    [
        ("x = (1\n$0y = 2\n", "("),
        ("x = f([1\n$0def g():\n    pass\n", "(["),
        ("$0def f(a):\n    g(a\n    return {1\n\nclass A:\n    pass\n", "({"),
        ("f(\n    g(1),\n$0\nimport x\n", "("),
        ("x = f(1\n$0)\ny = 2\n", ""),
        ("f(\n    a = 1,\n    b = 2,  # the (last\n    c = g(3)\n)\n$0return 1\n", ""),
        ("x = '(' + \"[\" + '''\n{\n'''  # (\n$0def f():\n    pass\n", ""),
        ("x = [\n    a\n    for a in b\n    if a == c\n]\n$0y = 2\n", ""),
        ("x = [\n$0y = 2\n", "["),
        ("f(1,\n$0\nY = 2\n", "("),
        ("x = (1\n$0", ""),
        (")]}\n$0def f():\n    pass\n", ""),
    ],
)
def test_a_bracket_is_left_open_where_a_statement_begins_below_it(text: str, brackets: str) -> None:
    text, offset = marked(text)
    assert "".join(text[place] for place in left_open(text, offset)) == brackets


def test_of_a_long_text_only_what_is_near_is_looked_at() -> None:
    far, near = "x = (1\n" + "y = 2\n" * 4_000, "x = [1\n"
    text, offset = marked(f"{far}\ndef f():\n{near}$0y = 2\n{far}")
    assert [text[place] for place in left_open(text, offset)] == ["[", "("]
