"""The searcher itself: a scanner that finds nothing where there is something would prove nothing."""

import base64
import html
import json
import random
from collections.abc import Callable
from urllib.parse import quote, quote_plus

import pytest

from tests.leaks.canaries import Canary, fourteen_shapes
from tests.leaks.searching import Searcher

CANARIES = fourteen_shapes("test", random.SystemRandom())
SEARCHER = Searcher(CANARIES.values())
FOUND_ANYWHERE = [canary for canary in CANARIES.values() if canary.expected == "never shown"]
NOISE = b'{"jsonrpc": "2.0", "result": [{"label": "oauth_access_token", "detail": "Slack, production", "kind": 10}]}'

ENCODERS: dict[str, Callable[[str], bytes]] = {
    "as it is": str.encode,
    "upper case": lambda text: text.upper().encode(),
    "lower case": lambda text: text.lower().encode(),
    "JSON": lambda text: json.dumps(text).encode(),
    "JSON with its characters as they are": lambda text: json.dumps(text, ensure_ascii=False).encode(),
    "JSON twice": lambda text: json.dumps(json.dumps(text)).encode(),
    "a repr in JSON in a message": lambda text: json.dumps({"params": json.dumps(repr([text]))}).encode(),
    "repr": lambda text: repr(text).encode(),
    "ascii()": lambda text: ascii(text).encode(),
    "bytes": lambda text: repr(text.encode()).encode(),
    "HTML": lambda text: html.escape(text).encode(),
    "percent": lambda text: quote(text, safe="").encode(),
    "percent twice": lambda text: quote(quote(text)).encode(),
    "a form": lambda text: quote_plus(text).encode(),
    "base64": lambda text: base64.b64encode(text.encode()),
    "base64, one byte later": lambda text: base64.b64encode(b"x" + text.encode()),
    "base64, two bytes later": lambda text: base64.b64encode(b"xy" + text.encode()),
    "base64 in the middle of a word": lambda text: b"abc" + base64.b64encode(text.encode()).rstrip(b"="),
    "base64 for URLs": lambda text: base64.urlsafe_b64encode(text.encode()).rstrip(b"="),
    "base64 in lines": lambda text: base64.encodebytes(text.encode()),
    "base64 in lines in JSON": lambda text: json.dumps(base64.encodebytes(text.encode()).decode()).encode(),
    "base64 twice": lambda text: base64.b64encode(base64.b64encode(text.encode())),
    "base64 twice, in JSON": lambda text: json.dumps(
        [base64.b64encode(base64.b64encode(b"xy" + text.encode())).decode()]
    ).encode(),
    "base64 of JSON": lambda text: base64.b64encode(json.dumps({"key": text}).encode()),
    "base64 of UTF-16": lambda text: base64.b64encode(text.encode("utf-16")),
    "hex": lambda text: text.encode().hex().encode(),
    "hex in upper case, half a byte later": lambda text: b"A" + text.encode().hex().upper().encode(),
    "UTF-16, little end first": lambda text: text.encode("utf-16-le"),
    "UTF-16, big end first": lambda text: b"x" + text.encode("utf-16-be"),
    "UTF-16 in JSON": lambda text: (
        json.dumps(text.encode("utf-16-le").decode("latin-1")).encode() if text.isascii() else text.encode("utf-16-le")
    ),
    "colours": lambda text: "\x1b[31m".join(text).encode(),
    "colours in JSON": lambda text: json.dumps("\x1b[1;31m".join(text)).encode(),
}


@pytest.mark.parametrize("encoder", ENCODERS.values(), ids=ENCODERS)
@pytest.mark.parametrize("canary", FOUND_ANYWHERE, ids=lambda canary: canary.shape)
def test_a_secret_is_found_in_whatever_clothes(canary: Canary, encoder: Callable[[str], bytes]) -> None:
    content = NOISE * 3 + b" " + encoder(canary.value) + b" " + NOISE
    assert any(hit.canary.value in canary.value for hit in SEARCHER.hits(content))


@pytest.mark.parametrize("canary", FOUND_ANYWHERE, ids=lambda canary: canary.shape)
def test_eight_characters_are_enough_wherever_they_stand(canary: Canary) -> None:
    secret = max((line for line in canary.value.splitlines() if not line.startswith("-----")), key=len)
    for place in range(9):
        middle = secret[len(secret) // 3 :][:8]
        assert SEARCHER.hits(b"-" * place + middle.encode())


@pytest.mark.parametrize("canary", FOUND_ANYWHERE, ids=lambda canary: canary.shape)
def test_seven_are_not(canary: Canary) -> None:
    secret = canary.value.encode()
    assert SEARCHER.hits(NOISE + b"<" + secret[-7:] + b">" + secret[:7] + b"!") == []


def test_what_every_secret_of_a_shape_has_is_public() -> None:
    public = [text for canary in CANARIES.values() for text in canary.public]
    assert len(public) > 10
    assert SEARCHER.hits("  ".join([*public, "production", "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9"]).encode()) == []


def test_four_characters_count_as_a_whole_word() -> None:
    four = CANARIES["FOUR"].value
    assert [hit.canary.shape for hit in SEARCHER.hits(f"pin={four};".encode())] == ["4 characters"]
    assert {hit.canary.shape for hit in SEARCHER.hits(json.dumps({"pin": f"\n{four}"}).encode())} == {"4 characters"}
    assert SEARCHER.hits(f"x{four} {four}_1 {four.lower()}".encode()) == []


def test_a_hit_says_where_and_shows_no_secret() -> None:
    [hit] = [
        hit for hit in SEARCHER.hits(b"a" * 40 + CANARIES["TWELVE"].value.encode() + b" at the end") if not hit.way
    ]
    assert str(hit) == f"‹test: 12 characters›, as it is, at byte 40: …{'a' * 40}‹test: 12 characters› at the end…"
    everything = "".join(map(str, SEARCHER.hits(repr([canary.value for canary in CANARIES.values()]).encode())))
    assert SEARCHER.hits(everything.encode()) == []


def test_ordinary_text_holds_none() -> None:
    assert SEARCHER.hits(NOISE * 1000) == []
