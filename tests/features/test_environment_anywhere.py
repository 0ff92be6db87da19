"""Choosing the name of a variable wherever it is missing: a finished line is made, then the name is cut out of it."""

from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from pd_lsp.features.offered import offered
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.text import Offset, apply_edits
from tests import samples
from tests.checks import HEADER
from tests.features.test_completion_anywhere import AROUND, F_STRINGS, HOLES, ON_ANY_MACHINE, Line, typed_keys

READS = (
    ("os.environ[", "]"),
    ("os.environ.get(", ")"),
    ("os.environ.get(", ", None)"),
    ("os.getenv(", ")"),
    ("os.getenv(", ", f(1))"),
)


@st.composite
def reads(draw: st.DrawFn) -> Line:
    """A line in which the environment is read, by itself, in other code, or in an f-string."""
    opening, closing = draw(st.sampled_from(READS))
    before, after = "", ""
    if draw(st.booleans()):
        start = draw(st.sampled_from(F_STRINGS))
        left, right = draw(st.sampled_from(HOLES))
        before, after = f"{start}{left}{{", f"}}{right}{start.lstrip('frF')}"
    left, right = draw(st.sampled_from(AROUND))
    quote = draw(st.sampled_from(['"', "'"]))
    return Line(left + before, opening, quote, "API_TOKEN", closing, after + right)


def world(text: str) -> Snapshot:
    return replace(samples.snapshot(text), dotenv_names=lambda: ("API_TOKEN",))


def check_restored(line: Line, before: str, after: str) -> None:
    """Choosing the name between `before` and `after` gives the finished line; quotes that it brings may be others."""
    text, offset = HEADER + before + after + "\n    return 1\n", Offset(len(HEADER + before))
    [edit] = [one.edit for one in offered(world(text), offset).completions if one.label == "API_TOKEN"]
    brought = edit.new_text[0] if before.endswith(line.opening) else line.quote
    result = apply_edits(text, [edit]).removeprefix(HEADER).removesuffix("\n    return 1\n")
    assert result == replace(line, quote=brought).finished, before + "|" + after


def could_be_closed(line: Line) -> bool:
    """Whether what comes behind the name's bracket looks like that bracket, were it missing."""
    return len(line.closing) > 1 or line.after.lstrip().startswith((line.closing, "," if line.closing == ")" else "\0"))


@ON_ANY_MACHINE
@given(reads(), st.data())
def test_a_name_in_a_finished_string_takes_the_place_of_what_it_says(line: Line, data: st.DataObject) -> None:
    typed, rest = data.draw(typed_keys(line))
    start = f"{line.before}{line.opening}{line.quote}{typed}"
    check_restored(line, start, f"{rest}{line.quote}{line.closing}{line.after}")


@ON_ANY_MACHINE
@given(reads(), st.data(), st.booleans())
def test_a_name_that_is_half_typed_swallows_nothing_further_on(
    line: Line, data: st.DataObject, has_bracket: bool
) -> None:
    assume(has_bracket or not could_be_closed(line))
    typed = line.key[: data.draw(st.integers(0, len(line.key)))]
    behind = line.closing if has_bracket else ""
    check_restored(line, f"{line.before}{line.opening}{line.quote}{typed}", behind + line.after)


@ON_ANY_MACHINE
@given(reads(), st.booleans())
def test_a_name_of_which_nothing_is_typed_brings_its_quotes(line: Line, has_bracket: bool) -> None:
    assume(has_bracket or not could_be_closed(line))
    check_restored(line, line.before + line.opening, (line.closing if has_bracket else "") + line.after)
