"""The texts that a text may be in other clothes: base64, percent-encoded, escaped, hex, UTF-16, cut by colours.

It decodes all of it at once, wherever in it an encoded piece may stand: what is none becomes noise, in which nothing
is found.
"""

import binascii
import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

_ROUNDS = 4
"""How often a text is taken out of its escapes: a repr, in a JSON document, in a message of the protocol, and once."""
_GAP = b"\xff"
"""What stands between two pieces that were decoded; no secret holds it."""

_ESCAPE = re.compile(
    rb"\\(u[0-9a-fA-F]{4}(?:\\u[dD][c-fC-F][0-9a-fA-F]{2})?|U[0-9a-fA-F]{8}|x[0-9a-fA-F]{2}|.)", re.DOTALL
)
_NAMED = dict(zip(b"abfnrtv0", b"\a\b\f\n\r\t\v\0", strict=True))
_PERCENT = re.compile(rb"%[0-9a-fA-F]{2}")
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{11,}")
_URL_SAFE = bytes.maketrans(b"-_", b"+/")
_HEX = re.compile(rb"[0-9a-fA-F]{16,}")
_WIDE = re.compile(rb"(?:[^\0]\0){3}|(?:\0[^\0]){3}")
_COLOURS = re.compile(rb"\x1b\[[0-9;:?]*[A-Za-z]")
_LINE_ENDS = re.compile(rb"(?:\r|\n|\\r|\\n)+[ \t]*")


@dataclass(frozen=True)
class View:
    """What a text is, read in one way."""

    way: tuple[str, ...]
    """The names of what was decoded, the outermost first; empty: as it is."""
    text: bytes

    @property
    def is_noise(self) -> bool:
        """Whether most of it never was what it was decoded from: there is every short word in it."""
        return any(name in self.way for name in (*_BLOBS, "UTF-16"))


def views(content: bytes) -> Iterator[View]:
    """`content` as it is and decoded in every way, base64 and hex twice; none of them twice."""
    seen = {content}
    texts = [View((), content)]
    for decoders in (_ESCAPES, _SPELLINGS, _CUTS):
        texts += _opened(texts, decoders, seen)
    yield from texts
    wide = {"UTF-16": _out_of_utf_16}
    yield from _opened(texts, wide, seen)
    once = _opened(texts, _BLOBS, seen)
    yield from once
    yield from _opened(once, {**_BLOBS, **wide, **_ESCAPES}, seen)


Decoder = Callable[[bytes], Iterator[bytes]]


def _opened(outer: list[View], decoders: dict[str, Decoder], seen: set[bytes]) -> list[View]:
    found = []
    for view in outer:
        for name, decoder in decoders.items():
            for text in decoder(view.text):
                if len(text) >= _SHORTEST and text not in seen:
                    seen.add(text)
                    found.append(View((*view.way, name), text))
    return found


_SHORTEST = 8


def _unescaped(content: bytes) -> Iterator[bytes]:
    """Out of the escapes of JSON and Python, again and again; `\\xe4` is a character of a str, and a byte of bytes."""
    for as_bytes in (False, True) if b"\\x" in content else (False,):
        text = content
        for _ in range(_ROUNDS):
            if b"\\" not in text:
                break
            text = _ESCAPE.sub(lambda found, as_bytes=as_bytes: _meant(found[1], as_bytes), text)
            yield text


def _meant(escape: bytes, as_bytes: bool) -> bytes:
    kind, digits = escape[:1], escape[1:]
    if kind == b"u" and len(escape) > 1:
        halves = bytes.fromhex(digits.replace(b"\\u", b"").decode())
        return halves.decode("utf-16-be", "replace").encode()
    if kind in b"Ux" and digits:
        number = int(digits, 16)
        if kind == b"x" and as_bytes:
            return bytes([number])
        return chr(number).encode("utf-8", "replace") if number < 0x11_0000 else b""
    return bytes([_NAMED.get(escape[0], escape[0])])


def _out_of_percents(content: bytes) -> Iterator[bytes]:
    text = content
    while _PERCENT.search(text):
        text = unquote_to_bytes(text)
        yield text
        yield text.replace(b"+", b" ")


def _out_of_html(content: bytes) -> Iterator[bytes]:
    if b"&" in content:
        yield html.unescape(content.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")


def _without_colours(content: bytes) -> Iterator[bytes]:
    if b"\x1b[" in content:
        yield _COLOURS.sub(b"", content)


def _without_line_ends(content: bytes) -> Iterator[bytes]:
    yield _LINE_ENDS.sub(b"", content)


def _out_of_base64(content: bytes) -> Iterator[bytes]:
    """At each of the four places where a group of characters can begin, in both alphabets."""
    pieces = [piece.translate(_URL_SAFE) for piece in _BASE64.findall(content)]
    for start in range(4):
        yield _GAP.join(_decoded(piece[start:]) for piece in pieces)


def _decoded(piece: bytes) -> bytes:
    return binascii.a2b_base64(piece + b"A" * (-len(piece) % 4))


def _out_of_hex(content: bytes) -> Iterator[bytes]:
    pieces = _HEX.findall(content)
    for start in range(2):
        halves = (piece[start:] for piece in pieces)
        yield _GAP.join(bytes.fromhex(piece[: len(piece) // 2 * 2].decode()) for piece in halves)


def _out_of_utf_16(content: bytes) -> Iterator[bytes]:
    if not _WIDE.search(content):
        return
    for encoding in ("utf-16-le", "utf-16-be"):
        for start in range(2):
            yield content[start:].decode(encoding, "replace").encode("utf-8", "replace")


_ESCAPES: dict[str, Decoder] = {"out of escapes": _unescaped}
_SPELLINGS: dict[str, Decoder] = {"percent-decoded": _out_of_percents, "out of HTML": _out_of_html}
_CUTS: dict[str, Decoder] = {"without colours": _without_colours, "without line ends": _without_line_ends}
_BLOBS: dict[str, Decoder] = {"base64": _out_of_base64, "hex": _out_of_hex}
