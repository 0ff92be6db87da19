import pytest
from hypothesis import given
from hypothesis import strategies as st

from pd_lsp.text import ColumnUnit, LineIndex, Offset, TextEdit, TextRange, apply_edits, narrowed

TEXTS = st.text(alphabet="ab\r\n\u2028\x0c\x0bé😀", max_size=40)
UNITS = st.sampled_from(["utf-8", "utf-16", "utf-32"])


def test_the_empty_text_has_one_line() -> None:
    assert LineIndex("").line_count == 1
    assert LineIndex("").position(Offset(0)) == (0, 0)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_line_ends_at_the_three_ends_that_lsp_knows(end: str) -> None:
    lines = LineIndex(f"one{end}two")
    assert lines.line_count == 2
    assert lines.position(Offset(3 + len(end))) == (1, 0)


@pytest.mark.parametrize("character", ["\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029"])
def test_a_line_does_not_end_at_what_only_python_takes_for_an_end(character: str) -> None:
    assert LineIndex(f"one{character}two").line_count == 1


def test_columns_are_counted_in_the_unit_that_was_agreed_on() -> None:
    lines = LineIndex("é😀x")
    assert lines.position(Offset(2), "utf-8") == (0, 6)
    assert lines.position(Offset(2), "utf-16") == (0, 3)
    assert lines.position(Offset(2), "utf-32") == (0, 2)


def test_a_column_inside_a_character_counts_as_before_it() -> None:
    assert LineIndex("😀x").offset(0, 1, "utf-16") == 0
    assert LineIndex("éx").offset(0, 1, "utf-8") == 0


def test_a_position_past_the_end_is_clamped() -> None:
    lines = LineIndex("ab\r\ncd")
    assert lines.offset(0, 99) == 2
    assert lines.offset(99, 0) == 6


@given(TEXTS, UNITS)
def test_every_offset_comes_back_from_its_position(text: str, unit: ColumnUnit) -> None:
    lines = LineIndex(text)
    for offset in range(len(text) + 1):
        if text[max(offset - 1, 0) : offset + 1] == "\r\n":
            continue  # LSP has no position between the two
        assert lines.offset(*lines.position(Offset(offset), unit), unit) == offset


def test_edits_speak_of_the_text_as_it_was() -> None:
    edits = [TextEdit(TextRange(Offset(0), Offset(1)), "long"), TextEdit(TextRange(Offset(2), Offset(3)), "")]
    assert apply_edits("abc", edits) == "longb"


@st.composite
def edits(draw: st.DrawFn, text: str) -> TextEdit:
    start, end = sorted(draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    return TextEdit(TextRange(Offset(start), Offset(end)), draw(TEXTS))


@given(TEXTS, st.data())
def test_an_index_follows_edits(text: str, data: st.DataObject) -> None:
    lines = LineIndex(text)
    for _ in range(3):
        edit = data.draw(edits(lines.text))
        expected = LineIndex(apply_edits(lines.text, [edit]))
        lines = lines.after(edit)
        assert lines.text == expected.text
        assert [lines.line_range(line) for line in range(lines.line_count)] == [
            expected.line_range(line) for line in range(expected.line_count)
        ]
        assert [lines.line_of(Offset(place)) for place in range(len(lines.text) + 1)] == [
            expected.line_of(Offset(place)) for place in range(len(lines.text) + 1)
        ]


@pytest.mark.parametrize(
    ("text", "edit", "starts"),
    [
        ("a\r\nb", TextEdit(TextRange(Offset(2), Offset(2)), "x"), [0, 2, 4]),
        ("a\rx\nb", TextEdit(TextRange(Offset(2), Offset(3)), ""), [0, 3]),
        ("a\rb", TextEdit(TextRange(Offset(2), Offset(2)), "\n"), [0, 3]),
        ("a\nb", TextEdit(TextRange(Offset(1), Offset(1)), "\r"), [0, 3]),
        ("a\r\nb", TextEdit(TextRange(Offset(1), Offset(2)), ""), [0, 2]),
        ("a", TextEdit(TextRange(Offset(1), Offset(1)), "\n"), [0, 2]),
    ],
)
def test_an_index_follows_edits_inside_and_beside_a_line_end(text: str, edit: TextEdit, starts: list[int]) -> None:
    lines = LineIndex(text).after(edit)
    assert [lines.line_range(line).start for line in range(lines.line_count)] == starts


@given(TEXTS, st.data())
def test_a_narrowed_edit_makes_the_same_text(text: str, data: st.DataObject) -> None:
    edit = data.draw(edits(text))
    assert apply_edits(text, [narrowed(text, edit)]) == apply_edits(text, [edit])


def test_an_edit_is_narrowed_to_what_changes() -> None:
    whole = TextEdit(TextRange(Offset(0), Offset(11)), "one more two")
    assert narrowed("one and two", whole) == TextEdit(TextRange(Offset(4), Offset(7)), "more")


@given(TEXTS, st.integers(0, 12), st.integers(0, 4), UNITS)
def test_a_part_of_a_text_has_the_same_positions(text: str, line: int, count: int, unit: ColumnUnit) -> None:
    whole = LineIndex(text)
    part = whole.around(line, count)
    start = whole.offset(*part.position(Offset(0), unit), unit)
    assert text[start:].startswith(part.text)
    assert part.line_count <= 2 * count + 2
    for offset in range(len(part.text)):
        assert part.position(Offset(offset), unit) == whole.position(Offset(start + offset), unit)
        if part.text[max(offset - 1, 0) : offset + 1] != "\r\n":
            assert part.offset(*whole.position(Offset(start + offset), unit), unit) == offset
