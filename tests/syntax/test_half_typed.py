"""A key half typed in every way, read of everything that a key can be read of."""

import pytest

from pd_lsp.syntax.chain import Chain
from pd_lsp.syntax.pd_key import pd_key_at
from pd_lsp.syntax.pd_path import pd_path_at, resolve
from pd_lsp.syntax.tree import parse
from pd_lsp.text import Offset, TextEdit, apply_edits
from tests.checks import HEADER
from tests.marker import MARKER, marked
from tests.syntax.read_shapes import CHAINS, NAMES, TEXTS

LINES = {name: (f"{HEADER}{line}\n", path) for name, (line, path) in {**CHAINS, **NAMES}.items()}
SHAPES = {name: shape for name, shape in {**LINES, **TEXTS}.items() if f'"{MARKER}"]' in shape[0]}
STATES = {
    "nothing behind the bracket": "$0",
    "nothing between the brackets": "$0]",
    "a word between the brackets": "oau$0]",
    "a quote": '"$0',
    "both quotes": '"$0"',
    "a quote and a bracket": '"$0]',
    "half a key": '"oau$0',
    "half a key before other code": '"oau$0 + f("x")',
    "a key in whose midst the caret stands": '"oau$0th"]',
}


def half_typed(text: str, state: str) -> str:
    """`text` with something else than a whole key at `$0`."""
    return text.replace(f'"{MARKER}"]', state)


@pytest.mark.parametrize("state", STATES.values(), ids=STATES)
@pytest.mark.parametrize(("text", "path"), SHAPES.values(), ids=SHAPES)
def test_a_key_is_known_where_there_is(text: str, path: str, state: str) -> None:
    text, offset = marked(half_typed(text, state))
    found = pd_path_at(parse(text), offset)
    assert found
    assert " ".join((found.member, *found.keys)) == path


@pytest.mark.parametrize("state", STATES.values(), ids=STATES)
@pytest.mark.parametrize(("text", "path"), SHAPES.values(), ids=SHAPES)
def test_what_is_chosen_reads_back_where_there_was(text: str, path: str, state: str) -> None:
    text, offset = marked(half_typed(text, state))
    found = pd_path_at(parse(text), offset)
    assert found
    slot = found.slot
    text = apply_edits(text, [TextEdit(slot.typed, f"{slot.opening}chosen{slot.closing}")])
    chosen = pd_key_at(parse(text), Offset(text.index("chosen")))
    assert chosen
    assert " ".join((chosen.member, *chosen.keys)) == f"{path} chosen"


@pytest.mark.parametrize("state", ['"$0"]\n\n    x = (1\n', '"oau$0"]\n    f(\n        1,\n', '"$0\n    x = [\n'])
@pytest.mark.parametrize(("text", "path"), [shape for shape in TEXTS.values() if f'"{MARKER}"]' in shape[0]])
def test_a_bracket_left_open_on_another_line_hides_nothing(text: str, path: str, state: str) -> None:
    text, offset = marked(half_typed(text, state))
    found = pd_path_at(parse(text), offset)
    assert found
    assert " ".join((found.member, *found.keys)) == path


@pytest.mark.parametrize(("size", "is_found"), [(1_000, True), (250_000, False)])
def test_what_stands_below_a_half_typed_key_is_not_looked_for_in_a_very_long_text(size: int, is_found: bool) -> None:
    text, offset = marked(half_typed(TEXTS["a constant below"][0], '"$0'))
    assert (pd_path_at(parse(text + "\n" * size), offset) is not None) == is_found


def test_the_parameters_of_a_header_of_several_lines_are_known_in_a_broken_text() -> None:
    text, path = TEXTS["such a helper below its call"]
    text, offset = marked(half_typed(text, '"$0\n'))
    member, keys = resolve(parse(text), Chain("auth"), offset) or ("", ())
    assert " ".join((member, *keys)) == path
