"""Blanks every secret in use wherever text leaves (D14)."""

import json
from collections.abc import Iterable
from typing import TypeAlias

from pd_lsp.credentials.forms import WEAK_BELOW
from pd_lsp.credentials.matches import CONTEXT, Match, Matches
from pd_lsp.credentials.secret import Secret

Json: TypeAlias = bool | int | float | str | list["Json"] | dict[str, "Json"] | None
"""The same as `pd_lsp.model.Json`, which this room may not import."""


class Redactor:
    """Replaces each secret, in the forms in which people print one by accident, with its marker.

    Where matches overlap, everything that any of them covers is blanked, and the one that starts first, or else the
    longest, gives the marker. What is deliberately transformed (reversed, compressed, encrypted) gets through.
    """

    def __init__(self, secrets: Iterable[Secret]) -> None:
        """Takes the secrets; none is legal, and then nothing costs anything."""
        known = tuple(secrets)
        self._matches = Matches(known) if known else None
        self._beside = {(secret.only_after, secret.value): secret.shown for secret in known if secret.only_after}
        self.weak: tuple[str, ...] = tuple(
            secret.marker for secret in known if secret.only_after is None and len(secret.value) < WEAK_BELOW
        )
        """The markers of values under eight characters, which are blanked as whole words only: to tell the person."""

    def redact(self, text: str) -> str:
        """`text` with every secret replaced."""
        if self._matches is None:
            return text
        redacted = self.redact_bytes(text.encode("utf-8", "surrogatepass"))
        try:
            return redacted.decode("utf-8", "surrogatepass")
        except UnicodeDecodeError:
            return redacted.decode("utf-8", "replace")

    def redact_bytes(self, content: bytes) -> bytes:
        """As `redact`, for bytes of any kind."""
        stream = self.stream()
        return stream.feed_last(content)

    def redact_json(self, value: Json) -> Json:
        """A copy of a JSON value with every secret replaced, in keys too; a number that is one becomes its marker."""
        if self._matches is None:
            return value
        if isinstance(value, list):
            return [self.redact_json(item) for item in value]
        if isinstance(value, dict):
            return self._redact_object(value)
        return self._redact_scalar(value)

    def stream(self) -> "RedactingStream":
        """A stream of its own for one pipe."""
        return RedactingStream(self._matches)

    def _redact_object(self, value: dict[str, Json]) -> dict[str, Json]:
        redacted: dict[str, Json] = {}
        for key, item in value.items():
            name = self.redact(key)
            while name in redacted:
                name += "'"  # two keys with one marker stay two
            beside = None if isinstance(item, list | dict) else self._beside.get((key, _as_text(item)))
            redacted[name] = self.redact_json(item) if beside is None else beside
        return redacted

    def _redact_scalar(self, value: bool | float | str | None) -> Json:
        text = _as_text(value)
        redacted = self.redact(text)
        return value if redacted == text else redacted


class RedactingStream:
    """Redacts bytes as they come, also where a secret is split between writes.

    Only what may be the beginning of a secret is held back, for as long as it may be.
    """

    def __init__(self, matches: Matches | None) -> None:
        self._matches = matches
        self._context = b""
        self._held = b""
        self._blanked = 0

    def feed(self, data: bytes) -> bytes:
        """What can be shown now."""
        if self._matches is None:
            return data
        content = self._context + self._held + data
        base = len(self._context)
        found = self._matches.find(content)
        end = min(
            self._matches.pending(content, base),
            min((match.start for match in found if match.unsettled and match.start >= base), default=len(content)),
        )
        return self._release(content, base, end, found)

    def flush(self) -> bytes:
        """What was held back, redacted; the stream then begins anew."""
        return self.feed_last(b"")

    def feed_last(self, data: bytes) -> bytes:
        """As `feed` and `flush` in one."""
        if self._matches is None:
            return data
        content = self._context + self._held + data
        released = self._release(content, len(self._context), len(content), self._matches.find(content))
        self._context, self._held, self._blanked = b"", b"", 0
        return released

    def _release(self, content: bytes, base: int, end: int, found: Iterable[Match]) -> bytes:
        """`content[base:end]`, blanked; the rest is held."""
        pieces = []
        position = base + self._blanked
        for match in found:
            if not base <= match.start < end:
                continue
            if match.start >= position:
                pieces += [content[position : match.start], match.shown]
            position = max(position, match.end)
        pieces.append(content[position:end])
        self._blanked = max(0, position - end)
        self._context = content[max(0, end - CONTEXT) : end]
        self._held = content[end:]
        return b"".join(pieces)


def _as_text(value: bool | float | str | None) -> str:
    return value if isinstance(value, str) else json.dumps(value)
