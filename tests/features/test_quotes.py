"""The quotes of a text, and templates written in single ones."""

import ast
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pd_lsp.features.insertion.quotes import in_single_quotes, quote_of
from pd_lsp.syntax.tree import parse


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ('x = "a" "b"', "x = 'a' 'b'"),
        ('x = ""', "x = ''"),
        ('x = rb"\\d" + Rb"a" + u"b"', "x = rb'\\d' + Rb'a' + u'b'"),
        ('x = "a\\\\" + "b\\n"', "x = 'a\\\\' + 'b\\n'"),
        ("x = f\"{a['k']!r:>{b['w']}}\"", 'x = f\'{a["k"]!r:>{b["w"]}}\''),
        ("x = f\"{f'{x}' + 'b'}\"", 'x = f\'{f"{x}" + "b"}\''),
        ("x = rf\"\\d{', '.join(a)}\"", "x = rf'\\d{\", \".join(a)}'"),
    ],
)
def test_a_string_with_no_quote_in_what_it_says_changes_quotes_with_those_within_it(text: str, result: str) -> None:
    assert in_single_quotes(text) == result


@pytest.mark.parametrize(
    "text",
    [
        """x = "it's" """,
        r'x = "a \"b\""',
        r'x = r"a\""',
        'x = """a"""',
        'x = f"{a}\'s"',
        'x = f"{a:\'>{b}}"',
        "x = f\"{d['k']:%Y-'%m}\"",
        "x = f\"{'''it's'''}\"",
        'x = f"{{\'}}"',
    ],
)
def test_a_string_that_says_a_quote_or_fills_with_one_stays_as_it_is(text: str) -> None:
    assert in_single_quotes(text) == text


PARTS = ["a", " ", "'", '"', "\\", "\\n", "{", "}", "{{", "{x}", "{x!r}", "{d['k']}", '{d["k"]}', "{x:>9}", "{x:'^9}"]
LITERALS = st.builds(
    lambda prefix, quote, parts: prefix + quote + "".join(parts) + quote,
    st.sampled_from(["", "f", "rb", "Rb", "r", "b", "u", "fR", "Rf"]),
    st.sampled_from(['"', "'", '"""', "'''"]),
    st.lists(st.sampled_from(PARTS), max_size=5),
)
TEXTS = st.lists(LITERALS, min_size=1, max_size=3).map(" + ".join)


@settings(deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(TEXTS.filter(lambda text: what_it_says(text) is not None))
def test_whatever_is_written_says_the_same_in_other_quotes(text: str) -> None:
    assert what_it_says(in_single_quotes(text)) == what_it_says(text)


def what_it_says(text: str) -> str | None:
    try:
        return ast.dump(compile(text, "step", "eval", ast.PyCF_ONLY_AST, dont_inherit=True))
    except (SyntaxError, SyntaxWarning):
        return None


def test_a_text_that_is_deeper_than_python_can_recurse_has_quotes_all_the_same() -> None:
    many = " + ".join(["'a'"] * (sys.getrecursionlimit() * 2))
    assert quote_of(parse(f"x = 'b'\ny = {many}\n")) == "'"


def test_most_strings_decide() -> None:
    assert quote_of(parse("a = 'b', 'c', \"d\"")) == "'"
    assert quote_of(parse("a = 'b', \"c\"")) == '"'
    assert quote_of(parse("")) == '"'
