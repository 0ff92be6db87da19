"""The forms in which people print a secret by accident, as byte strings to look for (D14)."""

import base64
import html
import json
import re
import shlex
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote, quote_plus

from pd_lsp.credentials.secret import Secret, is_common

WEAK_BELOW = 8
"""Values of fewer characters are blanked as whole words only (D14): `1234` may be part of anything."""

_LONG = 100
"""Bytes that a value can lose its end after: Python cuts what it quotes in an error to 100, 200, 400 or 500."""
_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_URL_SAFE = bytes.maketrans(b"+/", b"-_")


@dataclass(frozen=True, slots=True)
class Form:
    """One byte string to look for, and what stands in its place."""

    text: bytes
    """In lower case, as are the bytes that it is compared with."""
    shown: bytes
    exact: bytes | None = None
    """The text in its own case, where no other case counts."""
    word: bool = False
    """Whether it counts as a whole word only."""
    wrapped: bool = False
    """Whether line ends may cut it, as encoders of base64 do."""
    before: bytes = b""
    """The bytes (lower case) that hold the rest of the first byte's bits; one that precedes is blanked as well."""
    after: bytes = b""
    """As `before`, for the last byte's bits."""
    rest: bytes = b""
    """Of the beginning of a long value: what is blanked behind it as far as it goes on so (lower case)."""


SHORTEST_FORM = 4
"""Forms of fewer bytes are not looked for: they would blank halves of words."""


def forms_of(secret: Secret) -> list[Form]:
    """All forms of a secret, the plainest first; some may be the same."""
    return [form for form in _all_forms(secret) if len(form.text) >= SHORTEST_FORM]


def _all_forms(secret: Secret) -> Iterator[Form]:
    shown = secret.shown.encode("utf-8", "surrogatepass")
    for marker in (shown, json.dumps(secret.shown).encode()[1:-1]):
        yield Form(marker.lower(), marker, exact=marker)  # a marker stays a marker, whatever words it holds
    if secret.only_after is not None:
        yield from _forms_beside_key(secret, secret.only_after)
        return
    for text in _texts(secret.value):
        yield from _strong(text, shown) if len(text) >= WEAK_BELOW else _weak(text, shown)


def _texts(value: str) -> Iterable[str]:
    """The value, and its lines if it has several."""
    lines = (line.strip() for line in value.splitlines())
    return dict.fromkeys([value, value.strip(), *(line for line in lines if not is_common(line))])


def _strong(text: str, shown: bytes) -> Iterator[Form]:
    for spelling in _spellings(text):
        yield Form(spelling.lower(), shown)
        if len(spelling) > _LONG:
            yield Form(spelling[:_LONG].lower(), shown, rest=spelling[_LONG:].lower())
    wide = (text.encode(encoding, "surrogatepass").strip(b"\0") for encoding in ("utf-16-le", "utf-16-be"))
    for spelling in dict.fromkeys(wide):
        yield Form(spelling.lower(), shown)
    content = text.encode("utf-8", "surrogatepass")
    yield Form(content.hex().encode(), shown)
    for core in _base64_cores(content):
        yield Form(core.text.lower(), shown, wrapped=True, before=core.before, after=core.after)
        for outer in _base64_cores(core.text):
            yield Form(outer.text.lower(), shown, wrapped=True, before=outer.before, after=outer.after)


def _weak(text: str, shown: bytes) -> Iterator[Form]:
    whole = base64.b64encode(text.encode("utf-8", "surrogatepass"))
    for spelling in (*_spellings(text), whole.rstrip(b"="), whole.translate(_URL_SAFE).rstrip(b"=")):
        yield Form(spelling.lower(), shown, exact=spelling, word=True)


def _forms_beside_key(secret: Secret, key: str) -> Iterator[Form]:
    """A common value where it stands beside its key, as `print(auth)` and its like put it."""
    for left, quotes, value in _pairs(key, secret.value):
        text = f"{left}{quotes}{value}{quotes}".encode("utf-8", "surrogatepass")
        blanked = f"{left}{quotes}{secret.shown}{quotes}".encode("utf-8", "surrogatepass")
        yield Form(text.lower(), blanked, exact=text, word=True)


