"""Any secrets, anywhere in any text, written in pieces of any size."""

import base64
import json
from urllib.parse import quote

from hypothesis import given, settings
from hypothesis import strategies as st

from pd_lsp.credentials import Redactor, Secret

SIMPLE = "ab1Zq-/'\"\n é"
VALUES = st.one_of(
    st.text("abZ1-", min_size=4, max_size=24),
    st.text(SIMPLE, min_size=4, max_size=40),
    st.text(st.characters(codec="utf-8"), min_size=4, max_size=12),
)
SECRETS = st.lists(VALUES, min_size=1, max_size=4, unique=True).map(
    lambda values: [Secret(f"app.key{number}", value) for number, value in enumerate(values)]
)
ENCODERS = (
    lambda value: value.encode(),
    lambda value: json.dumps(value)[1:-1].encode(),
    lambda value: repr(value)[1:-1].encode(),
    lambda value: quote(value).encode(),
    lambda value: base64.b64encode(value.encode()),
    lambda value: base64.encodebytes(b"." * 44 + value.encode()),
    lambda value: base64.b64encode(base64.b64encode(b"x" + value.encode())),
    lambda value: value.encode().hex().encode(),
    lambda value: value.encode("utf-16-be"),
    lambda value: value.upper().encode(),
    lambda value: "\x1b[1m".join(value).encode(),
    lambda value: value[:-1].encode(),
    lambda value: value[1:].encode(),
)
FILLER = st.one_of(
    st.binary(max_size=6),
    st.text(SIMPLE, max_size=8).map(str.encode),
    st.sampled_from([b"\n", b"\r\n", b"\r", b"\\n", b"\x1b[31m", b"\x1b[", b"\x1b", b"\\", b"%2", b"=", b"  "]),
)


@st.composite
def outputs(draw: st.DrawFn) -> tuple[list[Secret], bytes]:
    secrets = draw(SECRETS)
    printed = st.builds(
        lambda secret, encode: encode(secret.value), st.sampled_from(secrets), st.sampled_from(ENCODERS)
    )
    return secrets, b"".join(draw(st.lists(st.one_of(FILLER, printed), max_size=12)))


@settings(max_examples=300, deadline=None)
@given(outputs(), st.data())
def test_pieces_of_any_size_give_what_the_whole_gives(output: tuple[list[Secret], bytes], data: st.DataObject) -> None:
    secrets, content = output
    redactor = Redactor(secrets)
    stream = redactor.stream()
    shown = b""
    cuts = sorted(data.draw(st.sets(st.integers(0, len(content)), max_size=8)))
    for start, end in zip([0, *cuts], [*cuts, len(content)], strict=True):
        shown += stream.feed(content[start:end])
    assert shown + stream.flush() == redactor.redact_bytes(content)


@settings(max_examples=100, deadline=None)
@given(outputs())
def test_single_bytes_give_what_the_whole_gives(output: tuple[list[Secret], bytes]) -> None:
    secrets, content = output
    redactor = Redactor(secrets)
    stream = redactor.stream()
    assert b"".join(stream.feed(bytes([byte])) for byte in content) + stream.flush() == redactor.redact_bytes(content)


@settings(max_examples=300, deadline=None)
@given(outputs())
def test_no_value_of_eight_characters_remains_in_any_single_form(output: tuple[list[Secret], bytes]) -> None:
    secrets, content = output
    shown = Redactor(secrets).redact_bytes(content)
    for secret in secrets:
        if len(secret.value) >= 8:
            for encode in (*ENCODERS[:4], ENCODERS[7], ENCODERS[8], ENCODERS[9]):
                assert encode(secret.value).lstrip(b"\0") not in shown
            assert base64.b64encode(secret.value.encode()).rstrip(b"=") not in shown


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.text("jqxzJQXZ", min_size=8, max_size=30), min_size=1, max_size=5),
    st.one_of(
        st.text("abcdefghi {}:,.\n\u00e9").map(str.encode),
        st.binary().map(lambda content: content.translate(None, b"jqxz")),
    ),
)
def test_bytes_without_a_secret_pass_unchanged(values: list[str], content: bytes) -> None:
    redactor = Redactor([Secret(f"app.key{number}", value) for number, value in enumerate(values)])
    stream = redactor.stream()
    assert redactor.redact_bytes(content) == content
    assert stream.feed(content) + stream.flush() == content


@settings(max_examples=200, deadline=None)
@given(outputs())
def test_what_is_held_back_is_no_longer_than_the_longest_form(output: tuple[list[Secret], bytes]) -> None:
    secrets, content = output
    redactor = Redactor(secrets)
    stream = redactor.stream()
    released = stream.feed(content)
    held = stream.flush()
    longest = 6 * max(len(secret.value.encode()) for secret in secrets) + 16
    assert b"\x1b" in content or b"\n" in content or b"\\" in content or len(held) <= longest
    assert released + held == redactor.redact_bytes(content)
