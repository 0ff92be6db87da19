"""The last gate: what every message to the editor passes (D17)."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from pd_lsp.credentials import Redactor, Secret

logger = logging.getLogger(__name__)

_SHORTEST = 8
"""Shorter values are blanked as words in what a step prints (D14); in a whole message they would be anything."""


class Gate:
    """Knows the values of the runs under way, and replaces any that reaches a finished message."""

    def __init__(self) -> None:
        self._redactors: tuple[Redactor, ...] = ()
        self.hits = 0
        """Messages in which a value had to be replaced: each is a mistake of something before the gate."""

    @contextmanager
    def watching(self) -> Iterator["Watch"]:
        """Watches for the values of one run, as long as that lasts."""
        watch = Watch(self)
        try:
            yield watch
        finally:
            self._redactors = tuple(redactor for redactor in self._redactors if redactor is not watch.redactor)

    def add(self, redactor: Redactor) -> None:
        """Watches for the values that `redactor` knows."""
        self._redactors = (*self._redactors, redactor)

    def __call__(self, body: bytes) -> bytes:
        """`body`, with every known value replaced."""
        for redactor in self._redactors:
            stream = redactor.stream()
            clean = stream.feed(body) + stream.flush()
            if clean != body:
                self.hits += 1
                logger.error("A message held a secret value, which was replaced. Please report this.")
                body = clean
        return body


class Watch:
    """What one run adds to the gate."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self.redactor: Redactor | None = None

    def for_secrets(self, secrets: Iterable[Secret]) -> None:
        """Watches for these values, as far as they are long enough to be told from other text."""
        self.redactor = Redactor([secret for secret in secrets if len(secret.value) >= _SHORTEST])
        self._gate.add(self.redactor)