def _pairs(key: str, value: str) -> Iterator[tuple[str, str, str]]:
    """What stands before the value, the quotes around it, and how it is written there."""
    as_json = json.dumps(value)[1:-1]
    quoted = json.dumps(key)
    for bare in dict.fromkeys((value, value.capitalize())):  # a boolean is `true` in JSON and `True` in Python
        for sign in (": ", ":", ", ", " ", "=", " = "):
            yield f"{key}{sign}", "", bare
            yield f"{key!r}{sign}", "", bare
            yield f"{quoted}{sign}", "", bare
            yield f"{json.dumps(quoted)[1:-1]}{sign}", "", bare
    for sign in (": ", ":", ", ", "="):
        yield f"{key}{sign}", "'", repr(value)[1:-1]
        yield f"{key!r}{sign}", repr(value)[0], repr(value)[1:-1]
        yield f"{quoted}{sign}", '"', as_json
        yield f"{json.dumps(quoted)[1:-1]}{sign}", '\\"', json.dumps(as_json)[1:-1]


_OF_REQUESTS = "!#$&'()*+,/:;=?@[]~"
_SPECIAL_IN_QUOTES = re.compile(r"[\\\"$`]")
"""What a shell needs escaped between double quotes."""
_LEFT_IN_URLS = ("", "/", "!'()*~", _OF_REQUESTS, f"%{_OF_REQUESTS}")
"""Characters that somebody does not encode: nobody, Python, JavaScript, requests."""


def _in_json(text: str) -> list[str]:
    return [json.dumps(text, ensure_ascii=ascii_only)[1:-1] for ascii_only in (False, True)]


def _in_python(text: str) -> Iterable[str]:
    """Inside the quotes that Python chooses for it alone, and beside a text that holds the other kind, or both."""
    double = repr(f"{text}'")[1:-1].removesuffix("'") if '"' not in text else ""
    both = repr(f"{text}'\"")[1:-1].removesuffix("\\'\"")
    return dict.fromkeys(filter(None, (repr(text)[1:-1], double, both)))


def _spellings(text: str) -> Iterable[bytes]:
    """As it is, and as JSON, Python, shells, HTML and URLs write it inside their quotes."""
    in_json = _in_json(text)
    in_python = [*_in_python(text), ascii(text)[1:-1]]
    found = [text, text.upper(), text.lower(), *in_json, *in_python, in_json[0].replace("/", "\\/")]
    for once in (*in_json, *in_python):
        found += (*_in_json(once), *_in_python(once))
    found += (repr(text.encode("utf-8", "surrogatepass"))[2:-1], text.replace('"', '""'))  # the latter in CSV
    found += (shlex.quote(f"{text} ")[1:-2], _SPECIAL_IN_QUOTES.sub(r"\\\g<0>", text))
    found += (html.escape(text, quote=False), html.escape(text), html.escape(text).replace("&#x27;", "&#39;"))
    found.append(html.escape(text).replace("&#x27;", "&#39;").replace("&quot;", "&#34;"))
    found += (quote(text, safe=safe, errors="surrogatepass") for safe in _LEFT_IN_URLS)
    found.append(quote_plus(text, errors="surrogatepass"))
    return dict.fromkeys(spelling.encode("utf-8", "surrogatepass") for spelling in found)


@dataclass(frozen=True, slots=True)
class _Core:
    """The characters of a base64 text that one part of its content alone decides, and the ragged ones beside it."""

    text: bytes
    before: bytes
    after: bytes


def _base64_cores(content: bytes) -> Iterator[_Core]:
    """`content` in base64 at each of the three alignments, in both alphabets."""
    for lead in range(3):
        encoded = base64.b64encode(bytes(lead) + content + bytes(2))
        start, end = (lead * 8 + 5) // 6, (lead + len(content)) * 8 // 6
        before = _ragged(encoded[start - 1], (1, 16, 4)[lead], (1, 4, 16)[lead]) if lead else b""
        rest = (lead + len(content)) % 3
        after = _ragged(encoded[end], 1, (1, 16, 4)[rest]) if rest else b""
        core = encoded[start:end]
        for text in dict.fromkeys((core, core.translate(_URL_SAFE))):
            yield _Core(text, before, after)


def _ragged(character: int, step: int, count: int) -> bytes:
    """The characters that `character` may be when its unknown bits, zero now, are filled in; in lower case."""
    value = _BASE64.index(character)
    found = bytes(_BASE64[value + step * index] for index in range(count))
    return bytes(set((found + found.translate(_URL_SAFE)).lower()))
