"""What an accepted completion makes of a text, and whether the bench calls that right."""

import pytest

from bench.peers.accepting import accepted, is_right, item_for
from bench.peers.shapes import KEY, SHAPES, Shape

PLAIN, UNCLOSED, MID_KEY = (
    next(shape for shape in SHAPES if shape.name.startswith(name)) for name in ("plain", "no closing quote", "caret in")
)


def filled(shape: Shape, place: str) -> str:
    return shape.before + place + shape.after


def edit(shape: Shape, start: int, end: int, new_text: str) -> dict[str, object]:
    """A text edit that begins and ends so many characters from the caret."""
    before = shape.text[: shape.caret]
    line, column = before.count("\n"), len(before) - before.rfind("\n") - 1
    ends = ({"line": line, "character": column + offset} for offset in (start, end))
    return {"range": dict(zip(("start", "end"), ends, strict=True)), "newText": new_text}


def test_there_are_eighteen_shapes() -> None:
    assert len({shape.name for shape in SHAPES}) == 18


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_the_key_in_its_place_is_right_in_every_shape(shape: Shape) -> None:
    quote = "'" if shape.place.startswith("['") else '"'
    opening = shape.place[0]
    closing = {"[": "]", "(": ")"}[opening]
    assert is_right(shape, filled(shape, f"{opening}{quote}{KEY}{quote}{closing}"), KEY)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_what_is_half_typed_is_not_right(shape: Shape) -> None:
    assert not is_right(shape, shape.text, KEY)


@pytest.mark.parametrize(
    "place",
    [
        f'[""{KEY}"]',
        f'[""{KEY}""]',
        f'["{KEY}""]',
        f"[{KEY}]",
        f'["{KEY}',
        f'["{KEY}]',
        f'["{KEY}"',
        f'["{KEY}uid"]',
        f"[\"{KEY}']",
        f'"{KEY}"',
        f'["{KEY}"]]',
        '["oauth_uid"]',
        "",
    ],
)
def test_what_is_no_key_between_one_pair_of_quotes_is_wrong(place: str) -> None:
    assert not is_right(PLAIN, filled(PLAIN, place), KEY)


def test_a_bracket_that_was_not_there_need_not_be_added() -> None:
    assert is_right(UNCLOSED, filled(UNCLOSED, f'["{KEY}"'), KEY)
    assert is_right(UNCLOSED, filled(UNCLOSED, f'["{KEY}"]'), KEY)


def test_a_text_that_is_changed_elsewhere_is_wrong() -> None:
    right = filled(PLAIN, f'["{KEY}"]')
    assert is_right(PLAIN, right, KEY)
    assert not is_right(PLAIN, right.replace("return", "retorn"), KEY)
    assert not is_right(PLAIN, right.replace("token =", "tokem ="), KEY)
    assert not is_right(PLAIN, "import os\n" + right, KEY)


def test_what_stands_in_a_plain_string_is_no_key() -> None:
    formatted = next(shape for shape in SHAPES if shape.name == 'f"…" with \'')
    plain = Shape("no f", formatted.code.replace('f"', '"'))
    assert is_right(formatted, filled(formatted, f"['{KEY}']"), KEY)
    assert not is_right(plain, filled(plain, f"['{KEY}']"), KEY)


def test_a_label_replaces_the_word_around_the_caret() -> None:
    text = accepted(MID_KEY.text, MID_KEY.caret, {"label": KEY})
    assert is_right(MID_KEY, text, KEY)


def test_a_label_with_quotes_doubles_them() -> None:
    text = accepted(PLAIN.text, PLAIN.caret, {"label": f'"{KEY}"'})
    assert f'[""{KEY}""]' in text
    assert not is_right(PLAIN, text, KEY)


def test_a_text_to_insert_counts_before_the_label() -> None:
    assert is_right(PLAIN, accepted(PLAIN.text, PLAIN.caret, {"label": f'"{KEY}"', "insertText": KEY}), KEY)


def test_a_text_edit_counts_before_both() -> None:
    item = {"label": "x", "insertText": "y", "textEdit": edit(PLAIN, -1, 1, f'"{KEY}"')}
    assert is_right(PLAIN, accepted(PLAIN.text, PLAIN.caret, item), KEY)


def test_of_two_ranges_the_one_that_replaces_counts() -> None:
    insert, replace = edit(MID_KEY, -6, 0, KEY)["range"], edit(MID_KEY, -6, 3, KEY)["range"]
    item = {"label": KEY, "textEdit": {"newText": KEY, "insert": insert, "replace": replace}}
    assert is_right(MID_KEY, accepted(MID_KEY.text, MID_KEY.caret, item), KEY)


def test_an_edit_that_leaves_the_rest_of_the_old_key_is_wrong() -> None:
    item = {"label": KEY, "textEdit": edit(MID_KEY, -6, 0, KEY)}
    assert not is_right(MID_KEY, accepted(MID_KEY.text, MID_KEY.caret, item), KEY)


def test_the_range_of_the_whole_list_counts_where_an_item_has_none() -> None:
    defaults = {"editRange": edit(MID_KEY, -7, 4, "")["range"]}
    item = {"label": KEY, "textEditText": f'"{KEY}"'}
    assert is_right(MID_KEY, accepted(MID_KEY.text, MID_KEY.caret, item, defaults), KEY)


def test_further_edits_are_applied_too() -> None:
    import_line = {"range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}}}
    item = {"label": KEY, "additionalTextEdits": [{**import_line, "newText": "import os\n"}]}
    text = accepted(PLAIN.text, PLAIN.caret, item)
    assert text == "import os\n" + filled(PLAIN, f'["{KEY}"]')


def test_a_snippet_loses_what_looks_like_a_variable() -> None:
    item = {"label": "x", "insertText": '${1:key}"$auth"$0', "insertTextFormat": 2}
    assert '["key"auth""]' in accepted(PLAIN.text, PLAIN.caret, item)


@pytest.mark.parametrize("found", [None, [], {"items": []}, [{"label": "oauth_uid"}]])
def test_an_answer_without_the_key_offers_nothing(found: object) -> None:
    assert item_for(found, KEY, PLAIN.text, PLAIN.caret) is None


@pytest.mark.parametrize("label", [KEY, f'"{KEY}"', f"'{KEY}", f'["{KEY}"]'])
def test_a_key_is_known_with_its_quotes_or_without(label: str) -> None:
    assert item_for([{"label": label}], KEY, PLAIN.text, PLAIN.caret) is not None


def test_an_item_that_does_not_match_what_is_typed_is_not_shown() -> None:
    typed, caret = UNCLOSED.text, UNCLOSED.caret
    assert item_for([{"label": KEY}], KEY, typed, caret) is not None
    assert item_for([{"label": KEY, "filterText": "token"}], KEY, typed, caret) is None
