"""Which values of an account are secrets, and what stands in their place (D14)."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from pd_lsp.credentials.credentials import Credentials

LONGEST_WORD = 3
"""Values of this many characters or fewer are blanked beside their key only."""

_JWT = re.compile(r"eyJ[\w-]+\.([\w-]+)\.([\w-]+)", re.ASCII)
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://([^\s/?#]+)@")
_LONGEST_MARKER = 80
_DEEPEST = 200

COMMON_WORDS = frozenset(
    [
        "true",
        "false",
        "null",
        "none",
        "nil",
        "yes",
        "no",
        "on",
        "off",
        "default",
        "main",
        "master",
        "test",
        "prod",
        "production",
        "development",
        "staging",
        "localhost",
        "http",
        "https",
        "bearer",
        "basic",
        "token",
        "oauth",
        "oauth2",
        "bot",
        "user",
        "admin",
        "root",
        "public",
        "private",
        "global",
        "common",
        "service_account",
        "authorized_user",
    ]
)
"""Words that any output may hold for reasons of its own; compared in lower case."""


@dataclass(frozen=True, slots=True)
class Secret:
    """One value to blank, and the name that is shown in its place, `slack.oauth_access_token`."""

    marker: str
    value: str = field(repr=False)
    only_after: str | None = None
    """The key of `$auth` beside which alone the value is blanked: for values too common to blank everywhere."""

    @property
    def shown(self) -> str:
        """What stands in its place: the marker in single angle quotation marks, which JSON and HTML leave alone."""
        return (
            f"\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}{self.marker}\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"
        )


def secrets_of(credentials: Credentials) -> tuple[Secret, ...]:
    """Every value of the account as text, nested ones by their path, also those inside a value that is JSON itself.

    So come the password of an address and the parts of a JWT, which libraries show without the rest.

    Booleans, common words and values of three characters or fewer are no secrets: blanking each `true` of an output
    would ruin it. They come with `only_after`, so that a step that prints the whole of `$auth` shows every key and no
    value. Values that say nothing (none, empty) are left out.
    """
    found: dict[tuple[str, str | None], Secret] = {}
    for path, value in _flatten(credentials.reveal(), ()):
        text = _as_text(value)
        if text.strip():
            only_after = path[-1] if is_common(value) else None
            found.setdefault((text, only_after), Secret(_marker(credentials.source, path), text, only_after))
    return tuple(found.values())


def is_common(value: object) -> bool:
    """Whether the value is a boolean, a common word, or too short to mean anything outside `$auth`."""
    text = _as_text(value).strip()
    return isinstance(value, bool) or len(text) <= LONGEST_WORD or text.lower() in COMMON_WORDS


def _marker(source: str, path: tuple[str, ...]) -> str:
    """Names come from the service and are not trusted (D26)."""
    name = ".".join((source, *path))
    return "".join(character if character.isprintable() else "?" for character in name)[:_LONGEST_MARKER]


def _flatten(value: object, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], object]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _flatten(inner, (*path, str(key)))
    elif isinstance(value, list | tuple):
        for index, inner in enumerate(value):
            yield from _flatten(inner, (*path, str(index)))
    elif value is not None:
        yield path, value
        if isinstance(value, str) and value.lstrip().startswith(("{", "[")):
            yield from _flatten(_parsed(value), path)
        elif isinstance(value, str):
            yield from (((*path, name), part) for name, part in _parts(value))


def _parsed(text: str) -> object:
    """What a JSON text says (a service account's key file is one), or nothing."""
    try:
        return json.loads(text) if text.count("[") + text.count("{") < _DEEPEST else None
    except ValueError:
        return None


def _parts(text: str) -> Iterator[tuple[str, str]]:
    """What libraries show by itself: the password of an address, and what stands behind the head of a JWT."""
    if token := _JWT.fullmatch(text):
        yield "payload", token[1]
        yield "signature", token[2]
    elif address := _ADDRESS.match(text):
        user, colon, password = address[1].partition(":")
        name, part = ("password", password) if colon else ("user", user)
        yield name, part
        if unquote(part) != part:
            yield name, unquote(part)


def _as_text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, default=str)
