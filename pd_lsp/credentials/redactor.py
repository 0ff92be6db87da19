"""Blanks every secret in use wherever text leaves (D14)."""

import json
import re
from collections.abc import Iterable

from pd_lsp.credentials.secret import Secret

WEAK_BELOW = 8


class Redactor:
    """Replaces each secret, in the forms in which people print one by accident, with its marker."""

    def __init__(self, secrets: Iterable[Secret]) -> None:
        """An empty redactor is legal and changes nothing."""
        self._markers: dict[bytes, bytes] = {}
        weak = []
        for secret in sorted(secrets, key=lambda secret: -len(secret.value)):
            if secret.only_after is None:
                if len(secret.value) < WEAK_BELOW:
                    weak.append(secret.marker)
                for form in (secret.value, json.dumps(secret.value)[1:-1]):
                    self._markers.setdefault(form.encode("utf-8", "surrogatepass"), secret.shown.encode())
        self.weak: tuple[str, ...] = tuple(weak)
        self._pattern = re.compile(b"|".join(map(re.escape, sorted(self._markers, key=len, reverse=True))))

    def redact(self, text: str) -> str:
        """`text` with every secret replaced."""
        content = text.encode("utf-8", "surrogatepass")
        return self.redact_bytes(content).decode("utf-8", "surrogatepass")

    def redact_bytes(self, content: bytes) -> bytes:
        """As `redact`, for bytes of any kind."""
        return self._pattern.sub(lambda match: self._markers[match[0]], content) if self._markers else content

    def redact_json(self, value: object) -> object:
        """A copy of a JSON value with every secret replaced, in keys too."""
        if isinstance(value, str):
            return self.redact(value)
        if isinstance(value, list):
            return [self.redact_json(item) for item in value]
        if isinstance(value, dict):
            return {self.redact(key): self.redact_json(item) for key, item in value.items()}
        return value

    def stream(self) -> "RedactingStream":
        """A stream of its own for one pipe."""
        return RedactingStream(self)


class RedactingStream:
    """Redacts bytes as they come, also where a secret is split between writes."""

    def __init__(self, redactor: Redactor) -> None:
        self._redactor = redactor
        self._held = b""

    def feed(self, data: bytes) -> bytes:
        """What can be shown now."""
        content = self._held + data
        lines, end, rest = content.rpartition(b"\n")
        self._held = rest
        return self._redactor.redact_bytes(lines + end)

    def flush(self) -> bytes:
        """What was held back, redacted; the stream may be fed again."""
        held, self._held = self._held, b""
        return self._redactor.redact_bytes(held)
