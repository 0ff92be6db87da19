"""Both ways of looking for needles find what a look at every place finds."""

import itertools
import re
import sys

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pd_lsp.credentials import Redactor, Secret
from pd_lsp.credentials.forms import Form, forms_of
from pd_lsp.credentials.needles import Needles

BOTH_WAYS = pytest.mark.parametrize("by_library", [True, False])
BYTES = st.sampled_from([*b"abq1-\n\0 \xff%\\\x1b["]).map(lambda byte: bytes([byte]))
TEXTS = st.lists(BYTES, max_size=30).map(b"".join)
NEEDLES = st.lists(st.lists(BYTES, min_size=4, max_size=90).map(b"".join), max_size=8, unique=True)


@st.composite
def haystacks(draw: st.DrawFn) -> tuple[list[bytes], bytes]:
    needles = draw(NEEDLES)
    whole = st.sampled_from(needles) if needles else TEXTS
    begun = whole.flatmap(lambda needle: st.integers(0, len(needle)).map(lambda size: needle[:size]))
    ended = whole.flatmap(lambda needle: st.integers(0, len(needle)).map(lambda size: needle[size:]))
    return needles, b"".join(draw(st.lists(st.one_of(TEXTS, whole, begun, ended), max_size=8)))


@BOTH_WAYS
@settings(max_examples=300, deadline=None)
@given(haystacks())
def test_every_place_of_every_needle_is_found_once(by_library: bool, haystack: tuple[list[bytes], bytes]) -> None:
    needles, content = haystack
    places = [(at, needle) for needle in needles for at in range(len(content)) if content.startswith(needle, at)]
    assert sorted(Needles(needles, by_library=by_library).find(content)) == sorted(places)


@BOTH_WAYS
def test_without_needles_nothing_is_found(by_library: bool) -> None:
    assert list(Needles([], by_library=by_library).find(b"abcdefgh")) == []


@BOTH_WAYS
def test_a_needle_that_stands_at_every_place_is_found_at_every_place(by_library: bool) -> None:
    assert len(list(Needles([b"0000"], by_library=by_library).find(b"0" * 1000))) == 997


def test_without_the_library_values_are_blanked_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ahocorasick_rs", None)
    assert Redactor([Secret("app.key", "Invented-7-Token")]).redact("a INVENTED-7-token b") == "a \u2039app.key\u203a b"


@settings(max_examples=300, deadline=None)
@example(["/é11111Z"], [(0, 0, "1"), (0, 194, "")], set())  # base64 of base64, whose edges differ by what is beside it
@given(
    st.lists(st.text("abZ1-'/é", min_size=4, max_size=30), min_size=1, max_size=4, unique=True),
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 200), st.text("abZ1-' .", max_size=5)), max_size=8),
    st.sets(st.integers(0, 400), max_size=6),
)
def test_a_text_without_line_ends_and_colours_is_blanked_as_a_look_at_every_place_blanks_it(
    values: list[str], printed: list[tuple[int, int, str]], cuts: set[int]
) -> None:
    secrets = [Secret(f"app.key{number}", value) for number, value in enumerate(values)]
    forms = [form for secret in secrets for form in forms_of(secret)]
    texts = [(form.exact or form.text) for form in forms]
    content = b"".join(texts[(who + 7 * which) % len(texts)] + between.encode() for who, which, between in printed)
    stream = Redactor(secrets).stream()
    bounds = [0, *sorted(cut for cut in cuts if cut < len(content)), len(content)]
    shown = b"".join(stream.feed(content[start:end]) for start, end in itertools.pairwise(bounds))
    assert shown + stream.flush() == blanked_slowly(forms, content)


def blanked_slowly(forms: list[Form], content: bytes) -> bytes:
    """`content` with each form at each place covered; of several that start together the longest gives the marker."""
    spans = sorted(
        ((*span, form.shown) for form in forms for at in range(len(content)) for span in stands(form, content, at)),
        key=lambda span: (span[0], -span[1], span[2]),
    )
    shown, position = b"", 0
    for start, end, marker in spans:
        if start >= position:
            shown += content[position:start] + marker
        position = max(position, end)
    return shown + content[position:]


def stands(form: Form, content: bytes, at: int) -> list[tuple[int, int]]:
    """The span of `form` at `at`, with the ragged bytes beside it; empty where it does not stand there."""
    end = at + len(form.text)
    same = content[at:end] == form.exact if form.exact else content[at:end].lower() == form.text
    if not same or (form.word and not alone(content, at, end)):
        return []
    ragged = at > 0 and content[at - 1 : at].lower() in each(form.before)
    goes_on = content[end : end + 1].lower() in each(form.after)
    return [(at - ragged, end + goes_on)]


def alone(content: bytes, at: int, end: int) -> bool:
    """Whether `content[at:end]` is a whole word, or stands behind an escape such as `\\n` or `%20`."""
    word = rb"[0-9A-Za-z_]"
    if re.match(word, content[end - 1 : end]) and re.match(word, content[end : end + 1]):
        return False
    if not (at and re.match(word, content[at : at + 1]) and re.match(word, content[at - 1 : at])):
        return True
    return re.search(rb"(\\[abfnrtv]|%[0-9A-Fa-f]{2})$", content[:at]) is not None


def each(bytes_: bytes) -> list[bytes]:
    return [bytes([byte]) for byte in bytes_]
